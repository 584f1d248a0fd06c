-- label  = "Breadth of contact"
-- unit   = "ratio"
-- owner  = "Customer Success"
-- rollup = "ratio"
-- absent = "zero"
-- source = "touchpoints"
-- reads  = ["account_weeks", "source_weeks", "people_13_weeks", "touch_13_weeks"]
-- needs  = ["touchpoints.contact_id", "contacts.role", "contacts.joined_on"]
-- says   = "{value} of four roles in touch, was {before}"
--
-- Distinct roles we had two-way contact with in thirteen weeks, of four. Where there was contact and nobody was named,
-- there is no data.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    roles, four at most
-- denominator  4

select
    a.account_id,
    '' as item,
    a.as_of,
    least(coalesce(p.roles, 0), 4) as numerator,
    4 as denominator,
    cast(null as date) as evidence_on
from account_weeks as a
join source_weeks as k
    on k.source = 'touchpoints'
    and k.as_of = a.as_of
left join people_13_weeks as p
    on p.account_id = a.account_id
    and p.as_of = a.as_of
left join touch_13_weeks as t
    on t.account_id = a.account_id
    and t.as_of = a.as_of
where p.people > 0 or coalesce(t.unnamed, 0) = 0
