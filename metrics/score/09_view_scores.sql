-- One view: the weighted mean of its groups, never across views. Coverage is valid weight over all weight but NA.
-- Bands are (low, high]: red to 50, amber to 75, green to 100. Below half coverage there is no score.

with summed as (
    select
        account_id, as_of,
        sum(case when points is not null then weight * points else 0 end) as points,
        sum(case when points is not null then weight else 0 end) as weight,
        sum(valid) as valid, sum(na) as na, sum(stale) as stale,
        sum(n_measures) as n_measures
    from group_points
    group by account_id, as_of
),
covered as (
    select
        account_id, as_of, n_measures, stale, na,
        case when weight > 0 then points / weight end as points,
        case when 1 - na > 1e-9 then least(valid / (1 - na), 1) else 0 end as coverage
    from summed
)
select
    $view as view, s.account_id, s.as_of,
    case when c.coverage >= 0.5 - 1e-9 then c.points end as points,
    case
        when n.n_connected = 0 then 'not connected'
        when c.points is null and c.na > 1 - 1e-9 then 'na'
        when c.points is null and c.stale > 0 then 'stale'
        when c.points is null then 'no data'
        when c.coverage < 0.5 - 1e-9 then 'insufficient data'
        when c.points <= 50 then 'red'
        when c.points <= 75 then 'amber'
        else 'green'
    end as status,
    coalesce(c.coverage, 0) as coverage,
    cast(coalesce(c.n_measures, 0) as int) as n_measures,
    cast(n.n_connected as int) as n_connected
from scored_weeks as s
cross join (
    select coalesce(sum(case when is_connected then 1 else 0 end), 0) as n_connected from entries where view = $view
) as n
left join covered as c on c.account_id = s.account_id and c.as_of = s.as_of
