-- Scores of the recent weeks with what they were a week and four weeks before, what holds them back, and their arrow.

with lately as (
    select * from view_scores where as_of > $recent_after - cast(28 as int)
)
select
    v.view, v.account_id, v.as_of, v.points, v.status, v.coverage, v.n_measures, v.n_connected,
    b.status as was, m.points as points_4w, w.worst, g.signal,
    case when k.view is null then v.points else k.low end as low,
    case when k.view is null then v.points else k.high end as high,
    k.cap
from lately as v
left join lately as b on b.view = v.view and b.account_id = v.account_id and b.as_of = v.as_of - cast(7 as int)
left join lately as m on m.view = v.view and m.account_id = v.account_id and m.as_of = v.as_of - cast(28 as int)
left join worst_entries as w on w.view = v.view and w.account_id = v.account_id and w.as_of = v.as_of
left join view_signals as g on g.view = v.view and g.account_id = v.account_id and g.as_of = v.as_of
left join view_ranges as k on k.view = v.view and k.account_id = v.account_id and k.as_of = v.as_of
where v.as_of > $recent_after
