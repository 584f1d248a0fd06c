-- Every pool in whole cents per account: its share rounded down, and the cents left over one each to the accounts with
-- the largest remainders; ties by account_id. What goes to accounts is therefore what was to be given, to the cent.
--
-- grain  one row per pool_no and account_id with some of the driver

with shares as (
    select p.pool_no, d.account_id, cast(p.cents as double) * d.units / p.over as cents
    from overhead_pools as p
    join account_drivers as d on d.month = p.month and d.driver = p.driver
),
left_over as (
    select s.pool_no, p.sign, p.given - sum(cast(floor(s.cents) as bigint)) as cents
    from shares as s
    join overhead_pools as p on p.pool_no = s.pool_no
    group by s.pool_no, p.sign, p.given
),
ranked as (
    select
        pool_no,
        account_id,
        cast(floor(cents) as bigint) as cents,
        row_number() over (partition by pool_no order by cents - floor(cents) desc, account_id) as nth
    from shares
)

select r.pool_no, r.account_id, l.sign * (r.cents + case when r.nth <= l.cents then 1 else 0 end) as cents
from ranked as r
join left_over as l on l.pool_no = r.pool_no
