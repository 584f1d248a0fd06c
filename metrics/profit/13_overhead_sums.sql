-- What an account is given in the months of each week end's window, once per newest month: week ends share windows.
--
-- grain  one row per last_no, account_id

with spans as (
    select distinct first_no, last_no from overhead_windows where there = months
),
by_month as (
    select m.month_no, o.account_id, sum(o.amount) as amount
    from account_overheads as o
    join profit_months as m on m.month = o.month
    group by m.month_no, o.account_id
)

select s.last_no, b.account_id, cast(sum(b.amount) as decimal(18, 4)) as overheads
from spans as s
join by_month as b on b.month_no between s.first_no and s.last_no
group by s.last_no, b.account_id
