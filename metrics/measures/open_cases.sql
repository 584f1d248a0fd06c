-- label  = "Open cases"
-- unit   = "cases"
-- owner  = "Support"
-- rollup = "mean"
-- absent = "zero"
-- source = "tickets"
-- reads  = ["account_weeks", "source_weeks", "ticket_open_weeks"]
-- needs  = ["tickets.closed_at"]
-- says   = "cases open {value}, was {before}"
--
-- Cases open on the week end.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    cases open
-- denominator  1

select
    a.account_id,
    '' as item,
    a.as_of,
    coalesce(t.open_cases, 0) as numerator,
    1 as denominator,
    cast(null as date) as evidence_on
from account_weeks as a
join source_weeks as k
    on k.source = 'tickets'
    and k.as_of = a.as_of
left join ticket_open_weeks as t
    on t.account_id = a.account_id
    and t.as_of = a.as_of
