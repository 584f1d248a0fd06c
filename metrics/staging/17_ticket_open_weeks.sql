-- Cases open on the week end, whatever happened to them later.
--
-- grain                one row per account_id and as_of with an open case
-- unanswered_critical  enhancement requests of high or urgent priority without a first answer

with spans as (
    select
        account_id, kind, priority, opened_on,
        coalesce(closed_on, date '9999-12-31') as closed_on,
        coalesce(answered_on, date '9999-12-31') as answered_on
    from ticket_days
)

select
    t.account_id,
    w.as_of,
    count(*) as open_cases,
    sum(date_diff('day', t.opened_on, w.as_of)) as open_days,
    sum(case when t.kind = 'defect' then 1 else 0 end) as open_defects,
    sum(case when t.kind = 'enhancement' and t.priority in ('high', 'urgent') and t.answered_on > w.as_of
        then 1 else 0 end) as unanswered_critical
from weeks as w
join spans as t
    on t.opened_on <= w.as_of
    and t.closed_on > w.as_of
where w.is_shown
group by t.account_id, w.as_of
