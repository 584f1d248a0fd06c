-- label  = "Open expansion opportunities"
-- unit   = "deals"
-- owner  = "Sales"
-- rollup = "mean"
-- absent = "zero"
-- source = "opportunities"
-- reads  = ["account_weeks", "source_weeks", "weeks", "opportunities"]
-- needs  = ["opportunities.kind", "opportunities.opened_on", "opportunities.closed_on"]
-- says   = "expansion deals open {value}, was {before}"
--
-- Expansion deals open on the week end, whatever became of them.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    deals open
-- denominator  1

with open_deals as (
    select o.account_id, w.as_of, count(*) as deals
    from weeks as w
    join opportunities as o
        on o.opened_on <= w.as_of
        and (o.closed_on is null or o.closed_on > w.as_of)
    where w.is_shown and o.kind = 'expansion'
    group by o.account_id, w.as_of
)

select
    a.account_id,
    '' as item,
    a.as_of,
    coalesce(t.deals, 0) as numerator,
    1 as denominator,
    cast(null as date) as evidence_on
from account_weeks as a
join source_weeks as k
    on k.source = 'opportunities'
    and k.as_of = a.as_of
left join open_deals as t
    on t.account_id = a.account_id
    and t.as_of = a.as_of
