-- label  = "Marketing engagement"
-- unit   = "ratio"
-- owner  = "Marketing"
-- rollup = "ratio"
-- absent = "no data"
-- source = "touchpoints"
-- reads  = ["account_weeks", "source_weeks", "touch_13_weeks"]
-- needs  = ["touchpoints.attended"]
-- na     = "not invited in thirteen weeks"
-- says   = "{value} of invitations and mails taken up, was {before}"
--
-- Invitations and mails of thirteen weeks that were taken up: events, webinars, trainings, community and mails.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    taken up
-- denominator  sent; 0 (NA) where none was

select
    a.account_id,
    '' as item,
    a.as_of,
    coalesce(t.took_part, 0) as numerator,
    coalesce(t.invited, 0) as denominator,
    cast(null as date) as evidence_on
from account_weeks as a
join source_weeks as k
    on k.source = 'touchpoints'
    and k.as_of = a.as_of
left join touch_13_weeks as t
    on t.account_id = a.account_id
    and t.as_of = a.as_of
