-- label      = "Promoters and detractors"
-- unit       = "ratio"
-- owner      = "Customer Success"
-- rollup     = "ratio"
-- absent     = "no data"
-- source     = "surveys"
-- reads      = ["account_weeks", "survey_levels"]
-- needs      = ["surveys.kind=nps"]
-- valid_days = 365
-- says       = "{value} promoters or detractors, was {before}"
--
-- Promoters plus detractors, of the answers. Not scored: with the relationship NPS it gives the variance, and so the
-- interval.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    promoters + detractors
-- denominator  answers
-- evidence_on  day of the newest answer

select
    a.account_id,
    '' as item,
    a.as_of,
    s.promoters + s.detractors as numerator,
    s.answers as denominator,
    s.evidence_on
from account_weeks as a
join survey_levels as s
    on s.account_id = a.account_id
    and s.from_on <= a.as_of
    and s.until_on > a.as_of
where s.kind = 'nps'
