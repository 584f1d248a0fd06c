-- What an account pays for on the week end, per product. A line runs from starts_on up to, not including, ends_on.
--
-- Lines are added up between their changes, where there are few, and only then told week by week.
--
-- grain  one row per account_id, product_id and as_of with a running line
-- units  seats; a line that counts no seats is one unit

with lines as (
    select
        account_id, product_id, coalesce(product_id, '') as product, starts_on,
        coalesce(ends_on, date '9999-12-31') as ends_on, arr, seats
    from subscriptions
),
edges as (
    select account_id, product, starts_on as from_on from lines
    union
    select account_id, product, ends_on as from_on from lines
),
levels as (
    select
        account_id,
        product,
        from_on,
        lead(from_on) over (partition by account_id, product order by from_on) as until_on
    from edges
),
added as (
    select
        v.account_id,
        l.product_id,
        v.from_on,
        v.until_on,
        sum(l.arr) as arr,
        sum(l.seats) as seats,
        sum(coalesce(l.seats, 1)) as units
    from levels as v
    join lines as l
        on l.account_id = v.account_id
        and l.product = v.product
        and l.starts_on <= v.from_on
        and l.ends_on > v.from_on
    group by v.account_id, l.product_id, v.from_on, v.until_on
)

select a.account_id, a.product_id, w.as_of, w.week_no, a.arr, a.seats, a.units
from weeks as w
join added as a
    on a.from_on <= w.as_of
    and a.until_on > w.as_of
where w.is_shown
