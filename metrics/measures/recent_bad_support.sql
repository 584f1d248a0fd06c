-- label  = "Recent bad support"
-- unit   = "cases"
-- owner  = "Support"
-- rollup = "mean"
-- absent = "zero"
-- source = "tickets"
-- reads  = ["account_weeks", "source_weeks", "ticket_13_weeks"]
-- needs  = ["tickets", "tickets.closed_at or tickets.is_repeat"]
-- says   = "bad or repeated cases {value}, was {before}"
--
-- Cases of thirteen weeks that the client rated 1 or 2, or that repeat an earlier one. A repeat counts from the day it
-- opened, a rating from the day its case closed; a case that is both counts once.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    bad cases
-- denominator  1

select
    a.account_id,
    '' as item,
    a.as_of,
    coalesce(t.bad_cases, 0) as numerator,
    1 as denominator,
    cast(null as date) as evidence_on
from account_weeks as a
join source_weeks as k
    on k.source = 'tickets'
    and k.as_of = a.as_of
left join ticket_13_weeks as t
    on t.account_id = a.account_id
    and t.as_of = a.as_of
