-- One view: points, coverage and state of each group of each account in the weeks after $recent_after.

select
    account_id, $view as view, grp, as_of,
    case when valid >= 0.5 * (weight - na) - 1e-9 then points end as points,
    case
        when points is null and na > weight - 1e-9 then 'na'
        when points is null and stale > 0 then 'stale'
        when points is null then 'no data'
        when valid < 0.5 * (weight - na) - 1e-9 then 'insufficient data'
        when points <= 50 then 'red'
        when points <= 75 then 'amber'
        else 'green'
    end as status,
    case when weight - na > 1e-9 then valid / (weight - na) else 0 end as coverage
from group_points
where as_of > $recent_after
