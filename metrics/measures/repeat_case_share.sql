-- label  = "Repeat cases"
-- unit   = "ratio"
-- owner  = "Support"
-- rollup = "ratio"
-- absent = "no data"
-- source = "tickets"
-- reads  = ["account_weeks", "source_weeks", "ticket_13_weeks"]
-- needs  = ["tickets", "tickets.closed_at or tickets.is_repeat"]
-- na     = "no case in thirteen weeks"
-- says   = "{value} of cases repeat an earlier one, was {before}"
--
-- Cases opened in thirteen weeks that repeat an earlier one: by the source's word, else of the same account, product
-- and kind within 30 days of another one closing.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    repeats opened
-- denominator  cases opened; 0 (NA) without cases

select
    a.account_id,
    '' as item,
    a.as_of,
    coalesce(t.repeats, 0) as numerator,
    coalesce(t.opened, 0) as denominator,
    cast(null as date) as evidence_on
from account_weeks as a
join source_weeks as k
    on k.source = 'tickets'
    and k.as_of = a.as_of
left join ticket_13_weeks as t
    on t.account_id = a.account_id
    and t.as_of = a.as_of
