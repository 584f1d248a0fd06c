-- Which weeks belong to a window that ends on as_of: weeks_ago < 4, 13, 26 or 52. Makes every trailing window an
-- equality join.
--
-- grain  one row per as_of and week_of, 52 weeks back

select a.as_of, a.week_no, b.as_of as week_of, a.week_no - b.week_no as weeks_ago
from weeks as a
join weeks as b
    on b.week_no between a.week_no - 51 and a.week_no
where a.is_shown
