-- About ten lines per account that overlap. Both MRR and ARR are given, ARR being twelve times MRR; trials have 0.
-- 13 lines end on the day they start: they are kept and never run.
-- Churn is the end of a line. Churn events name an account, not a line, and fall on the day a line ends in a handful of
-- cases only: the reason of a line's end is that of the account's last churn event up to that day, if there was one.

with lines as (
    select *, cast(start_date as date) as starts_on, cast(end_date as date) as ends_on
    from read_csv('raw/ravenstack/ravenstack_subscriptions.csv', all_varchar = true)
),
reasons as (
    select
        l.subscription_id,
        e.reason_code,
        row_number() over (
            partition by l.subscription_id order by cast(e.churn_date as date) desc, e.churn_event_id
        ) as nth
    from lines as l
    join read_csv('raw/ravenstack/ravenstack_churn_events.csv', all_varchar = true) as e
        on e.account_id = l.account_id
        and cast(e.churn_date as date) <= l.ends_on
)

select
    l.subscription_id,
    l.account_id,
    l.plan_tier as product_id,
    l.starts_on,
    l.ends_on,
    cast(l.arr_amount as decimal(18, 4)) as arr,
    l.seats,
    case l.billing_frequency when 'annual' then 12 when 'monthly' then 1 end as term_months,
    l.auto_renew_flag as auto_renew,
    r.reason_code as end_reason
from lines as l
left join reasons as r on r.subscription_id = l.subscription_id and r.nth = 1
