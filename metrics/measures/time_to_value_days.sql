-- label  = "Time to value"
-- unit   = "days"
-- owner  = "Onboarding"
-- rollup = "mean"
-- absent = "no data"
-- source = "goals"
-- reads  = ["account_weeks", "source_weeks", "goal_levels"]
-- needs  = ["goals.agreed_on", "goals.achieved_on"]
-- says   = "{value} days to the first goal reached, was {before}"
--
-- Days from the first goal agreed to the first goal reached; still counting where none was.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    days
-- denominator  1
-- evidence_on  first goal reached; null while counting

select
    a.account_id,
    '' as item,
    a.as_of,
    greatest(date_diff('day', g.first_agreed_on, coalesce(g.first_reached_on, a.as_of)), 0) as numerator,
    1 as denominator,
    g.first_reached_on as evidence_on
from account_weeks as a
join source_weeks as k
    on k.source = 'goals'
    and k.as_of = a.as_of
join goal_levels as g
    on g.account_id = a.account_id
    and g.from_on <= a.as_of
    and g.until_on > a.as_of
where g.first_agreed_on is not null
