-- label      = "Return on investment received"
-- unit       = "ratio"
-- owner      = "Customer Success"
-- rollup     = "ratio"
-- absent     = "no data"
-- source     = "goals"
-- reads      = ["account_weeks", "goal_levels"]
-- needs      = ["goals.achieved_on", "goals.value", "goals.client_cost"]
-- valid_days = 365
-- na         = "no goal reached that cost anything"
-- says       = "{value} of its cost returned, was {before}"
--
-- What the goals reached brought the client, over what it spent on them. Only goals with both amounts count; where
-- goals were reached and none has both, there is no data.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    value of goals reached
-- denominator  the client's own cost on them; 0 (NA) where no goal was reached
-- evidence_on  newest goal reached

select
    a.account_id,
    '' as item,
    a.as_of,
    coalesce(g.value, 0) as numerator,
    greatest(coalesce(g.client_cost, 0), 0) as denominator,
    g.reached_on as evidence_on
from account_weeks as a
join goal_levels as g
    on g.account_id = a.account_id
    and g.from_on <= a.as_of
    and g.until_on > a.as_of
where g.reached = 0 or g.valued > 0
