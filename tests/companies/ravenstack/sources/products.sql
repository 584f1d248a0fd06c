-- The plans are the products; no file lists them.

select distinct
    plan_tier as product_id,
    plan_tier as name
from read_csv('raw/ravenstack/ravenstack_subscriptions.csv', all_varchar = true)
