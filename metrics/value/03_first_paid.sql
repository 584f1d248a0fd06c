-- The day on which each account first paid: the first day with ARR above zero; at a company without any subscription
-- the first day with an invoice above zero.
--
-- grain            one row per account_id that has paid by $as_of
-- arr              ARR on that day; null without subscriptions
-- is_older         without subscriptions: it joined before the invoices begin, so it may have paid before them

with firsts as (
    select account_id, starts_on as first_on, arr,
        row_number() over (partition by account_id order by starts_on) as nth
    from paid_spans
),
billed as (
    select account_id, invoiced_on
    from invoices
    where invoiced_on <= $as_of and (select not is_contractual from value_sources)
    group by account_id, invoiced_on
    having sum(net_revenue) > 0
),
first_bills as (
    select account_id, min(invoiced_on) as first_on
    from billed
    group by account_id
)

select account_id, first_on, arr, false as is_older
from firsts
where nth = 1
union all
select b.account_id, b.first_on, cast(null as decimal(18, 4)) as arr, coalesce(a.joined_on < s.invoices_first_on, false)
from first_bills as b
join accounts as a on a.account_id = b.account_id
cross join value_sources as s
