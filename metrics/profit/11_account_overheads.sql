-- The overheads every account is given, by month and pool.
--
-- grain   one row per month, pool and account_id that is given something
-- amount  money, whole cents

select
    p.month,
    p.pool,
    c.account_id,
    p.driver,
    cast(c.cents * cast(0.01 as decimal(3, 2)) as decimal(18, 4)) as amount
from overhead_cents as c
join overhead_pools as p on p.pool_no = c.pool_no
where c.cents <> 0
