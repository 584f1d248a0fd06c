-- label  = "Adoption breadth"
-- unit   = "ratio"
-- owner  = "Customer Success"
-- rollup = "ratio"
-- absent = "zero"
-- source = "usage"
-- reads  = ["account_weeks", "source_weeks", "feature_use"]
-- needs  = ["usage.feature", "features"]
-- na     = "owns no product with features"
-- says   = "{value} of its features in use, was {before}"
--
-- Features that anyone used in four weeks, of the features of the products the account owns. Features that belong to no
-- product are everybody's.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    features used, of those owned
-- denominator  features owned; 0 (NA) where it owns none

select
    a.account_id,
    '' as item,
    a.as_of,
    coalesce(t.used, 0) as numerator,
    coalesce(t.owned, 0) as denominator,
    cast(null as date) as evidence_on
from account_weeks as a
join source_weeks as k
    on k.source = 'usage'
    and k.as_of = a.as_of
left join feature_use as t
    on t.account_id = a.account_id
    and t.as_of = a.as_of
