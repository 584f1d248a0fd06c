-- The measure that holds an account back most in each view and week: fewest points below 100, ties by its order.

with ranked as (
    select
        r.account_id, r.view, r.as_of,
        min(cast(floor(r.points * 1000) as bigint) * 1000 + e.entry_no) as code
    from recent as r
    join entries as e on e.view = r.view and e.entry = r.entry
    where r.item = '' and r.points < 100
    group by r.account_id, r.view, r.as_of
)
select k.account_id, k.view, k.as_of, e.entry as worst
from ranked as k
join entries as e on e.view = k.view and e.entry_no = k.code % 1000
