-- One view: accounts and ARR by status of each measure and week, with the two parts of its value.

with counted as (
    select
        p.entry_no, p.as_of, s.cut_no, p.status, count(*) as accounts, sum(s.weight_arr) as arr,
        sum(p.numerator) as numerator, sum(p.denominator) as denominator
    from recent_points as p
    join scored_weeks as s on s.account_id = p.account_id and s.as_of = p.as_of
    where s.as_of > $after
    group by p.entry_no, p.as_of, s.cut_no, p.status
)
select
    e.view, e.grp, e.entry, n.as_of, t.segment, t.region, t.csm, n.status, n.accounts, n.arr,
    n.numerator, n.denominator
from counted as n
join entries as e on e.entry_no = n.entry_no
join cuts as t on t.cut_no = n.cut_no
order by e.entry, n.as_of
