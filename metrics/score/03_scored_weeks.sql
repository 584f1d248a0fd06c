-- Every scored account and week with its class, its cut (what screens filter by) and its weight in shares of ARR: ARR,
-- or one where there is none.

select
    w.account_id, w.as_of, c.class_id, t.cut_no,
    w.arr, w.seats, w.age_days,
    case when u.has_arr then coalesce(w.arr, 0) else 1 end as weight_arr
from account_weeks as w
join accounts as a on a.account_id = w.account_id
join cuts as t
    on t.segment = coalesce(a.segment, '')
    and t.region = coalesce(a.region, '')
    and t.csm = coalesce(a.csm, '')
cross join rule_use as u
join classes as c
    on c.segment = case when u.by_segment then coalesce(a.segment, '') else '' end
    and c.industry = case when u.by_industry then coalesce(a.industry, '') else '' end
    and coalesce(w.age_days, 1000000) >= c.age_from
    and coalesce(w.age_days, 1000000) < c.age_to
order by w.as_of, w.account_id
