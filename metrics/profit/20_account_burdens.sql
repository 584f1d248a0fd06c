-- What an account costs to serve and to wait for in the profit window of the last week end, one column for each kind.
--
-- Service costs by activity, an amount before minutes at their rate; one with neither is left out. Price: what lines
-- with a list price brought less than list. Waiting: money paid after its due date, or not yet, times the days waited
-- in the window, in money-days: what waiting costs depends on the price of money, said where it is multiplied.
--
-- grain  one row per account_id with a line in the window

with bounds as (
    select as_of, after_on from profit_edges where sign = 1 and as_of = $as_of
),
served as (
    select
        account_id,
        activity,
        coalesce(amount, cast(cast(minutes as decimal(18, 4)) * hourly_rate as double) / 60) as cost
    from service_costs
    join bounds as b on incurred_on > b.after_on and incurred_on <= b.as_of
),
by_activity as (
    select
        account_id,
        sum(case when activity = 'support' then cost end) as support,
        sum(case when activity = 'fulfilment' then cost end) as fulfilment,
        sum(case when activity = 'returns' then cost end) as returns,
        sum(case when activity = 'success' then cost end) as success,
        sum(case when activity = 'services' then cost end) as services,
        sum(case when activity = 'sales' then cost end) as sales,
        sum(case when activity = 'other' then cost end) as other
    from served
    group by account_id
),
late as (
    select
        i.account_id,
        sum(
            cast(i.net_revenue as double) * greatest(
                date_diff('day', greatest(i.due_on, b.after_on), least(coalesce(i.paid_on, b.as_of), b.as_of)), 0
            )
        ) as waited
    from invoices as i
    join bounds as b on i.invoiced_on <= b.as_of and i.due_on < b.as_of
    where i.net_revenue > 0 and (i.paid_on is null or i.paid_on > i.due_on) and coalesce(i.paid_on, b.as_of) > b.after_on
    group by i.account_id
)

select
    p.account_id,
    cast(p.revenue as double) as revenue,
    coalesce(a.support, 0) as support,
    coalesce(a.fulfilment, 0) as fulfilment,
    coalesce(a.returns, 0) as returns,
    coalesce(a.success, 0) as success,
    coalesce(a.services, 0) as services,
    coalesce(a.sales, 0) as sales,
    coalesce(a.other, 0) as other,
    cast(coalesce(p.list_revenue - p.net_listed, 0) as double) as price,
    coalesce(l.waited, 0) as waited
from profit_beside as p
left join by_activity as a on a.account_id = p.account_id
left join late as l on l.account_id = p.account_id
where p.as_of = $as_of
