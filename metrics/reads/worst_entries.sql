-- The measure that holds an account back most in each view and week: fewest points below 100, ties by its order.

with least_points as (
    select
        e.view, r.account_id, r.as_of,
        min(cast(floor(r.points * 1000) as bigint) * 1000 + r.entry_no) % 1000 as entry_no
    from recent as r
    join entries as e on e.entry_no = r.entry_no
    where r.item = '' and r.points < 100
    group by e.view, r.account_id, r.as_of
)
select l.view, l.account_id, l.as_of, e.entry as worst
from least_points as l
join entries as e on e.entry_no = l.entry_no
