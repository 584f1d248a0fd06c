-- label      = "Onboarding against promise"
-- unit       = "ratio"
-- owner      = "VP Services"
-- rollup     = "ratio"
-- absent     = "na"
-- source     = "projects"
-- reads      = ["account_weeks", "source_weeks", "project_weeks"]
-- needs      = ["projects.kind=onboarding", "projects.started_on", "projects.promised_on", "projects.finished_on"]
-- valid_days = 365
-- na         = "no onboarding in 52 weeks"
-- says       = "onboarding at {value} of the time promised, was {before}"
--
-- Days taken over days promised, of onboardings finished in 52 weeks. A running one counts from the day its promise is
-- due.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    days taken so far
-- denominator  days promised, one at least; 0 (NA) without an onboarding
-- evidence_on  newest finish, or as_of while one is late

select
    a.account_id,
    '' as item,
    a.as_of,
    coalesce(t.taken_days, 0) as numerator,
    coalesce(t.promised_days, 0) as denominator,
    t.due_on as evidence_on
from account_weeks as a
join source_weeks as k
    on k.source = 'projects'
    and k.as_of = a.as_of
left join project_weeks as t
    on t.account_id = a.account_id
    and t.as_of = a.as_of
    and t.kind = 'onboarding'
