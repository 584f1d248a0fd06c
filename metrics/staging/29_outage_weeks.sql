-- Minutes in which something an account owns was down. Its own outages, those of a product it owns when they begin, and
-- those of everything are laid over each other, so that overlapping ones count once. An outage that lasts counts up to
-- the week end. Owned means what it means in owned_products.
--
-- grain  one row per account_id and week_of

with first_line as (
    select min(starts_on) as starts_on from subscriptions where product_id is not null
),
outage_spans as (
    select
        account_id,
        product_id,
        cast(started_at as date) as started_on,
        date_trunc('minute', started_at) as started_at,
        coalesce(date_trunc('minute', ended_at), timestamp '9999-12-31 00:00:00') as ended_at
    from outages
),
hits as (
    select account_id, started_at, ended_at
    from outage_spans
    where account_id is not null
    union all
    select a.account_id, o.started_at, o.ended_at
    from outage_spans as o
    join account_first_seen as a
        on a.joined_on <= o.started_on
        and coalesce(a.closed_on, date '9999-12-31') > o.started_on
    where o.account_id is null and o.product_id is null
    union all
    select distinct s.account_id, o.started_at, o.ended_at
    from outage_spans as o
    join subscriptions as s
        on s.product_id = o.product_id
        and s.starts_on <= o.started_on
        and coalesce(s.ends_on, date '9999-12-31') > o.started_on
    where o.account_id is null and o.product_id is not null
    union all
    select distinct i.account_id, o.started_at, o.ended_at
    from outage_spans as o
    join first_line as f
        on o.started_on < coalesce(f.starts_on, date '9999-12-31')
    join invoices as i
        on i.product_id = o.product_id
        and i.invoiced_on <= o.started_on
        and i.invoiced_on > o.started_on - cast(364 as int)
    where o.account_id is null and o.product_id is not null
),
sliced as (
    select
        h.account_id,
        w.as_of as week_of,
        greatest(h.started_at, cast(w.as_of - cast(6 as int) as timestamp)) as from_at,
        least(h.ended_at, cast(w.as_of + cast(1 as int) as timestamp)) as to_at
    from weeks as w
    join hits as h
        on h.started_at < cast(w.as_of + cast(1 as int) as timestamp)
        and h.ended_at > cast(w.as_of - cast(6 as int) as timestamp)
),
laid as (
    select
        account_id,
        week_of,
        to_at,
        greatest(from_at, coalesce(max(to_at) over (
            partition by account_id, week_of order by from_at, to_at rows between unbounded preceding and 1 preceding
        ), from_at)) as from_at
    from sliced
)

select account_id, week_of, sum(date_diff('minute', from_at, to_at)) as minutes_down
from laid
where to_at > from_at
group by account_id, week_of
