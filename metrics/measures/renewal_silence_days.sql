-- label  = "Renewal near and silent"
-- unit   = "days"
-- owner  = "Account management"
-- rollup = "mean"
-- absent = "na"
-- source = "touchpoints"
-- reads  = ["account_weeks", "source_weeks", "renewal_weeks", "contact_spans"]
-- needs  = ["subscriptions.term_months", "touchpoints"]
-- na     = "no renewal within 120 days"
-- says   = "a renewal near and {value} days of silence, was {before}"
--
-- Where a term ends within 120 days and no notice was given: days since the last two-way contact, 365 at most and where
-- there never was one.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    days
-- denominator  1; 0 (NA) where no renewal is near
-- evidence_on  day of that contact

select
    a.account_id,
    '' as item,
    a.as_of,
    case when r.account_id is not null then least(coalesce(date_diff('day', c.happened_on, a.as_of), 365), 365) end
        as numerator,
    case when r.account_id is not null then 1 else 0 end as denominator,
    c.happened_on as evidence_on
from account_weeks as a
join source_weeks as k
    on k.source = 'touchpoints'
    and k.as_of = a.as_of
left join renewal_weeks as r
    on r.account_id = a.account_id
    and r.as_of = a.as_of
left join contact_spans as c
    on c.account_id = r.account_id
    and c.happened_on <= r.as_of
    and c.until_on > r.as_of
