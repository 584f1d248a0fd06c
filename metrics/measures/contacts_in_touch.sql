-- label  = "People in touch"
-- unit   = "people"
-- owner  = "Customer Success"
-- rollup = "mean"
-- absent = "zero"
-- source = "touchpoints"
-- reads  = ["account_weeks", "source_weeks", "people_13_weeks", "touch_13_weeks"]
-- needs  = ["touchpoints.contact_id"]
-- says   = "people in touch {value}, was {before}"
--
-- Distinct people we had two-way contact with in thirteen weeks; one is single-threaded. Where there was contact and
-- nobody was named, there is no data.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    people
-- denominator  1

select
    a.account_id,
    '' as item,
    a.as_of,
    coalesce(p.people, 0) as numerator,
    1 as denominator,
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
