-- One view: the weighted mean of its groups, never across views, from the sums of `summed`. Weights are shares of the view, so
-- coverage is valid weight over all that is not NA. Bands are (low, high]: red to 50, amber to 75, green to 100. Below
-- half coverage there is no score. Sums of shares differ in their last digits with the order of their rows, so a limit is
-- held to within 1e-9.

with covered as (
    select *, case when 1 - na > 1e-9 then least(valid / (1 - na), 1) else 0 end as coverage from summed
),
connected as (
    select coalesce(sum(case when is_connected then 1 else 0 end), 0) as n from entries where view = $view
),
stopped as (
    select as_of, max(case when state = 'stale' then 1 else 0 end) as is_stale
    from missing_states
    where view = $view and as_of > $after and as_of <= $until
    group by as_of
)
select
    $view as view, s.account_id, s.as_of,
    case when c.coverage >= 0.5 - 1e-9 then c.points end as points,
    case
        when n.n = 0 then 'not connected'
        when c.coverage >= 0.5 - 1e-9 and c.points <= 50 + 1e-9 then 'red'
        when c.coverage >= 0.5 - 1e-9 and c.points <= 75 + 1e-9 then 'amber'
        when c.coverage >= 0.5 - 1e-9 then 'green'
        when c.points is not null then 'insufficient data'
        when c.na > 1 - 1e-9 then 'na'
        when c.is_old = 1 or t.is_stale = 1 then 'stale'
        else 'no data'
    end as status,
    coalesce(c.coverage, 0) as coverage,
    cast(coalesce(c.n_measures, 0) as int) as n_measures,
    cast(n.n as int) as n_connected
from scored_weeks as s
cross join connected as n
join stopped as t on t.as_of = s.as_of
left join covered as c on c.account_id = s.account_id and c.as_of = s.as_of
where s.as_of > $after and s.as_of <= $until
order by s.as_of, s.account_id
