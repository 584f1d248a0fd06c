-- How each account's ARR moved between both ends of a period: one movement per account and period, its net.
-- Opening + the sum of all movements = closing, exactly, for any period. A quarter is computed from its own ends and is
-- not the sum of its months by kind, only in total.
--
-- grain     one row per kind, period and account_id whose ARR changed
-- movement  new (paid for the first time), reactivation (back from zero), expansion, contraction, churn (down to zero)
-- amount    closing less opening ARR; below zero for contraction and churn

with both_ends as (
    select p.kind, p.period, p.opens_on, a.account_id, a.arr as opens, 0 as closes
    from period_ends as p
    join arr_days as a on a.day_on = p.opens_on
    union all
    select p.kind, p.period, p.opens_on, a.account_id, 0 as opens, a.arr as closes
    from period_ends as p
    join arr_days as a on a.day_on = p.closes_on
),
accounts_of as (
    select kind, period, opens_on, account_id, sum(opens) as opens, sum(closes) as closes
    from both_ends
    group by kind, period, opens_on, account_id
)

select
    b.kind,
    b.period,
    b.account_id,
    case
        when b.opens = 0 and f.first_on > b.opens_on then 'new'
        when b.opens = 0 then 'reactivation'
        when b.closes = 0 then 'churn'
        when b.closes > b.opens then 'expansion'
        else 'contraction'
    end as movement,
    cast(b.closes - b.opens as decimal(18, 4)) as amount
from accounts_of as b
join first_paid as f on f.account_id = b.account_id
where b.closes <> b.opens
order by b.kind, b.period, b.account_id
