-- Accounts whose one side is green while the other is red, for every kind of conflict and recent week. A side without a
-- group is the view as a whole.

with sides as (
    select as_of, view, grp, account_id, status from group_now
    union all
    select as_of, view, '' as grp, account_id, status from view_scores where as_of > $recent_after
)
select g.as_of, k.conflict, g.account_id, s.weight_arr
from conflict_kinds as k
join sides as g on g.view = k.green_view and g.grp = k.green_grp and g.status = 'green'
join sides as r
    on r.view = k.red_view and r.grp = k.red_grp and r.status = 'red'
    and r.account_id = g.account_id and r.as_of = g.as_of
join scored_weeks as s on s.account_id = g.account_id and s.as_of = g.as_of
order by g.as_of, k.nth, s.weight_arr desc, g.account_id
