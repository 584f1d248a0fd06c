-- Weeks a source delivered for. Only in them does a missing row mean zero; before them it means no data, after them
-- the source is stale.
--
-- What an account owns is read from subscriptions and, until a line with a product is known, from invoices: it is
-- delivered for (source 'ownership') when the one of the two that is read is.
--
-- grain  one row per source and as_of

with delivered as (
    select s.source, w.as_of
    from source_days as s
    join weeks as w
        on w.as_of >= s.first_on
        and w.as_of <= s.last_on + cast(6 as int)
    where w.is_shown
),
first_line as (
    select min(starts_on) as starts_on from subscriptions where product_id is not null
)

select source, as_of from delivered
union all
select 'ownership' as source, d.as_of
from delivered as d
cross join first_line as f
where (d.source = 'subscriptions' and d.as_of >= f.starts_on)
    or (d.source = 'invoices' and (f.starts_on is null or d.as_of < f.starts_on))
