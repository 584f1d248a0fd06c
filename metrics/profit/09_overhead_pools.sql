-- What is to be shared out: every pool of every month, in whole cents, and by how many units of its driver.
--
-- Only minutes have a capacity: the capacity rate is the pool's amount over its practical capacity, and what is not
-- used is nobody's. A pool whose driver nobody has is shared out to nobody.
--
-- grain      one row per pool_no: a month and a pool
-- cents      whole cents of the amount, without sign; sign is -1 for a pool below zero
-- given      cents that go to accounts
-- total      units of the driver in the month
-- over       units the cents are divided by: the capacity where it is larger than what was used, else the total

with totals as (
    select month, driver, cast(sum(units) as bigint) as total
    from account_drivers
    group by month, driver
),
measured as (
    select
        o.month,
        o.pool,
        o.driver,
        o.amount,
        case when o.driver = 'minutes' and o.capacity_minutes > 0 then o.capacity_minutes end as capacity_minutes,
        case when o.amount < 0 then -1 else 1 end as sign,
        cast(floor(abs(o.amount) * 100) as bigint) as cents,
        coalesce(t.total, 0) as total,
        case
            when o.driver = 'minutes' and o.capacity_minutes > 0
                then greatest(coalesce(t.total, 0), cast(round(o.capacity_minutes * 10000) as bigint))
            else coalesce(t.total, 0)
        end as over
    from overheads as o
    join profit_months as m on m.month = o.month
    left join totals as t on t.month = o.month and t.driver = o.driver
)

select
    cast(row_number() over (order by month, pool) as int) as pool_no,
    *,
    case
        when total = 0 then 0
        when over = total then cents
        else cast(round(cast(cents as double) * total / over) as bigint)
    end as given
from measured
