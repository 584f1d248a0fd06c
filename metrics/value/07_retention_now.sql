-- Both parts of every retention figure, by day and what screens filter by: who paid a year before, what they paid then
-- and what they pay now. New accounts never enter the retention of those who were there.
-- An account that was away and is back within the year counts with what it pays now.
--
-- grain            one row per as_of, segment, region and csm
-- arr_then, logos_then          accounts with ARR above zero on the same day a year before
-- arr_kept, logos_kept          what the same accounts pay now (NRR = arr_kept ÷ arr_then)
-- arr_kept_capped               the same, each account at most its ARR then (GRR)
-- arr_expanded, arr_contracted, arr_churned   the steps between both, all above zero
-- arr_new, logos_new            accounts that paid for the first time within the year
-- arr_new_earned, arr_new_bought              of these by accounts.join_reason; the rest gives none
-- arr_back                      accounts without ARR a year before that had paid earlier
-- arr, logos                    all accounts with ARR above zero now

with both_days as (
    select d.as_of, d.then_on, a.account_id, a.arr as arr_then, 0 as arr
    from retention_days as d
    join arr_days as a on a.day_on = d.then_on
    union all
    select d.as_of, d.then_on, a.account_id, 0 as arr_then, a.arr
    from retention_days as d
    join arr_days as a on a.day_on = d.as_of
),
accounts_of as (
    select as_of, then_on, account_id, sum(arr_then) as arr_then, sum(arr) as arr
    from both_days
    group by as_of, then_on, account_id
)

select
    b.as_of,
    coalesce(a.segment, '') as segment,
    coalesce(a.region, '') as region,
    coalesce(a.csm, '') as csm,
    sum(b.arr_then) as arr_then,
    sum(case when b.arr_then > 0 then b.arr else 0 end) as arr_kept,
    sum(least(b.arr_then, b.arr)) as arr_kept_capped,
    sum(case when b.arr_then > 0 and b.arr > b.arr_then then b.arr - b.arr_then else 0 end) as arr_expanded,
    sum(case when b.arr > 0 and b.arr < b.arr_then then b.arr_then - b.arr else 0 end) as arr_contracted,
    sum(case when b.arr = 0 then b.arr_then else 0 end) as arr_churned,
    sum(case when b.arr_then = 0 and f.first_on > b.then_on then b.arr else 0 end) as arr_new,
    sum(
        case when b.arr_then = 0 and f.first_on > b.then_on and a.join_reason = 'earned' then b.arr else 0 end
    ) as arr_new_earned,
    sum(
        case when b.arr_then = 0 and f.first_on > b.then_on and a.join_reason = 'bought' then b.arr else 0 end
    ) as arr_new_bought,
    sum(case when b.arr_then = 0 and f.first_on <= b.then_on then b.arr else 0 end) as arr_back,
    sum(b.arr) as arr,
    sum(case when b.arr_then > 0 then 1 else 0 end) as logos_then,
    sum(case when b.arr_then > 0 and b.arr > 0 then 1 else 0 end) as logos_kept,
    sum(case when b.arr_then = 0 and f.first_on > b.then_on then 1 else 0 end) as logos_new,
    sum(case when b.arr > 0 then 1 else 0 end) as logos
from accounts_of as b
join accounts as a on a.account_id = b.account_id
join first_paid as f on f.account_id = b.account_id
group by b.as_of, coalesce(a.segment, ''), coalesce(a.region, ''), coalesce(a.csm, '')
order by b.as_of
