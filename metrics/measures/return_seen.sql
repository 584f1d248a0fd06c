-- label      = "Return seen by the client"
-- unit       = "of 5"
-- owner      = "Customer Success"
-- rollup     = "ratio"
-- absent     = "no data"
-- source     = "goals"
-- reads      = ["account_weeks", "goal_levels"]
-- needs      = ["goals.achieved_on", "goals.rated_by_client"]
-- valid_days = 365
-- na         = "no goal reached yet"
-- says       = "its goals rated {value} of 5, was {before}"
--
-- The client's own rating of the goals it reached, 1 to 5. Where goals were reached and none was rated, there is no
-- data.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    ratings, added up
-- denominator  goals rated; 0 (NA) where no goal was reached
-- evidence_on  newest goal reached

select
    a.account_id,
    '' as item,
    a.as_of,
    coalesce(g.rating, 0) as numerator,
    g.rated as denominator,
    g.reached_on as evidence_on
from account_weeks as a
join goal_levels as g
    on g.account_id = a.account_id
    and g.from_on <= a.as_of
    and g.until_on > a.as_of
where g.reached = 0 or g.rated > 0
