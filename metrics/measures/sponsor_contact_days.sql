-- label  = "Days since contact with the sponsor"
-- unit   = "days"
-- owner  = "Customer Success"
-- rollup = "mean"
-- absent = "worst"
-- source = "touchpoints"
-- reads  = ["account_weeks", "source_weeks", "sponsor_weeks"]
-- needs  = ["touchpoints.contact_id", "contacts.role", "contacts.joined_on"]
-- says   = "{value} days since contact with a sponsor, was {before}"
--
-- Days since the last two-way contact with a sponsor or economic buyer who is still there, 365 at most. Where one is
-- named and was never met: days since the account joined. Where none is named: 365.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    days
-- denominator  1
-- evidence_on  day of that contact

select
    a.account_id,
    '' as item,
    a.as_of,
    case
        when s.last_on is not null then date_diff('day', s.last_on, a.as_of)
        when s.account_id is not null then least(a.age_days, 365)
        else 365
    end as numerator,
    1 as denominator,
    s.last_on as evidence_on
from account_weeks as a
join source_weeks as k
    on k.source = 'touchpoints'
    and k.as_of = a.as_of
left join sponsor_weeks as s
    on s.account_id = a.account_id
    and s.as_of = a.as_of
