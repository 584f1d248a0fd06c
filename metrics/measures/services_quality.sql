-- label         = "Project quality"
-- unit          = "of 5"
-- owner         = "Services"
-- rollup        = "ratio"
-- absent        = "na"
-- source        = "projects"
-- reads         = ["account_weeks", "source_weeks", "project_weeks"]
-- needs         = ["projects.kind=service", "projects.started_on", "projects.finished_on", "projects.quality"]
-- valid_days    = 365
-- na            = "no rated project in 52 weeks"
-- is_subjective = true
-- says          = "project quality {value} of 5, was {before}"
--
-- Mean quality of the service projects finished in 52 weeks, 1 to 5. Entered by our own staff: subjective, so its
-- weight stays at 15 % or less.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    quality, added up
-- denominator  projects rated; 0 (NA) without one
-- evidence_on  newest finish

select
    a.account_id,
    '' as item,
    a.as_of,
    coalesce(t.quality, 0) as numerator,
    coalesce(t.rated, 0) as denominator,
    t.finished_on as evidence_on
from account_weeks as a
join source_weeks as k
    on k.source = 'projects'
    and k.as_of = a.as_of
left join project_weeks as t
    on t.account_id = a.account_id
    and t.as_of = a.as_of
    and t.kind = 'service'
