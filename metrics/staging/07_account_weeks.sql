-- The spine: the accounts that are live on a week end. Scores exist for these rows and no others.
--
-- An account is live from the day it joined until closed_on,
--   * while a subscription line of its own runs;
--   * before its first line, or without any: while its last invoice is younger than inactive_after_weeks;
--   * at a company of which neither a line nor an invoice is known yet: from joining on.
-- So where some accounts subscribe, one that has neither a line nor an invoice is a prospect and not scored.
-- Every week is decided from rows known by then. An account that comes back is the same account.
--
-- grain     one row per account_id and live as_of
-- arr       sum of the running lines, 0 without one; null while the company has no line at all
-- seats     sum of the running lines that count seats
-- age_days  days since joining

with paid as (
    select account_id, as_of, sum(arr) as arr, sum(seats) as seats
    from account_product_weeks
    group by account_id, as_of
),
first_lines as (
    select account_id, min(starts_on) as starts_on from subscriptions group by account_id
),
company as (
    select
        (select min(starts_on) from subscriptions) as first_line_on,
        (select min(invoiced_on) from invoices) as first_invoice_on
),
invoice_days as (
    select distinct account_id, invoiced_on from invoices
),
invoice_spans as (
    select
        i.account_id,
        i.invoiced_on,
        i.invoiced_on + cast(7 * s.inactive_after_weeks as int) as lapses_on,
        lead(i.invoiced_on) over (partition by i.account_id order by i.invoiced_on) as next_on
    from invoice_days as i
    cross join settings as s
),
invoiced as (
    select i.account_id, w.as_of
    from weeks as w
    join invoice_spans as i
        on i.invoiced_on <= w.as_of
        and least(i.lapses_on, coalesce(i.next_on, i.lapses_on)) > w.as_of
    where w.is_shown
),
present as (
    select f.account_id, w.as_of, w.week_no, date_diff('day', f.joined_on, w.as_of) as age_days
    from weeks as w
    join account_first_seen as f
        on f.joined_on <= w.as_of
        and coalesce(f.closed_on, date '9999-12-31') > w.as_of
    where w.is_shown
)

select
    p.account_id,
    p.as_of,
    p.week_no,
    case when c.first_line_on <= p.as_of then coalesce(m.arr, 0) end as arr,
    m.seats,
    p.age_days
from present as p
cross join company as c
left join paid as m
    on m.account_id = p.account_id
    and m.as_of = p.as_of
left join first_lines as l
    on l.account_id = p.account_id
left join invoiced as i
    on i.account_id = p.account_id
    and i.as_of = p.as_of
where m.account_id is not null
    or (coalesce(l.starts_on, date '9999-12-31') > p.as_of and i.account_id is not null)
    or (
        coalesce(c.first_line_on, date '9999-12-31') > p.as_of
        and coalesce(c.first_invoice_on, date '9999-12-31') > p.as_of
    )
