-- Usage before its subscription: before the start of the one a row names, else before the account's first one.
-- A product in trial and a mistaken export both look like this, so the rows are kept and counted.

with lines as (
    select subscription_id, min(starts_on) as starts_on
    from subscriptions
    group by subscription_id
),
first_lines as (
    select account_id, min(starts_on) as starts_on
    from subscriptions
    group by account_id
),
dated as (
    select u.uses, u.used_on < coalesce(l.starts_on, f.starts_on) as is_before
    from usage as u
    left join lines as l on l.subscription_id = u.subscription_id
    left join first_lines as f on f.account_id = u.account_id
)

select
    sum(uses) as "uses | uses | uses",
    sum(cast(is_before as int)) as "before_subscription | rows | before the start of their subscription",
    avg(cast(is_before as int)) as "before_subscription_share | ratio | before the start of their subscription"
from dated
