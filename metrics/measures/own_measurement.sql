-- label  = "A measure of the company's own"
-- unit   = "units"
-- owner  = "Customer Success"
-- rollup = "mean"
-- absent = "no data"
-- source = "measurements"
-- reads  = ["account_weeks", "measurements", "own_measures"]
-- needs  = ["measurements"]
-- item   = "measure"
-- is_own = true
-- says   = "{value}, was {before}"
--
-- The last value a company measured itself, by the name it gave the measure. What it is called, its unit, its owner and
-- how long a value is valid stands in the scorecard that names it; without a scorecard's entry a measure is not read.
--
-- grain        one row per account_id, item (measure) and as_of
-- as_of        date, last day of the week
-- numerator    the value
-- denominator  1
-- evidence_on  day it was measured

with spans as (
    select
        m.account_id,
        m.measure,
        m.value,
        m.measured_on,
        lead(m.measured_on) over (partition by m.account_id, m.measure order by m.measured_on) as next_on
    from measurements as m
    join own_measures as o
        on o.measure = m.measure
)

select
    a.account_id,
    s.measure as item,
    a.as_of,
    s.value as numerator,
    1 as denominator,
    s.measured_on as evidence_on
from account_weeks as a
join spans as s
    on s.account_id = a.account_id
    and s.measured_on <= a.as_of
    and (s.next_on is null or s.next_on > a.as_of)
