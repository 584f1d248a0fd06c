-- Driver, account, money: each driver an account is rated by, with what the account costs in the profit window. What a
-- behaviour costs shows when accounts rated -1 are set against the others, both as shares of their revenue.
--
-- grain   one row per driver and account_id with a rating and a line in the window
-- waited  money-days of late payment
-- others  as account_burdens

select
    r.driver,
    r.account_id,
    r.rating,
    r.cause,
    b.revenue,
    b.support,
    b.fulfilment,
    b.returns,
    b.success,
    b.services,
    b.sales,
    b.other,
    b.price,
    b.waited
from driver_ratings as r
join account_burdens as b on b.account_id = r.account_id
order by r.driver, r.account_id
