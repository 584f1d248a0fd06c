-- label      = "Relationship NPS"
-- unit       = "NPS"
-- owner      = "Customer Success"
-- rollup     = "ratio"
-- absent     = "no data"
-- source     = "surveys"
-- reads      = ["account_weeks", "survey_levels"]
-- needs      = ["surveys.kind=nps"]
-- valid_days = 365
-- says       = "relationship NPS {value}, was {before}"
--
-- Promoters (9 and 10 of 10) less detractors (0 to 6), per hundred answers of 52 weeks, the last one of each person.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    100 × (promoters − detractors)
-- denominator  answers
-- evidence_on  day of the newest answer

select
    a.account_id,
    '' as item,
    a.as_of,
    100 * (s.promoters - s.detractors) as numerator,
    s.answers as denominator,
    s.evidence_on
from account_weeks as a
join survey_levels as s
    on s.account_id = a.account_id
    and s.from_on <= a.as_of
    and s.until_on > a.as_of
where s.kind = 'nps'
