-- The signal of each account and view in the latest week (Wheeler's rules on its points; limits from the first 26
-- valid weeks of the last 52, six at least). The same arithmetic as `metrics/xmr.py`, over all accounts at once.

with recent as (
    select view, account_id, as_of, points
    from view_scores
    where as_of > $limits_after and points is not null
),
ordered as (
    select
        view, account_id, as_of, points,
        row_number() over (partition by view, account_id order by as_of) as nth,
        row_number() over (partition by view, account_id order by as_of desc) as ago,
        abs(points - lag(points) over (partition by view, account_id order by as_of)) as moved
    from recent
),
limits as (
    select
        view, account_id, count(*) as n,
        avg(points) as centre,
        greatest(avg(points) - 2.66 * avg(moved), 0) as lower_limit,
        avg(points) + 2.66 * avg(moved) as upper_limit,
        3.27 * avg(moved) as range_limit
    from ordered
    where nth <= 26
    group by view, account_id
),
marked as (
    select
        o.view, o.account_id, l.n, l.centre, l.lower_limit, l.upper_limit, l.range_limit,
        max(case when o.ago = 1 then o.as_of end) as as_of,
        max(case when o.ago = 1 then o.points end) as last_points,
        max(case when o.ago = 2 then o.points end) as before_points,
        sum(case when o.ago <= 4 and o.points > (l.centre + l.upper_limit) / 2 + 1e-7 then 1 else 0 end) as near_upper,
        sum(case when o.ago <= 4 and o.points < (l.centre + l.lower_limit) / 2 - 1e-7 then 1 else 0 end) as near_lower,
        sum(case when o.ago <= 8 and o.points > l.centre + 1e-7 then 1 else 0 end) as above,
        sum(case when o.ago <= 8 and o.points < l.centre - 1e-7 then 1 else 0 end) as below
    from ordered as o
    join limits as l on l.view = o.view and l.account_id = o.account_id
    where o.ago <= 8 and l.n >= 6
    group by o.view, o.account_id, l.n, l.centre, l.lower_limit, l.upper_limit, l.range_limit
)
select
    view, account_id, as_of,
    case
        when last_points > upper_limit + 1e-7 then 'up'
        when last_points < lower_limit - 1e-7 then 'down'
        when last_points - before_points > range_limit + 1e-7 then 'up'
        when before_points - last_points > range_limit + 1e-7 then 'down'
        when near_upper >= 3 and last_points > (centre + upper_limit) / 2 + 1e-7 then 'up'
        when near_lower >= 3 and last_points < (centre + lower_limit) / 2 - 1e-7 then 'down'
        when above = 8 then 'up'
        when below = 8 then 'down'
        else ''
    end as signal
from marked
where as_of = $as_of
