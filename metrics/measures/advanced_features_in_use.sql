-- label  = "Advanced features in use"
-- unit   = "ratio"
-- owner  = "Customer Success"
-- rollup = "ratio"
-- absent = "zero"
-- source = "usage"
-- reads  = ["account_weeks", "source_weeks", "feature_use"]
-- needs  = ["usage.feature", "features.is_advanced", "subscriptions.product_id or invoices.product_id"]
-- na     = "owns no product with an advanced feature"
-- says   = "{value} of its advanced features in use, was {before}"
--
-- Advanced features that anyone used in four weeks, of the advanced features of the products the account owns. Features
-- that belong to no product are everybody's.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    advanced features used, of those owned
-- denominator  advanced features owned; 0 (NA) where it owns none

select
    a.account_id,
    '' as item,
    a.as_of,
    coalesce(t.used_advanced, 0) as numerator,
    coalesce(t.owned_advanced, 0) as denominator,
    cast(null as date) as evidence_on
from account_weeks as a
join source_weeks as k
    on k.source = 'usage'
    and k.as_of = a.as_of
left join feature_use as t
    on t.account_id = a.account_id
    and t.as_of = a.as_of
