-- Both ends of the profit window of every week end asked for. What a window holds is what was recognised by its last
-- day (sign 1) less what was recognised by the day before its first (sign -1, edge_on = after_on).
-- A window of 0 weeks is all time: it has no first day, so nothing is taken off.
--
-- grain     one row per as_of and sign
-- after_on  date, the last day before the window

with windows as (
    select
        e.as_of,
        case
            when s.profit_window_weeks = 0 then date '0001-01-01'
            else cast(e.as_of - cast(7 * s.profit_window_weeks as int) as date)
        end as after_on
    from profit_ends as e
    cross join settings as s
)

select as_of, after_on, as_of as edge_on, 1 as sign
from windows
union all
select as_of, after_on, after_on as edge_on, -1 as sign
from windows
