-- What each account pays a year, from the first day of an amount up to, not including, the first day of the next.
-- Only rows known on $as_of: a line that begins later is not there yet. Lines that never run are left out.
--
-- grain  one row per account_id and span with ARR above zero
-- arr    sum of the running lines

with lines as (
    select account_id, starts_on, ends_on, arr
    from subscriptions
    where starts_on <= $as_of and arr <> 0 and (ends_on is null or ends_on > starts_on)
),
steps as (
    select account_id, starts_on as day_on, arr as amount
    from lines
    union all
    select account_id, ends_on as day_on, -arr as amount
    from lines
    where ends_on is not null
),
changes as (
    select account_id, day_on, sum(amount) as amount
    from steps
    group by account_id, day_on
),
running as (
    select
        account_id,
        day_on as starts_on,
        lead(day_on) over (partition by account_id order by day_on) as ends_on,
        sum(amount) over (
            partition by account_id order by day_on rows between unbounded preceding and current row
        ) as arr
    from changes
)

select account_id, starts_on, coalesce(ends_on, date '9999-12-31') as ends_on, cast(arr as decimal(18, 4)) as arr
from running
where arr > 0
order by account_id, starts_on
