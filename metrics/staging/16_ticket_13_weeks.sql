-- Support in the thirteen weeks up to as_of. A case counts from the day it opened, its rating from the day it closed:
-- the rating is not known before.
--
-- grain      one row per account_id and as_of with a case opened, or rated and closed, in the window
-- bad_cases  cases that are repeats or were rated 1 or 2. A repeat that was also rated badly is one case: its rating
--            waits for the covered_weeks in which its opening still counts

with events as (
    select
        account_id,
        opened_on as day_on,
        1 as opened,
        case when is_repeat then 1 else 0 end as repeats,
        case when kind = 'defect' then 1 else 0 end as defects,
        0 as rated,
        0 as satisfied,
        case when is_repeat then 1 else 0 end as bad_cases,
        cast(null as date) as repeat_opened_on
    from ticket_days
    union all
    select
        account_id, closed_on, 0, 0, 0, 1,
        case when csat >= 4 then 1 else 0 end,
        case when csat <= 2 then 1 else 0 end,
        case when is_repeat and csat <= 2 then opened_on end
    from ticket_days
    where csat is not null and closed_on is not null
),
per_week as (
    select
        e.account_id,
        d.as_of as week_of,
        coalesce(13 - (d.week_no - o.week_no), 0) as covered_weeks,
        sum(e.opened) as opened,
        sum(e.repeats) as repeats,
        sum(e.defects) as defects,
        sum(e.rated) as rated,
        sum(e.satisfied) as satisfied,
        sum(e.bad_cases) as bad_cases
    from events as e
    join days as d
        on d.day_on = e.day_on
    left join days as o
        on o.day_on = e.repeat_opened_on
    group by e.account_id, d.as_of, coalesce(13 - (d.week_no - o.week_no), 0)
)

select
    p.account_id,
    v.as_of,
    sum(p.opened) as opened,
    sum(p.repeats) as repeats,
    sum(p.defects) as defects,
    sum(p.rated) as rated,
    sum(p.satisfied) as satisfied,
    sum(case when v.weeks_ago >= p.covered_weeks then p.bad_cases else 0 end) as bad_cases
from per_week as p
join week_windows as v
    on v.week_of = p.week_of
    and v.weeks_ago < 13
group by p.account_id, v.as_of
