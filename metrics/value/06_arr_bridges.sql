-- The bridge of every period from opening to closing ARR, summed to what screens filter by.
--
-- grain     one row per kind, period, segment, region, csm and movement
-- movement  opening and closing (the ARR on either end), and the movements between them

with ends as (
    select p.kind, p.period, 'opening' as movement, a.account_id, a.arr as amount
    from period_ends as p
    join arr_days as a on a.day_on = p.opens_on
    union all
    select p.kind, p.period, 'closing' as movement, a.account_id, a.arr as amount
    from period_ends as p
    join arr_days as a on a.day_on = p.closes_on
    union all
    select kind, period, movement, account_id, amount
    from arr_movements
)

select
    e.kind,
    e.period,
    coalesce(a.segment, '') as segment,
    coalesce(a.region, '') as region,
    coalesce(a.csm, '') as csm,
    e.movement,
    count(*) as accounts,
    sum(e.amount) as amount
from ends as e
join accounts as a on a.account_id = e.account_id
group by e.kind, e.period, coalesce(a.segment, ''), coalesce(a.region, ''), coalesce(a.csm, ''), e.movement
