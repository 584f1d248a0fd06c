-- One view: points and coverage of each group, account and week. Weights are shares of the view, so that what is
-- valid, NA and absent add up to the share of the group.

with weighed as (
    select
        p.account_id, p.as_of, p.class_id, p.grp,
        sum(case when p.state = 'ok' then w.weight else 0 end) as valid,
        sum(case when p.state = 'ok' then w.weight * p.points else 0 end) as points,
        sum(case when p.state = 'na' then w.weight else 0 end) as na,
        sum(case when p.state = 'stale' then w.weight else 0 end) as stale,
        sum(case when m.state = 'na' then w.weight else 0 end) as present_of_absent_na,
        sum(case when p.state = 'ok' then 1 else 0 end) as n_measures
    from entry_points as p
    join entry_weights as w on w.view = $view and w.entry = p.entry and w.class_id = p.class_id
    join missing_states as m on m.view = $view and m.entry = p.entry and m.as_of = p.as_of
    where p.item = ''
    group by p.account_id, p.as_of, p.class_id, p.grp
),
shares as (
    select
        w.grp, w.class_id, m.as_of, sum(w.weight) as weight,
        sum(case when m.state = 'na' then w.weight else 0 end) as absent_na,
        sum(case when m.state = 'stale' then w.weight else 0 end) as absent_stale
    from entry_weights as w
    join missing_states as m on m.view = w.view and m.entry = w.entry
    where w.view = $view
    group by w.grp, w.class_id, m.as_of
)
select
    s.account_id, s.as_of, g.grp, g.weight,
    coalesce(w.valid, 0) as valid,
    coalesce(w.na, 0) + g.absent_na - coalesce(w.present_of_absent_na, 0) as na,
    coalesce(w.stale, 0) + g.absent_stale as stale,
    case when w.valid > 0 then w.points / w.valid end as points,
    coalesce(w.n_measures, 0) as n_measures
from scored_weeks as s
join shares as g on g.class_id = s.class_id and g.as_of = s.as_of
left join weighed as w on w.account_id = s.account_id and w.as_of = s.as_of and w.grp = g.grp
