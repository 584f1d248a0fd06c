-- 21 usage ids stand on two rows each that have nothing else in common: the second is set apart as a duplicate.
-- Three rows in four lie before the start of the subscription they name. They are kept: the account did use the
-- feature; how many they are is counted by `check`. No file says who the user was.

select
    u.usage_id,
    u.subscription_id,
    s.account_id,
    cast(u.usage_date as date) as used_on,
    s.plan_tier as product_id,
    u.feature_name as feature,
    u.usage_count as uses
from read_csv('raw/ravenstack/ravenstack_feature_usage.csv', all_varchar = true) as u
left join read_csv('raw/ravenstack/ravenstack_subscriptions.csv', all_varchar = true) as s
    on s.subscription_id = u.subscription_id
