-- label      = "Project cost against budget"
-- unit       = "ratio"
-- owner      = "Services"
-- rollup     = "ratio"
-- absent     = "na"
-- source     = "projects"
-- reads      = ["account_weeks", "source_weeks", "project_weeks"]
-- needs      = [
--     "projects.kind=service", "projects.started_on", "projects.finished_on", "projects.cost", "projects.budget",
-- ]
-- valid_days = 365
-- na         = "no budgeted project finished in 52 weeks"
-- says       = "projects at {value} of budget, was {before}"
--
-- Cost over budget of the service projects finished in 52 weeks that have both.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    cost
-- denominator  budget; 0 (NA) without one
-- evidence_on  newest finish

select
    a.account_id,
    '' as item,
    a.as_of,
    coalesce(t.cost, 0) as numerator,
    coalesce(t.budget, 0) as denominator,
    t.finished_on as evidence_on
from account_weeks as a
join source_weeks as k
    on k.source = 'projects'
    and k.as_of = a.as_of
left join project_weeks as t
    on t.account_id = a.account_id
    and t.as_of = a.as_of
    and t.kind = 'service'
