-- label  = "Utilisation"
-- unit   = "ratio"
-- owner  = "Customer Success"
-- rollup = "ratio"
-- absent = "zero"
-- source = "usage"
-- reads  = ["account_weeks", "source_weeks", "usage_4_weeks"]
-- needs  = ["usage.user_id", "subscriptions.seats"]
-- na     = "has no seats"
-- says   = "{value} of seats in use, was {before}"
--
-- People active in four weeks, of the seats paid for. Where the account's lines count no seats, or it was used only by
-- people nobody named, there is no data.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    people active
-- denominator  seats on as_of

select
    a.account_id,
    '' as item,
    a.as_of,
    coalesce(t.active_users, 0) as numerator,
    greatest(a.seats, 0) as denominator,
    cast(null as date) as evidence_on
from account_weeks as a
join source_weeks as k
    on k.source = 'usage'
    and k.as_of = a.as_of
left join usage_4_weeks as t
    on t.account_id = a.account_id
    and t.as_of = a.as_of
where a.seats is not null
    and (coalesce(t.active_users, 0) > 0 or coalesce(t.unnamed, 0) = 0)
