-- Profit after overheads on the last week end, were every pool shared out by one driver: where the sign depends on the
-- driver, the account's profit after overheads is a matter of the key.
--
-- The pools of a month go together, capacity aside; the sum of the window is rounded once per account. A driver that
-- some month of the window has nothing of says nothing of that month, and is left out.
--
-- grain    one row per account_id with a profit, and driver
-- depends  whether the account is above zero by one driver and below by another

with together as (
    select m.month, sum(o.amount) as amount
    from overhead_windows as w
    join profit_months as m on m.month_no between w.first_no and w.last_no
    join overheads as o on o.month = m.month
    where w.as_of = $as_of
    group by m.month
),
rates as (
    select d.month, d.driver, cast(g.amount as double) / cast(sum(d.units) as double) as rate
    from account_drivers as d
    join together as g on g.month = d.month
    group by d.month, d.driver, g.amount
),
keys as (
    select driver
    from rates
    group by driver
    having count(*) = (select count(*) from together)
),
given as (
    select d.account_id, d.driver, cast(round(sum(d.units * r.rate), 2) as decimal(18, 4)) as overheads
    from account_drivers as d
    join rates as r on r.month = d.month and r.driver = d.driver
    group by d.account_id, d.driver
),
by_key as (
    select
        p.account_id,
        k.driver,
        cast(p.profit - coalesce(g.overheads, cast(0 as decimal(18, 4))) as decimal(18, 4)) as after_overheads
    from profit_beside as p
    cross join keys as k
    left join given as g on g.account_id = p.account_id and g.driver = k.driver
    where p.as_of = $as_of and p.profit is not null and p.overheads is not null
)

select
    account_id,
    driver,
    after_overheads,
    min(after_overheads) over (partition by account_id) < 0
        and max(after_overheads) over (partition by account_id) > 0 as depends
from by_key
order by account_id, driver
