-- Every day of the lead-in and of the history, with its week and month.
--
-- grain    one row per day_on
-- day_bit  1, 2, 4 … 64 for the seven days of a week: or-ed together they count distinct days

select
    cast(w.as_of - n.n as date) as day_on,
    w.as_of,
    w.week_no,
    year(cast(w.as_of - n.n as date)) * 12 + month(cast(w.as_of - n.n as date)) as month_no,
    b.day_bit
from weeks as w
join numbers as n
    on n.n < 7
join (values (0, 1), (1, 2), (2, 4), (3, 8), (4, 16), (5, 32), (6, 64)) as b(n, day_bit)
    on b.n = n.n
