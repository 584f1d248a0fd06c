-- Profit with the columns beside it: overheads, profit after them, and what was sold at which price. Bands stay those
-- of direct profit.
--
-- grain            as account_profit
-- overheads        null where the ledger lacks a month; 0 for an account that is given none
-- after_overheads  null where profit or overheads are
-- net_listed,
-- list_revenue     of lines with a list price; their quotient is the price realised, null without any

select
    p.*,
    case when w.as_of is not null then coalesce(o.overheads, cast(0 as decimal(18, 4))) end as overheads,
    cast(
        case when w.as_of is not null then p.profit - coalesce(o.overheads, cast(0 as decimal(18, 4))) end
        as decimal(18, 4)
    ) as after_overheads,
    r.net_listed,
    r.list_revenue
from account_profit as p
left join overhead_windows as w on w.as_of = p.as_of and w.there = w.months
left join overhead_sums as o on o.last_no = w.last_no and o.account_id = p.account_id
left join profit_prices as r on r.as_of = p.as_of and r.account_id = p.account_id
order by p.as_of, p.account_id
