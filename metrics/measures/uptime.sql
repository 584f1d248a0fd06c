-- label  = "Uptime"
-- unit   = "ratio"
-- owner  = "VP Engineering"
-- rollup = "ratio"
-- absent = "zero"
-- source = "outages"
-- reads  = ["account_weeks", "source_weeks", "week_windows", "outage_weeks"]
-- needs  = ["outages.ended_at"]
-- says   = "up {value} of thirteen weeks, was {before}"
--
-- Share of the minutes of thirteen weeks in which nothing the account owns was down. Overlapping outages count once; an
-- outage without a product hit everything, one without an account everybody who owns the product.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    minutes up
-- denominator  131,040 minutes of thirteen weeks

with down as (
    select o.account_id, v.as_of, sum(o.minutes_down) as minutes_down
    from outage_weeks as o
    join week_windows as v
        on v.week_of = o.week_of
        and v.weeks_ago < 13
    group by o.account_id, v.as_of
)

select
    a.account_id,
    '' as item,
    a.as_of,
    131040 - coalesce(t.minutes_down, 0) as numerator,
    131040 as denominator,
    cast(null as date) as evidence_on
from account_weeks as a
join source_weeks as k
    on k.source = 'outages'
    and k.as_of = a.as_of
left join down as t
    on t.account_id = a.account_id
    and t.as_of = a.as_of
