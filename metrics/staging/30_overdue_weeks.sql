-- Money overdue on the week end, whatever was paid later, and money invoiced in 52 weeks. A credit note lowers what was
-- invoiced; it is never overdue.
--
-- grain  one row per account_id and as_of with either

with per_week as (
    select i.account_id, d.week_no, sum(i.net_revenue) as invoiced
    from invoices as i
    join days as d
        on d.day_on = i.invoiced_on
    group by i.account_id, d.week_no
),
changes as (
    select account_id, week_no, invoiced from per_week
    union all
    select account_id, week_no + 52 as week_no, -invoiced as invoiced from per_week
),
netted as (
    select account_id, week_no, sum(invoiced) as invoiced from changes group by account_id, week_no
),
levels as (
    select
        account_id,
        week_no as from_week,
        lead(week_no) over (partition by account_id order by week_no) as until_week,
        sum(invoiced) over (partition by account_id order by week_no) as invoiced
    from netted
),
late as (
    select
        account_id,
        net_revenue,
        greatest(invoiced_on, due_on + cast(1 as int)) as late_on,
        coalesce(paid_on, date '9999-12-31') as paid_on
    from invoices
    where net_revenue > 0 and due_on is not null
),
amounts as (
    select l.account_id, w.as_of, l.invoiced, 0 as overdue
    from weeks as w
    join levels as l
        on l.from_week <= w.week_no
        and l.until_week > w.week_no
    where w.is_shown
    union all
    select l.account_id, w.as_of, 0 as invoiced, sum(l.net_revenue) as overdue
    from weeks as w
    join late as l
        on l.late_on <= w.as_of
        and l.paid_on > w.as_of
    where w.is_shown
    group by l.account_id, w.as_of
)

select account_id, as_of, sum(invoiced) as invoiced, sum(overdue) as overdue
from amounts
group by account_id, as_of
