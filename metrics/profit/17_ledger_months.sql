-- Invoices against the ledger, month by month: what was invoiced in the month, what of it counts in the month when
-- service periods are spread, and the revenue finance reports.
--
-- grain       one row per month that is over and that finance reports revenue for
-- difference  invoiced less finance_revenue; spread_difference is the same of what counts

with invoiced as (
    select m.month, sum(i.net_revenue) as amount
    from invoices as i
    join profit_months as m on m.month_no = year(i.invoiced_on) * 12 + month(i.invoiced_on)
    group by m.month
),
spread as (
    select month, sum(revenue) as amount from month_revenue group by month
)

select
    f.month,
    cast(coalesce(i.amount, 0) as decimal(18, 4)) as invoiced,
    cast(coalesce(r.amount, 0) as decimal(18, 4)) as spread,
    f.revenue as finance_revenue,
    cast(coalesce(i.amount, 0) - f.revenue as decimal(18, 4)) as difference,
    cast(coalesce(r.amount, 0) - f.revenue as decimal(18, 4)) as spread_difference
from finance as f
join profit_months as m on m.month = f.month
left join invoiced as i on i.month = f.month
left join spread as r on r.month = f.month
where f.revenue is not null and (select count(*) from invoices) > 0
order by f.month
