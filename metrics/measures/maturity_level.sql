-- label      = "Maturity level"
-- unit       = "of 5"
-- owner      = "Customer Success"
-- rollup     = "mean"
-- absent     = "no data"
-- source     = "maturity"
-- reads      = ["account_weeks", "maturity"]
-- needs      = ["maturity"]
-- valid_days = 365
-- item       = "dimension"
-- says       = "level {value} of 5, was {before}"
--
-- How far the client's own function has come, by the last assessment of each dimension, 1 to 5.
--
-- grain        one row per account_id, item (dimension) and as_of
-- as_of        date, last day of the week
-- numerator    level
-- denominator  1
-- evidence_on  day of the assessment

with spans as (
    select
        account_id,
        dimension,
        level,
        assessed_on,
        lead(assessed_on) over (partition by account_id, dimension order by assessed_on) as next_on
    from maturity
)

select
    a.account_id,
    s.dimension as item,
    a.as_of,
    s.level as numerator,
    1 as denominator,
    s.assessed_on as evidence_on
from account_weeks as a
join spans as s
    on s.account_id = a.account_id
    and s.assessed_on <= a.as_of
    and (s.next_on is null or s.next_on > a.as_of)
