-- label      = "Total cost to the client"
-- unit       = "ratio"
-- owner      = "Customer Success"
-- rollup     = "ratio"
-- absent     = "no data"
-- source     = "goals"
-- reads      = ["account_weeks", "goal_levels"]
-- needs      = ["goals.achieved_on", "goals.client_cost", "subscriptions.arr"]
-- valid_days = 365
-- na         = "no goal reached yet, or no ARR"
-- says       = "its own cost {value} of ARR, was {before}"
--
-- What the client spent of its own on the goals it reached, per unit of currency it pays us in a year. Where goals were
-- reached and none has a cost, there is no data.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    the client's own cost on goals reached
-- denominator  ARR on as_of; 0 (NA) where no goal was reached
-- evidence_on  newest goal reached

select
    a.account_id,
    '' as item,
    a.as_of,
    coalesce(g.client_cost_all, 0) as numerator,
    case when g.reached > 0 then greatest(a.arr, 0) else 0 end as denominator,
    g.reached_on as evidence_on
from account_weeks as a
join goal_levels as g
    on g.account_id = a.account_id
    and g.from_on <= a.as_of
    and g.until_on > a.as_of
where a.arr is not null and (g.reached = 0 or g.costed > 0)
