-- label  = "Age of open cases"
-- unit   = "days"
-- owner  = "Support"
-- rollup = "ratio"
-- absent = "no data"
-- source = "tickets"
-- reads  = ["account_weeks", "source_weeks", "ticket_open_weeks"]
-- needs  = ["tickets.closed_at"]
-- na     = "no open case"
-- says   = "open cases {value} days old, was {before}"
--
-- Mean age of the cases open on the week end, in calendar days.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    days since opening, added up
-- denominator  cases open; 0 (NA) without one

select
    a.account_id,
    '' as item,
    a.as_of,
    coalesce(t.open_days, 0) as numerator,
    coalesce(t.open_cases, 0) as denominator,
    cast(null as date) as evidence_on
from account_weeks as a
join source_weeks as k
    on k.source = 'tickets'
    and k.as_of = a.as_of
left join ticket_open_weeks as t
    on t.account_id = a.account_id
    and t.as_of = a.as_of
