-- The months whose overheads are set against the profit of each week end: as many whole months as the profit window is
-- long (12 for 52 weeks), up to the newest month in the ledger that ended within the window. Whole months keep every
-- cent where it was shared out; books are closed late, so the newest month need not be the last.
-- A window of 0 weeks takes every month there is.
--
-- grain        one row per as_of that has such a month
-- first_no,
-- last_no      the months, by month_no
-- months       how many there should be
-- there        how many are in the ledger; with fewer, a cost is missing and overheads are not told

with ledger as (
    select distinct m.month_no, m.closes_on
    from overheads as o
    join profit_months as m on m.month = o.month
),
newest as (
    select e.as_of, max(l.month_no) as last_no, min(l.month_no) as oldest_no
    from profit_edges as e
    join ledger as l on l.closes_on > e.after_on and l.closes_on <= e.as_of
    where e.sign = 1
    group by e.as_of
),
spans as (
    select
        n.as_of,
        case
            when s.profit_window_weeks = 0 then n.oldest_no
            else n.last_no + 1 - greatest(1, cast(round(s.profit_window_weeks * 12 / 52.0) as int))
        end as first_no,
        n.last_no
    from newest as n
    cross join settings as s
)

select
    p.as_of,
    p.first_no,
    p.last_no,
    case when s.profit_window_weeks = 0 then count(*) else p.last_no - p.first_no + 1 end as months,
    count(*) as there
from spans as p
join ledger as l on l.month_no between p.first_no and p.last_no
cross join settings as s
group by p.as_of, p.first_no, p.last_no, s.profit_window_weeks
