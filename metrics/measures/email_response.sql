-- label  = "E-mail response"
-- unit   = "ratio"
-- owner  = "Customer Success"
-- rollup = "ratio"
-- absent = "no data"
-- source = "touchpoints"
-- reads  = ["account_weeks", "source_weeks", "touch_13_weeks"]
-- needs  = ["touchpoints.kind=email", "touchpoints.attended"]
-- na     = "no mail in thirteen weeks"
-- says   = "{value} of mails answered, was {before}"
--
-- Mails of thirteen weeks that were answered.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    mails answered
-- denominator  mails sent; 0 (NA) where none was

select
    a.account_id,
    '' as item,
    a.as_of,
    coalesce(t.emails_answered, 0) as numerator,
    coalesce(t.emails, 0) as denominator,
    cast(null as date) as evidence_on
from account_weeks as a
join source_weeks as k
    on k.source = 'touchpoints'
    and k.as_of = a.as_of
left join touch_13_weeks as t
    on t.account_id = a.account_id
    and t.as_of = a.as_of
