-- ARR of every paying account on the days that later steps compare.
--
-- grain  one row per day_on of value_days and account_id with ARR above zero

select d.day_on, s.account_id, s.arr
from value_days as d
join paid_spans as s
    on s.starts_on <= d.day_on
    and s.ends_on > d.day_on
