-- Projects finished in the 52 weeks up to as_of, or due by then and not finished. Cost and quality count once it is
-- finished, and a budget only beside a cost.
--
-- grain          one row per account_id, kind and as_of with such a project
-- due            projects with a promise; on_time those finished by it
-- promised_days  days promised (one at least) and taken so far, over the projects with a promise
-- due_on         newest day behind those; finished_on the newest finish

with spans as (
    select
        account_id, kind, started_on, promised_on, finished_on, budget, cost, quality,
        greatest(started_on, least(
            coalesce(promised_on, date '9999-12-31'), coalesce(finished_on, date '9999-12-31')
        )) as from_on,
        coalesce(finished_on + cast(364 as int), date '9999-12-31') as until_on
    from projects
    where started_on is not null
),
known as (
    select
        s.account_id, s.kind, w.as_of, s.started_on, s.promised_on,
        case when s.finished_on <= w.as_of then s.finished_on end as finished_on,
        case when s.finished_on <= w.as_of and s.budget is not null then s.cost end as cost,
        case when s.finished_on <= w.as_of and s.cost is not null then s.budget end as budget,
        case when s.finished_on <= w.as_of then s.quality end as quality
    from weeks as w
    join spans as s
        on s.from_on <= w.as_of
        and s.until_on > w.as_of
    where w.is_shown
)

select
    account_id,
    kind,
    as_of,
    count(promised_on) as due,
    sum(case when finished_on <= promised_on then 1 else 0 end) as on_time,
    sum(case when promised_on is not null then greatest(date_diff('day', started_on, promised_on), 1) end)
        as promised_days,
    sum(case when promised_on is not null then date_diff('day', started_on, coalesce(finished_on, as_of)) end)
        as taken_days,
    max(case when promised_on is not null then coalesce(finished_on, as_of) end) as due_on,
    count(finished_on) as finished,
    sum(cost) as cost,
    sum(budget) as budget,
    sum(quality) as quality,
    count(quality) as rated,
    max(finished_on) as finished_on
from known
group by account_id, kind, as_of
