-- Accounts and ARR by band, view and week, cut by everything a screen can filter by.

select
    v.view, v.as_of,
    coalesce(a.segment, '') as segment, coalesce(a.region, '') as region, coalesce(a.csm, '') as csm,
    v.status, count(*) as accounts, sum(s.weight_arr) as arr
from view_scores as v
join scored_weeks as s on s.account_id = v.account_id and s.as_of = v.as_of
join accounts as a on a.account_id = v.account_id
group by v.view, v.as_of, coalesce(a.segment, ''), coalesce(a.region, ''), coalesce(a.csm, ''), v.status
order by v.view, v.as_of
