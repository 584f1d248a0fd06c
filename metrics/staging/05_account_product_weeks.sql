-- What an account pays for on the week end, per product. A line runs from starts_on up to, not including, ends_on.
--
-- grain  one row per account_id, product_id and as_of with a running line
-- units  seats; a line that counts no seats is one unit

with lines as (
    select account_id, product_id, starts_on, coalesce(ends_on, date '9999-12-31') as ends_on, arr, seats
    from subscriptions
)

select
    l.account_id,
    l.product_id,
    w.as_of,
    w.week_no,
    sum(l.arr) as arr,
    sum(l.seats) as seats,
    sum(coalesce(l.seats, 1)) as units
from weeks as w
join lines as l
    on l.starts_on <= w.as_of
    and l.ends_on > w.as_of
where w.is_shown
group by l.account_id, l.product_id, w.as_of, w.week_no
