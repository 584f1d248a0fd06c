-- What invoice lines with a list price brought, and what they would have at list, in each profit window by invoice day:
-- a price is agreed when it is invoiced, so it is not spread.
--
-- grain  one row per as_of and account_id with such a line

with days as (
    select distinct invoiced_on from invoices where list_revenue <> 0
),
slots as (  -- days between the same two edges are in the same windows, so that they can be added up first
    select d.invoiced_on, count(e.edge_on) as slot
    from days as d
    left join profit_edges as e on e.edge_on < d.invoiced_on
    group by d.invoiced_on
),
slot_windows as (
    select s.slot, e.as_of
    from (select slot, min(invoiced_on) as first_on from slots group by slot) as s
    join profit_edges as e on s.first_on > e.after_on and s.first_on <= e.as_of
    where e.sign = 1
),
by_slot as (
    select i.account_id, s.slot, sum(i.net_revenue) as net_listed, sum(i.list_revenue) as list_revenue
    from invoices as i
    join slots as s on s.invoiced_on = i.invoiced_on
    where i.list_revenue <> 0
    group by i.account_id, s.slot
)

select
    w.as_of,
    b.account_id,
    cast(sum(b.net_listed) as decimal(18, 4)) as net_listed,
    cast(sum(b.list_revenue) as decimal(18, 4)) as list_revenue
from by_slot as b
join slot_windows as w on w.slot = b.slot
group by w.as_of, b.account_id
