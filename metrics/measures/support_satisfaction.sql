-- label  = "Support experience"
-- unit   = "ratio"
-- owner  = "Support"
-- rollup = "ratio"
-- absent = "no data"
-- source = "tickets"
-- reads  = ["account_weeks", "source_weeks", "ticket_13_weeks"]
-- needs  = ["tickets.csat", "tickets.closed_at"]
-- says   = "{value} of rated cases rated 4 or 5, was {before}"
--
-- Cases closed in thirteen weeks that the client rated 4 or 5, of those it rated. Without a rating there is no data.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    cases rated 4 or 5
-- denominator  cases rated

select
    a.account_id,
    '' as item,
    a.as_of,
    t.satisfied as numerator,
    t.rated as denominator,
    cast(null as date) as evidence_on
from account_weeks as a
join source_weeks as k
    on k.source = 'tickets'
    and k.as_of = a.as_of
left join ticket_13_weeks as t
    on t.account_id = a.account_id
    and t.as_of = a.as_of
where t.rated > 0
