-- The arrow of each account and view in the latest week: its points are outside their natural limits (the first 26 valid
-- weeks of the last 52, six at least), and moved further that way within four weeks. The same limits as
-- `metrics/xmr.py`, over all accounts at once; an account that left its limits long ago is no news.

with recent as (
    select view, account_id, as_of, points
    from view_scores
    where as_of > $limits_after and points is not null
),
ordered as (
    select
        view, account_id, as_of, points,
        row_number() over (partition by view, account_id order by as_of) as nth,
        nullif(abs(points - lag(points) over (partition by view, account_id order by as_of)), 0) as moved
    from recent
),
limits as (
    select
        view, account_id,
        avg(points) as centre,
        greatest(avg(points) - 2.66 * coalesce(avg(moved), 0), 0) as lower_limit,
        avg(points) + 2.66 * coalesce(avg(moved), 0) as upper_limit
    from ordered
    where nth <= 26
    group by view, account_id
    having count(*) >= 6
)
select
    l.view, l.account_id, n.as_of,
    case
        when n.points > l.upper_limit + 1e-7 and n.points > b.points then 'up'
        when n.points < l.lower_limit - 1e-7 and n.points < b.points then 'down'
        else ''
    end as signal
from limits as l
join recent as n on n.view = l.view and n.account_id = l.account_id and n.as_of = $as_of
left join recent as b on b.view = l.view and b.account_id = l.account_id and b.as_of = $as_of - cast(28 as int)
