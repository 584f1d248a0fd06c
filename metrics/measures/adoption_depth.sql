-- label  = "Adoption depth"
-- unit   = "ratio"
-- owner  = "Customer Success"
-- rollup = "ratio"
-- absent = "zero"
-- source = "usage"
-- reads  = ["account_weeks", "source_weeks", "usage_4_weeks"]
-- needs  = ["usage.user_id"]
-- says   = "{value} of active people use it ten days in four weeks, was {before}"
--
-- People who used the product on ten days or more in four weeks, of the people active in them. Nobody active counts as
-- none of one. Where it was used by people nobody named, and by nobody named, there is no data.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    people active on ten days or more
-- denominator  people active, one at least

select
    a.account_id,
    '' as item,
    a.as_of,
    coalesce(t.frequent_users, 0) as numerator,
    greatest(coalesce(t.active_users, 0), 1) as denominator,
    cast(null as date) as evidence_on
from account_weeks as a
join source_weeks as k
    on k.source = 'usage'
    and k.as_of = a.as_of
left join usage_4_weeks as t
    on t.account_id = a.account_id
    and t.as_of = a.as_of
where coalesce(t.active_users, 0) > 0 or coalesce(t.unnamed, 0) = 0
