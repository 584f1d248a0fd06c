-- One view: accounts and ARR by status of each measure and week, with the two parts of its value.

with counted as (
    select
        entry_no, as_of, cut_no, status, count(*) as accounts, sum(weight_arr) as arr,
        sum(numerator) as numerator, sum(denominator) as denominator
    from recent_points
    group by entry_no, as_of, cut_no, status
)
select
    e.view, e.grp, e.entry, n.as_of, t.segment, t.region, t.csm, n.status, n.accounts, n.arr,
    n.numerator, n.denominator
from counted as n
join entries as e on e.entry_no = n.entry_no
join cuts as t on t.cut_no = n.cut_no
order by e.entry, n.as_of
