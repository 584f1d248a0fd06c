-- label  = "Late payment"
-- unit   = "ratio"
-- owner  = "Finance"
-- rollup = "ratio"
-- absent = "na"
-- source = "invoices"
-- reads  = ["account_weeks", "source_weeks", "overdue_weeks"]
-- needs  = ["invoices.due_on", "invoices.paid_on"]
-- na     = "nothing invoiced in 52 weeks"
-- says   = "{value} of a year's invoices overdue, was {before}"
--
-- Money overdue on the week end, over what was invoiced in 52 weeks.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    money overdue
-- denominator  net revenue invoiced; 0 (NA) where it is not above zero

select
    a.account_id,
    '' as item,
    a.as_of,
    coalesce(t.overdue, 0) as numerator,
    greatest(coalesce(t.invoiced, 0), 0) as denominator,
    cast(null as date) as evidence_on
from account_weeks as a
join source_weeks as k
    on k.source = 'invoices'
    and k.as_of = a.as_of
left join overdue_weeks as t
    on t.account_id = a.account_id
    and t.as_of = a.as_of
