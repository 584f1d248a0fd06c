-- When the term of every running line ends next, after $as_of. The rows add up to the ARR of the day.
-- A term begins anew every term_months from the line's first day (day 31 is the last of a shorter month). A line with a
-- last day ahead and no term ends on that day; one with neither is evergreen.
--
-- grain      one row per running subscription line
-- renews_on  next end of its term; null for an evergreen line
-- quarter    fiscal quarter of renews_on, from the running one to the fourth after it; null for later ends and evergreen
-- state      cancelled (notice was given by $as_of), renews by itself, open, or evergreen

with running as (
    select
        subscription_id, account_id, product_id, starts_on, ends_on, arr, auto_renew,
        case when term_months > 0 then term_months end as term_months,
        coalesce(cancelled_on <= $as_of, false) as is_cancelled,
        year(starts_on) * 12 + month(starts_on) - 1 as first_month,
        year(cast($as_of as date)) * 12 + month(cast($as_of as date)) - 1 as this_month
    from subscriptions
    where starts_on <= $as_of and (ends_on is null or ends_on > $as_of)
),
terms as (
    select *,
        first_month + term_months * greatest(cast(floor((this_month - first_month) / term_months) as int), 1) as nearer,
        first_month + term_months * (cast(floor((this_month - first_month) / term_months) as int) + 1) as farther
    from running
),
months as (
    select *,
        make_date(cast(floor(nearer / 12) as int), cast(nearer % 12 as int) + 1, 1) as nearer_month,
        make_date(cast(floor(farther / 12) as int), cast(farther % 12 as int) + 1, 1) as farther_month
    from terms
),
ends as (
    select *,
        make_date(
            year(nearer_month), month(nearer_month), cast(least(day(starts_on), day(last_day(nearer_month))) as int)
        ) as nearer_on,
        make_date(
            year(farther_month), month(farther_month), cast(least(day(starts_on), day(last_day(farther_month))) as int)
        ) as farther_on
    from months
),
next_ends as (
    select *, case when nearer_on > $as_of then nearer_on else farther_on end as term_ends_on
    from ends
),
dated as (
    select *,
        case when coalesce(ends_on, term_ends_on) < coalesce(term_ends_on, ends_on) then ends_on
            else coalesce(term_ends_on, ends_on) end as renews_on
    from next_ends
)

select
    d.subscription_id,
    d.account_id,
    d.product_id,
    d.renews_on,
    q.cohort as quarter,
    q.cohort_on as quarter_on,
    d.arr,
    case
        when d.is_cancelled then 'cancelled'
        when d.renews_on is null then 'evergreen'
        when d.auto_renew then 'renews by itself'
        else 'open'
    end as state
from dated as d
left join renewal_quarters as q
    on d.renews_on >= q.cohort_on
    and d.renews_on < q.ends_on
where d.arr <> 0
order by d.account_id, d.renews_on, d.subscription_id
