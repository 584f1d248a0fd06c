-- Accounts and ARR by band, view and week, cut by everything a screen can filter by.

with counted as (
    select v.view, v.as_of, s.cut_no, v.status, count(*) as accounts, sum(s.weight_arr) as arr
    from view_scores as v
    join scored_weeks as s on s.account_id = v.account_id and s.as_of = v.as_of
    group by v.view, v.as_of, s.cut_no, v.status
)
select n.view, n.as_of, t.segment, t.region, t.csm, n.status, n.accounts, n.arr
from counted as n
join cuts as t on t.cut_no = n.cut_no
order by n.view, n.as_of
