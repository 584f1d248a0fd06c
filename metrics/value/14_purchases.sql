-- What each account of a company without subscriptions has bought: what repeat-purchase models read.
-- Invoices of one day are one purchase; a day that is not above zero is none.
--
-- grain         one row per account_id that has bought by $as_of
-- repeats       purchases after the first
-- recency_days  from the first purchase to the last
-- age_days      from the first purchase to $as_of
-- mean_repeat   mean revenue of a repeat purchase; null without one

with purchases as (
    select account_id, invoiced_on, sum(net_revenue) as revenue
    from invoices
    where invoiced_on <= $as_of and (select not is_contractual from value_sources)
    group by account_id, invoiced_on
    having sum(net_revenue) > 0
),
numbered as (
    select *, row_number() over (partition by account_id order by invoiced_on) as nth
    from purchases
)

select
    account_id,
    count(*) - 1 as repeats,
    date_diff('day', min(invoiced_on), max(invoiced_on)) as recency_days,
    date_diff('day', min(invoiced_on), cast($as_of as date)) as age_days,
    cast(sum(case when nth > 1 then revenue end) as double) / nullif(count(*) - 1, 0) as mean_repeat
from numbered
group by account_id
order by account_id
