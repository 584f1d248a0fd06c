-- The months that are over on the last week end and that the ledger has overheads or revenue for, as far back
-- as the profit windows of recent week ends reach. A month counts when it is over: only then its drivers are all in.
--
-- grain      one row per month (its first day)
-- month_no   counts months, so that months can be told apart by subtracting
-- closes_on  date, its last day
-- live_on    date, the last week end in it, on which accounts are counted; null before the history

with named as (
    select month from overheads
    union
    select month from finance
),
ended as (
    select n.month, cast(last_day(n.month) as date) as closes_on
    from named as n
    cross join settings as s
    where
        last_day(n.month) <= $as_of
        and (
            s.profit_window_weeks = 0
            or n.month > cast($as_of as date) - cast(7 * s.profit_window_weeks + 160 as int)
        )
),
live as (
    select e.month, max(w.as_of) as live_on
    from ended as e
    join weeks as w on w.as_of between e.month and e.closes_on
    where w.is_shown
    group by e.month
)

select e.month, year(e.month) * 12 + month(e.month) as month_no, e.closes_on, l.live_on
from ended as e
left join live as l on l.month = e.month
