-- Features a live account could use: those of the products it owns, and those that belong to no product.
--
-- grain     one row per account_id, as_of and bank of features
-- features  bits of the features; advanced the bits of the advanced among them

with per_product as (
    select product_id, bank, bit_or(bit) as features, bit_or(advanced_bit) as advanced
    from feature_bits
    where product_id is not null
    group by product_id, bank
),
common as (
    select bank, bit_or(bit) as features, bit_or(advanced_bit) as advanced
    from feature_bits
    where product_id is null
    group by bank
),
usable as (
    select o.account_id, o.as_of, p.bank, p.features, p.advanced
    from owned_products as o
    join per_product as p
        on p.product_id = o.product_id
    union all
    select a.account_id, a.as_of, c.bank, c.features, c.advanced
    from account_weeks as a
    cross join common as c
)

select account_id, as_of, bank, bit_or(features) as features, bit_or(advanced) as advanced
from usable
group by account_id, as_of, bank
