-- What is left of the accounts that first paid in one quarter, by months since: the cohorts of the last three years.
-- An account counts in a month only once it is that old, so n falls in the months that not all have reached.
-- Where there are subscriptions, a month is the day that many months after the first (day 31 is the last of a shorter
-- month), and an account is kept while it has ARR on that day. Where there are only invoices, a month is the days up to
-- the next such day, over by now, and an account is kept when it was invoiced in it.
--
-- grain       one row per cohort, months, segment, region and csm
-- cohort      fiscal quarter of the first payment; cohort_on is its first day
-- n           accounts that are that old
-- logos_kept  of them, those that pay
-- arr_kept    their ARR on that day (revenue of that month without subscriptions)
-- arr_then    what the n accounts paid on their first day (in their first month)

with firsts as (
    select f.account_id, f.first_on, q.cohort, q.cohort_on,
        year(f.first_on) * 12 + month(f.first_on) - 1 as month_no
    from first_paid as f
    join cohort_quarters as q
        on f.first_on >= q.cohort_on
        and f.first_on < q.ends_on
),
months as (
    select f.account_id, f.first_on, f.cohort, f.cohort_on, n.n as months,
        make_date(
            cast(floor((f.month_no + n.n) / 12) as int), cast((f.month_no + n.n) % 12 as int) + 1, 1
        ) as month_on
    from firsts as f
    join numbers as n on n.n <= 37
),
days as (
    select account_id, cohort, cohort_on, months,
        case
            when months = 0 then first_on
            else make_date(
                year(month_on), month(month_on), cast(least(day(first_on), day(last_day(month_on))) as int)
            )
        end as day_on
    from months
),
spans as (
    select account_id, cohort, cohort_on, months, day_on,
        lead(day_on) over (partition by account_id order by months) as next_on
    from days
),
paid as (
    select d.account_id, d.cohort, d.cohort_on, d.months, s.arr
    from spans as d
    cross join value_sources as v
    left join paid_spans as s
        on s.account_id = d.account_id
        and s.starts_on <= d.day_on
        and s.ends_on > d.day_on
    where v.is_contractual and d.months <= 36 and d.day_on <= $as_of
    union all
    select d.account_id, d.cohort, d.cohort_on, d.months, sum(i.net_revenue) as arr
    from spans as d
    cross join value_sources as v
    left join invoices as i
        on i.account_id = d.account_id
        and i.invoiced_on >= d.day_on
        and i.invoiced_on < d.next_on
    where not v.is_contractual and d.months <= 36 and d.next_on <= $as_of + cast(1 as int)
    group by d.account_id, d.cohort, d.cohort_on, d.months
),
firsts_paid as (
    select account_id, arr from paid where months = 0
)

select
    p.cohort,
    p.cohort_on,
    p.months,
    coalesce(a.segment, '') as segment,
    coalesce(a.region, '') as region,
    coalesce(a.csm, '') as csm,
    count(*) as n,
    sum(case when p.arr > 0 then 1 else 0 end) as logos_kept,
    sum(coalesce(p.arr, 0)) as arr_kept,
    sum(coalesce(f.arr, 0)) as arr_then
from paid as p
join firsts_paid as f on f.account_id = p.account_id
join accounts as a on a.account_id = p.account_id
group by p.cohort, p.cohort_on, p.months, coalesce(a.segment, ''), coalesce(a.region, ''), coalesce(a.csm, '')
order by p.cohort_on, p.months
