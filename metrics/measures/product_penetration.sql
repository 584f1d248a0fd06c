-- label  = "Units owned"
-- unit   = "units"
-- owner  = "Sales"
-- rollup = "mean"
-- absent = "zero"
-- source = "ownership"
-- reads  = ["account_weeks", "source_weeks", "weeks", "products", "owned_products", "risks"]
-- needs  = [
--     "products.product_id", "subscriptions.product_id or invoices.product_id",
--     "subscriptions.seats or invoices.quantity",
-- ]
-- na     = "a risk is open on the product"
-- item   = "product_id"
-- items  = "products.product_id"
-- says   = "units owned {value}, was {before}"
--
-- Units of each product the account owns on the week end: seats of its running lines or, until the company knows a line
-- with a product, the quantity invoiced in 52 weeks. A product is not for sale while a risk on it is open.
--
-- grain        one row per account_id, item (product_id) and as_of with units or an open risk; else 0 units
-- as_of        date, last day of the week
-- numerator    units
-- denominator  1; 0 (NA) while a risk on the product is open

with at_risk as (
    select distinct r.account_id, r.product_id, w.as_of
    from weeks as w
    join risks as r
        on r.opened_on <= w.as_of
        and (r.resolved_on is null or r.resolved_on > w.as_of)
    where w.is_shown and r.product_id is not null
),
stated as (
    select account_id, product_id, as_of, units, 0 as risks from owned_products where units > 0
    union all
    select account_id, product_id, as_of, 0 as units, 1 as risks from at_risk
),
per_product as (
    select s.account_id, s.product_id, s.as_of, sum(s.units) as units, sum(s.risks) as risks
    from stated as s
    join products as p
        on p.product_id = s.product_id
    group by s.account_id, s.product_id, s.as_of
)

select
    a.account_id,
    p.product_id as item,
    a.as_of,
    p.units as numerator,
    case when p.risks > 0 then 0 else 1 end as denominator,
    cast(null as date) as evidence_on
from account_weeks as a
join source_weeks as k
    on k.source = 'ownership'
    and k.as_of = a.as_of
join per_product as p
    on p.account_id = a.account_id
    and p.as_of = a.as_of
