-- Invoice lines and service costs in one shape: when they begin to count, over how many days, and what they add.
--
-- An invoice line with a service period counts by day over it, any other line and every service cost on its own day.
-- A period ends on the first day without service, as a subscription does. Nothing counts before the line is known
-- (invoiced_on): what was served until then is caught up on that day.
-- Lines of one day are added up per account here, so that one account and day is one row.
--
-- grain            one row per line with a period; else one per account and day
-- known_on         date from which the row may be counted at all
-- first_on, days   first day that counts and how many there are
-- last_on          day on which the row has counted in full
-- lines_no_cost    invoice lines whose product cost is missing
-- service_timed    money times minutes, still to be divided by 60
-- costs_no_amount  service costs with neither an amount nor minutes and a rate

with by_day as (
    select
        account_id,
        invoiced_on as day_on,
        sum(net_revenue) as revenue,
        sum(product_cost) as product_cost,
        count(*) - count(product_cost) as lines_no_cost,
        0 as service_amount,
        0 as service_timed,
        0 as costs_no_amount
    from invoices
    where starts_on is null or ends_on is null or ends_on <= starts_on
    group by account_id, invoiced_on
    union all
    select
        account_id,
        incurred_on as day_on,
        0 as revenue,
        0 as product_cost,
        0 as lines_no_cost,
        sum(amount) as service_amount,
        sum(case when amount is null then cast(minutes as decimal(18, 4)) * hourly_rate end) as service_timed,
        sum(case when amount is null and (minutes is null or hourly_rate is null) then 1 else 0 end) as costs_no_amount
    from service_costs
    group by account_id, incurred_on
)

select
    account_id,
    day_on as known_on,
    day_on as first_on,
    1 as days,
    day_on as last_on,
    cast(revenue as decimal(18, 4)) as revenue,
    cast(coalesce(product_cost, 0) as decimal(18, 4)) as product_cost,
    lines_no_cost,
    cast(coalesce(service_amount, 0) as decimal(18, 4)) as service_amount,
    cast(coalesce(service_timed, 0) as decimal(28, 8)) as service_timed,
    costs_no_amount
from by_day
union all
select
    account_id,
    invoiced_on as known_on,
    starts_on as first_on,
    date_diff('day', starts_on, ends_on) as days,
    greatest(invoiced_on, cast(ends_on - cast(1 as int) as date)) as last_on,
    net_revenue as revenue,
    coalesce(product_cost, 0) as product_cost,
    case when product_cost is null then 1 else 0 end as lines_no_cost,
    0 as service_amount,
    0 as service_timed,
    0 as costs_no_amount
from invoices
where ends_on > starts_on
