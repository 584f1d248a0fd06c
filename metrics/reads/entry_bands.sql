-- One view: accounts and ARR by status of each measure and week, with the two parts of its value.

select
    p.view, p.grp, p.entry, p.as_of,
    coalesce(a.segment, '') as segment, coalesce(a.region, '') as region, coalesce(a.csm, '') as csm,
    p.status, count(*) as accounts, sum(s.weight_arr) as arr,
    sum(p.numerator) as numerator, sum(p.denominator) as denominator
from recent_points as p
join scored_weeks as s on s.account_id = p.account_id and s.as_of = p.as_of
join accounts as a on a.account_id = p.account_id
where p.item = ''
group by
    p.view, p.grp, p.entry, p.as_of,
    coalesce(a.segment, ''), coalesce(a.region, ''), coalesce(a.csm, ''), p.status
order by p.entry, p.as_of
