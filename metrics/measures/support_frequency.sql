-- label  = "Support frequency"
-- unit   = "per seat"
-- owner  = "Support"
-- rollup = "ratio"
-- absent = "zero"
-- source = "tickets"
-- reads  = ["account_weeks", "source_weeks", "ticket_13_weeks"]
-- needs  = ["tickets", "subscriptions.seats"]
-- na     = "has no seats"
-- says   = "{value} cases per seat in 13 weeks, was {before}"
--
-- Cases opened in thirteen weeks per seat. Where the account's lines count no seats there is no data.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    cases opened
-- denominator  seats on as_of

select
    a.account_id,
    '' as item,
    a.as_of,
    coalesce(t.opened, 0) as numerator,
    greatest(a.seats, 0) as denominator,
    cast(null as date) as evidence_on
from account_weeks as a
join source_weeks as k
    on k.source = 'tickets'
    and k.as_of = a.as_of
left join ticket_13_weeks as t
    on t.account_id = a.account_id
    and t.as_of = a.as_of
where a.seats is not null
