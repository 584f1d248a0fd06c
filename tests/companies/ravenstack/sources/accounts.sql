-- churn_flag is left out: it marks 110 accounts, 352 have churn events, and most of either still pay for something.
-- An account is gone when its last subscription line has ended.
-- plan_tier is the plan it began with; what it has now is in its subscriptions.

select
    account_id,
    account_name as name,
    industry,
    plan_tier as segment,
    country,
    referral_source as channel,
    cast(signup_date as date) as joined_on
from read_csv('raw/ravenstack/ravenstack_accounts.csv', all_varchar = true)
