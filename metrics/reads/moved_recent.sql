-- Which measures moved an account that changed band in a recent week, and what each said in that week and in the one
-- before: the rows of `recent` the words of a change are made of, those of one week together. A measure whose points
-- stayed the same, or that was missing both times, moved nothing and has no row.
--
-- grain  one row per account, week of the change, view that changed, and measure of it whose points did
-- value_before, points_before  of the week before; null, like value and points, where the measure had none

with both_weeks as (
    select view, account_id, as_of as moved_as_of, as_of from moved
    union all
    select view, account_id, as_of as moved_as_of, as_of - cast(7 as int) as as_of from moved
),
beside as (
    select
        m.moved_as_of as as_of, r.account_id, r.entry_no,
        max(case when r.as_of = m.moved_as_of then r.numerator / nullif(r.denominator, 0) end) as value,
        max(case when r.as_of = m.moved_as_of then r.points end) as points,
        max(case when r.as_of = m.moved_as_of then r.status end) as status,
        max(case when r.as_of <> m.moved_as_of then r.numerator / nullif(r.denominator, 0) end) as value_before,
        max(case when r.as_of <> m.moved_as_of then r.points end) as points_before
    from recent as r
    join entries as e on e.entry_no = r.entry_no
    join both_weeks as m on m.view = e.view and m.account_id = r.account_id and m.as_of = r.as_of
    where r.item = ''
    group by m.moved_as_of, r.account_id, r.entry_no
)
select b.as_of, b.account_id, e.view, e.entry, b.value, b.points, b.status, b.value_before, b.points_before
from beside as b
join entries as e on e.entry_no = b.entry_no
where b.points is distinct from b.points_before
order by b.as_of, b.account_id
