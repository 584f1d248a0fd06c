-- label      = "Latest sentiment"
-- unit       = "ratio"
-- owner      = "Customer Success"
-- rollup     = "mean"
-- absent     = "no data"
-- source     = "surveys"
-- reads      = ["account_weeks", "survey_spans"]
-- needs      = ["surveys.kind=sentiment"]
-- valid_days = 180
-- says       = "last sentiment {value} of the scale, was {before}"
--
-- The last sentiment answer of anyone at the account, 0 the worst of the scale to 1 the best.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    the answer, 0 to 1
-- denominator  1
-- evidence_on  day of the answer

with spans as (
    select
        account_id,
        share,
        answered_on,
        lead(answered_on) over (partition by account_id order by answered_on, response_id) as next_on
    from survey_spans
    where kind = 'sentiment'
)

select
    a.account_id,
    '' as item,
    a.as_of,
    s.share as numerator,
    1 as denominator,
    s.answered_on as evidence_on
from account_weeks as a
join spans as s
    on s.account_id = a.account_id
    and s.answered_on <= a.as_of
    and (s.next_on is null or s.next_on > a.as_of)
