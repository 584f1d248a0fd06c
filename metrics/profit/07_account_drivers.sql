-- What overheads are shared out by: how much of each driver an account has in a month, in whole units.
--
-- Revenue and units below zero (credit notes) count as zero, and a credit note is no order. Accounts are those live on
-- the last week end of the month. Whole units add up the same in any order, so that shares never depend on it.
--
-- grain  one row per month, driver and account_id with some of it
-- units  orders and accounts as counted; revenue, units and minutes in ten-thousandths

with orders as (
    select
        m.month,
        i.account_id,
        count(distinct case when i.net_revenue >= 0 then coalesce(i.invoice_id, i.invoice_line_id) end) as orders,
        cast(round(sum(coalesce(i.quantity, 0)) * 10000) as bigint) as units
    from invoices as i
    join profit_months as m on m.month_no = year(i.invoiced_on) * 12 + month(i.invoiced_on)
    group by m.month, i.account_id
),
worked as (
    select m.month, c.account_id, cast(sum(round(c.minutes * 10000)) as bigint) as minutes
    from service_costs as c
    join profit_months as m on m.month_no = year(c.incurred_on) * 12 + month(c.incurred_on)
    where c.minutes > 0
    group by m.month, c.account_id
)

select month, 'revenue' as driver, account_id, cast(revenue * 10000 as bigint) as units
from month_revenue
where revenue > 0
union all
select month, 'orders' as driver, account_id, orders as units
from orders
where orders > 0
union all
select month, 'units' as driver, account_id, units
from orders
where units > 0
union all
select month, 'minutes' as driver, account_id, minutes as units
from worked
union all
select m.month, 'accounts' as driver, s.account_id, 1 as units
from profit_months as m
join scored_weeks as s on s.as_of = m.live_on
