-- The ledger beside what went to accounts: amount = allocated + unallocated in every row, exactly.
--
-- grain             one row per month and pool
-- unallocated       money nobody is given: unused capacity, a pool nobody has the driver of, parts of a cent
-- why               what the larger part of it is, in words; null without any
-- capacity_minutes  practical capacity, as delivered; null where there is none
-- used_minutes      minutes worked for accounts; null for other drivers
-- rate_per_minute   amount over practical capacity, over what was used without or beyond it

with given as (
    select month, pool, sum(amount) as allocated
    from account_overheads
    group by month, pool
)

select
    p.month,
    p.pool,
    p.driver,
    p.amount,
    cast(coalesce(g.allocated, 0) as decimal(18, 4)) as allocated,
    cast(p.amount - coalesce(g.allocated, 0) as decimal(18, 4)) as unallocated,
    case
        when p.amount = coalesce(g.allocated, 0) then null
        when p.driver is null then 'the pool has no driver'
        when p.total = 0 and p.driver = 'accounts' then 'no account was live in the month, as far as the history goes'
        when p.total = 0 then 'no account has any ' || p.driver || ' in the month'
        when p.over > p.total then 'unused capacity'
        else 'less than a cent'
    end as why,
    p.capacity_minutes,
    case when p.driver = 'minutes' then cast(p.total as double) / 10000 end as used_minutes,
    case when p.driver = 'minutes' and p.over > 0 then cast(p.amount as double) / (cast(p.over as double) / 10000) end
        as rate_per_minute
from overhead_pools as p
left join given as g on g.month = p.month and g.pool = p.pool
order by p.month, p.pool
