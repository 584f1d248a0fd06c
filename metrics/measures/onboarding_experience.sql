-- label      = "Onboarding experience"
-- unit       = "ratio"
-- owner      = "Services"
-- rollup     = "ratio"
-- absent     = "no data"
-- source     = "surveys"
-- reads      = ["account_weeks", "survey_levels"]
-- needs      = ["surveys.kind=onboarding"]
-- valid_days = 365
-- says       = "onboarding rated {value} of the scale, was {before}"
--
-- Mean answer to the onboarding survey in 52 weeks, the last one of each person, 0 the worst of the scale to 1 the
-- best.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    answers, each 0 to 1, added up
-- denominator  answers
-- evidence_on  day of the newest answer

select
    a.account_id,
    '' as item,
    a.as_of,
    s.share_sum as numerator,
    s.answers as denominator,
    s.evidence_on
from account_weeks as a
join survey_levels as s
    on s.account_id = a.account_id
    and s.from_on <= a.as_of
    and s.until_on > a.as_of
where s.kind = 'onboarding'
