-- label  = "Meeting attendance"
-- unit   = "ratio"
-- owner  = "Customer Success"
-- rollup = "ratio"
-- absent = "no data"
-- source = "touchpoints"
-- reads  = ["account_weeks", "source_weeks", "touch_52_weeks"]
-- needs  = ["touchpoints.kind=meeting or touchpoints.kind=business_review", "touchpoints.attended"]
-- na     = "no meeting set in 26 weeks"
-- says   = "{value} of meetings attended, was {before}"
--
-- Meetings and business reviews the client came to, of those set in 26 weeks.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    meetings attended
-- denominator  meetings set; 0 (NA) where none was

select
    a.account_id,
    '' as item,
    a.as_of,
    coalesce(t.meetings_attended, 0) as numerator,
    coalesce(t.meetings, 0) as denominator,
    cast(null as date) as evidence_on
from account_weeks as a
join source_weeks as k
    on k.source = 'touchpoints'
    and k.as_of = a.as_of
left join touch_52_weeks as t
    on t.account_id = a.account_id
    and t.as_of = a.as_of
