-- What accounts cost, by driver and by how they are rated there: badly through us, badly through others, or not badly.
--
-- grain     one row per driver, side ('us', 'them', 'good'), segment, region and csm
-- accounts  accounts rated by the driver
-- cost      service by any activity, and price given below list; waited: money-days of late payment, as driver_costs

select
    d.driver,
    case when d.rating > -1 then 'good' when d.cause = 'us' then 'us' else 'them' end as side,
    coalesce(a.segment, '') as segment,
    coalesce(a.region, '') as region,
    coalesce(a.csm, '') as csm,
    cast(count(*) as int) as accounts,
    sum(d.revenue) as revenue,
    sum(d.support + d.fulfilment + d.returns + d.success + d.services + d.sales + d.other + d.price) as cost,
    sum(d.waited) as waited
from driver_costs as d
join accounts as a on a.account_id = d.account_id
group by d.driver, case when d.rating > -1 then 'good' when d.cause = 'us' then 'us' else 'them' end,
    coalesce(a.segment, ''), coalesce(a.region, ''), coalesce(a.csm, '')
