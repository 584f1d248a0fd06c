-- Customer profit before overheads: net revenue − product cost − service cost of the window, our definition.
--
-- A cost that is missing on any row is missing for the account, and so is its profit: never zero cost, never revenue
-- called profit. Without any invoice line there is nothing to set costs against, and the table is empty.
-- Bands by margin: above τ profitable, below −τ unprofitable, between marginal. Profit is compared with τ × revenue, so
-- that nothing is divided; revenue below zero counts as zero, else a refund would turn a loss into a margin. An account
-- without revenue and cost is in no band.
--
-- grain   one row per as_of and account_id with a line in the window
-- margin  profit over revenue; null where there is no revenue above zero

with invoiced as (
    select count(*) as lines, count(product_cost) as lines_with_cost
    from invoices
),
costs as (
    select
        p.as_of,
        p.account_id,
        cast(p.revenue as decimal(18, 4)) as revenue,
        cast(
            case when p.lines_no_cost = 0 and i.lines_with_cost > 0 then p.product_cost end as decimal(18, 4)
        ) as product_cost,
        cast(
            case when p.costs_no_amount = 0 then p.service_amount + cast(cast(p.service_timed as double) / 60 as decimal(18, 4)) end
            as decimal(18, 4)
        ) as service_cost
    from profit_parts as p
    join invoiced as i on i.lines > 0
),
profits as (
    select
        c.*,
        c.revenue - c.product_cost - c.service_cost as profit,
        cast(s.profit_band as decimal(9, 6)) * greatest(c.revenue, 0) as band_width
    from costs as c
    cross join settings as s
)

select
    as_of,
    account_id,
    revenue,
    product_cost,
    service_cost,
    cast(profit as decimal(18, 4)) as profit,
    case when revenue > 0 then cast(profit as double) / cast(revenue as double) end as margin,
    case
        when profit is null then null
        when revenue = 0 and product_cost = 0 and service_cost = 0 then null
        when profit > band_width then 'profitable'
        when profit < -band_width then 'unprofitable'
        else 'marginal'
    end as band
from profits
order by as_of, account_id
