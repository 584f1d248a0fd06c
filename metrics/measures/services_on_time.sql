-- label      = "Projects on time"
-- unit       = "ratio"
-- owner      = "Services"
-- rollup     = "ratio"
-- absent     = "na"
-- source     = "projects"
-- reads      = ["account_weeks", "source_weeks", "project_weeks"]
-- needs      = ["projects.kind=service", "projects.started_on", "projects.promised_on", "projects.finished_on"]
-- valid_days = 365
-- na         = "no project due in 52 weeks"
-- says       = "{value} of projects on time, was {before}"
--
-- Service projects finished by the day promised, of those finished in 52 weeks or due and not finished.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    projects finished by their promise
-- denominator  projects finished or due; 0 (NA) without one
-- evidence_on  newest finish, or as_of while one is late

select
    a.account_id,
    '' as item,
    a.as_of,
    coalesce(t.on_time, 0) as numerator,
    coalesce(t.due, 0) as denominator,
    t.due_on as evidence_on
from account_weeks as a
join source_weeks as k
    on k.source = 'projects'
    and k.as_of = a.as_of
left join project_weeks as t
    on t.account_id = a.account_id
    and t.as_of = a.as_of
    and t.kind = 'service'
