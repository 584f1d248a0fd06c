-- What the company's value can be told from: one row, as known on $as_of.
--
-- is_contractual     it has a subscription line, so it is known who has left
-- costs_first_month  first month that acquisition costs are complete for (months since year 0); costs_last_month the
--                    last; both null without any cost
-- invoices_first_on  first invoice; who joined before it may have paid before it

with costs as (
    select
        min(year(d.first_on) * 12 + month(d.first_on)) as first_month,
        max(year(least(d.last_on, $as_of)) * 12 + month(least(d.last_on, $as_of))) as last_month
    from source_days as d
    where d.source = 'acquisition_costs' and (select count(*) from acquisition_costs where incurred_on <= $as_of) > 0
),
lines as (
    select count(*) as n, min(invoiced_on) as first_on
    from invoices
    where invoiced_on <= $as_of
)

select
    (select count(*) from subscriptions) > 0 as is_contractual,
    lines.n > 0 as has_invoices,
    lines.first_on as invoices_first_on,
    (select count(join_reason) from accounts) > 0 as has_join_reason,
    (select count(channel) from accounts) > 0 as has_channel,
    costs.first_month as costs_first_month,
    costs.last_month as costs_last_month
from lines
cross join costs
