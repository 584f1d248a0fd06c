-- The week ends whose concentration is told: the recent ones, and the last week end of every whole fiscal quarter shown.
--
-- grain      one row per as_of
-- is_recent  account_profit has its revenue
-- is_kept    the latest week end and the one a quarter before it: their amounts are kept per account
-- after_on   date, the last day before its profit window

with quarter_ends as (
    select max(w.as_of) as as_of
    from period_ends as p
    join weeks as w on w.as_of > p.opens_on and w.as_of <= p.closes_on
    where p.kind = 'quarter' and p.is_whole and w.is_shown
    group by p.period
),
latest as (
    select max(as_of) as as_of from weeks where is_shown
)

select
    w.as_of,
    w.as_of > l.as_of - cast(7 * $recent_weeks as int) as is_recent,
    w.as_of = l.as_of or w.as_of = l.as_of - cast(7 * $quarter_weeks as int) as is_kept,
    case
        when s.profit_window_weeks = 0 then date '0001-01-01'
        else cast(w.as_of - cast(7 * s.profit_window_weeks as int) as date)
    end as after_on
from weeks as w
cross join latest as l
cross join settings as s
left join quarter_ends as q on q.as_of = w.as_of
where w.is_shown and (q.as_of is not null or w.as_of > l.as_of - cast(7 * $recent_weeks as int))
