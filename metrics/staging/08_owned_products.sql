-- What an account owns on the week end: the products of its running lines, or, until the company knows a line with a
-- product, what it was invoiced in 52 weeks.
--
-- grain  one row per account_id, product_id and as_of
-- units  seats of the running lines; else the quantity invoiced, a line without one counting one unit

with first_line as (
    select min(starts_on) as starts_on from subscriptions where product_id is not null
),
invoiced as (
    select i.account_id, i.product_id, d.week_no, sum(coalesce(i.quantity, sign(i.net_revenue))) as quantity
    from invoices as i
    join days as d
        on d.day_on = i.invoiced_on
    join first_line as f
        on d.as_of < coalesce(f.starts_on, date '9999-12-31')
    where i.product_id is not null
    group by i.account_id, i.product_id, d.week_no
),
changes as (
    select account_id, product_id, week_no, quantity from invoiced
    union all
    select account_id, product_id, week_no + 52 as week_no, -quantity as quantity from invoiced
),
netted as (
    select account_id, product_id, week_no, sum(quantity) as quantity
    from changes
    group by account_id, product_id, week_no
),
levels as (
    select
        account_id,
        product_id,
        week_no as from_week,
        lead(week_no) over (partition by account_id, product_id order by week_no) as until_week,
        round(sum(quantity) over (partition by account_id, product_id order by week_no), 6) as units
    from netted
)

select p.account_id, p.product_id, p.as_of, p.units
from account_product_weeks as p
where p.product_id is not null
union all
select l.account_id, l.product_id, w.as_of, l.units
from levels as l
join weeks as w
    on w.week_no >= l.from_week
    and w.week_no < l.until_week
join first_line as f
    on w.as_of < coalesce(f.starts_on, date '9999-12-31')
where w.is_shown and l.units > 0
