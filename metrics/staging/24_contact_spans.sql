-- The last two-way contact with anyone at an account, in force until the next one.
--
-- grain  one row per account_id and happened_on

with met as (
    select account_id, happened_on from touch_days where is_two_way group by account_id, happened_on
)

select
    account_id,
    happened_on,
    coalesce(lead(happened_on) over (partition by account_id order by happened_on), date '9999-12-31') as until_on
from met
