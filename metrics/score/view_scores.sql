-- One view: the weighted mean of its groups, never across views. Weights are shares of the view, so coverage is valid
-- weight over all that is not NA. Bands are (low, high]: red to 50, amber to 75, green to 100. Below half coverage there is
-- no score. Then the caps, and last what a person says in the place of the rule; the rule's own value stays beside it.
-- Shares differ in their last digits with the order of their rows, so a limit is held to within 1e-9, and points have nine
-- places.

with covered as (
    select *, case when 1 - na > 1e-9 then least(valid / (1 - na), 1) else 0 end as coverage from viewed
),
connected as (
    select coalesce(sum(case when is_connected then 1 else 0 end), 0) as n from entries where view = $view
),
stopped as (
    select m.as_of, max(case when m.state = 'stale' then 1 else 0 end) as is_stale/* stopped groups */
    from missing_states as m
    join groups as g on g.view = m.view and g.grp = m.grp
    where m.view = $view and m.as_of > $after and m.as_of <= $until
    group by m.as_of
),
ruled as (
    select
        c.account_id, c.as_of, c.cut_no, c.weight_arr,
        case when c.coverage >= 0.5 - 1e-9 then least(c.points, c.most) end as points,
        case
            when n.n = 0 then 'not connected'
            when c.coverage >= 0.5 - 1e-9 and least(c.points, c.most) <= 50 then 'red'
            when c.coverage >= 0.5 - 1e-9 and least(c.points, c.most) <= 75 then 'amber'
            when c.coverage >= 0.5 - 1e-9 then 'green'
            when c.points is not null then 'insufficient data'
            when c.na > 1 - 1e-9 then 'na'
            when c.is_old or t.is_stale = 1 then 'stale'
            else 'no data'
        end as status,
        c.coverage,
        cast(c.n_measures as int) as n_measures,
        cast(n.n as int) as n_connected,
        case when c.points is not null then least(c.low, c.most_low) end as low,
        case when c.points is not null then least(c.high, c.most_high) end as high,
        case when c.coverage >= 0.5 - 1e-9 and c.points > c.most then c.cap_no end as cap_no, c.most/* groups */
    from covered as c
    cross join connected as n
    join stopped as t on t.as_of = c.as_of
)
select
    r.account_id, r.as_of, r.cut_no, r.weight_arr,
    coalesce(o.points, r.points) as points, coalesce(o.status, r.status) as status,
    r.coverage, r.n_measures, r.n_connected, r.points as rule_points, r.status as rule_status,
    least(r.low, r.points) as low, greatest(r.high, r.points) as high, r.cap_no, r.most,
    o.override_id/* group names */
from ruled as r
left join standing_overrides as o
    on o.view = $view and o.account_id = r.account_id and o.as_of = r.as_of and r.status <> 'not connected'
