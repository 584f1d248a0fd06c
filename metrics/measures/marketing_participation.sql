-- label  = "Marketing participation"
-- unit   = "events"
-- owner  = "Marketing"
-- rollup = "mean"
-- absent = "zero"
-- source = "touchpoints"
-- reads  = ["account_weeks", "kind_weeks", "touch_52_weeks"]
-- needs  = ["touchpoints.kind=event or touchpoints.kind=webinar"]
-- says   = "events attended {value} in 26 weeks, was {before}"
--
-- Events and webinars attended in 26 weeks. Before the company's first event or webinar there is no data.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    events and webinars attended
-- denominator  1

with recorded as (
    select distinct as_of from kind_weeks where kind in ('event', 'webinar')
)

select
    a.account_id,
    '' as item,
    a.as_of,
    coalesce(t.marketing_events, 0) as numerator,
    1 as denominator,
    cast(null as date) as evidence_on
from account_weeks as a
join recorded as k
    on k.as_of = a.as_of
left join touch_52_weeks as t
    on t.account_id = a.account_id
    and t.as_of = a.as_of
