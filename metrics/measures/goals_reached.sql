-- label      = "Goals reached"
-- unit       = "ratio"
-- owner      = "Customer Success"
-- rollup     = "ratio"
-- absent     = "no data"
-- source     = "goals"
-- reads      = ["account_weeks", "source_weeks", "goal_levels"]
-- needs      = ["goals.due_on", "goals.achieved_on"]
-- valid_days = 365
-- na         = "no goal due yet"
-- says       = "{value} of goals reached, was {before}"
--
-- Goals reached, of those that are due or reached by the week end.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    goals reached
-- denominator  goals due or reached; 0 (NA) without one
-- evidence_on  newest day a goal was reached or came due

select
    a.account_id,
    '' as item,
    a.as_of,
    g.reached as numerator,
    g.due as denominator,
    g.evidence_on as evidence_on
from account_weeks as a
join source_weeks as k
    on k.source = 'goals'
    and k.as_of = a.as_of
join goal_levels as g
    on g.account_id = a.account_id
    and g.from_on <= a.as_of
    and g.until_on > a.as_of
