-- People an account was in two-way contact with in the thirteen weeks up to as_of, and their roles.
--
-- A contact counts until the next one with the same person, thirteen weeks at most. A role counts once its bearer is
-- known; somebody without a day of joining has no role.
--
-- grain   one row per account_id and as_of with such contact
-- people  distinct people; roles distinct roles among them

with met as (
    select t.account_id, t.contact_id, d.as_of as week_of, d.week_no
    from touch_days as t
    join days as d
        on d.day_on = t.happened_on
    where t.is_two_way and t.contact_id is not null
    group by t.account_id, t.contact_id, d.as_of, d.week_no
),
spans as (
    select
        account_id,
        contact_id,
        week_of,
        coalesce(lead(week_no) over (partition by account_id, contact_id order by week_no) - week_no, 13) as weeks_alone
    from met
)

select
    s.account_id,
    v.as_of,
    count(*) as people,
    count(distinct case when c.joined_on <= v.as_of then c.role end) as roles
from spans as s
join week_windows as v
    on v.week_of = s.week_of
    and v.weeks_ago < 13
    and v.weeks_ago < s.weeks_alone
left join contacts as c
    on c.contact_id = s.contact_id
    and c.account_id = s.account_id
group by s.account_id, v.as_of
