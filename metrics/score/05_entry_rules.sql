-- Thresholds and weight of every connected entry, item and class: the first rule that matches wins, the default is
-- last. A group whose measures all weigh nothing in a class is NA there.

with matched as (
    select
        e.view, e.grp, e.entry, i.item, c.class_id, r.red, r.green, r.is_na,
        coalesce(r.weight, e.weight) as weight,
        row_number() over (partition by e.view, e.entry, i.item, c.class_id order by r.rule_no) as nth
    from entries as e
    join entry_items as i on i.view = e.view and i.entry = e.entry
    join rules as r on r.view = e.view and r.entry = e.entry
    join classes as c
        on (r.segment is null or r.segment = c.segment)
        and (r.industry is null or r.industry = c.industry)
        and r.age_from <= c.age_from
        and r.age_to >= c.age_to
    where e.is_connected and (r.item is null or r.item = i.item)
),
first_ones as (
    select
        *,
        coalesce(max(case when item = '' then weight end) over (partition by view, grp, class_id), 0) = 0
            as is_weightless
    from matched
    where nth = 1
)
select
    view, grp, entry, item, class_id, red, green, is_na or is_weightless as is_na,
    case when is_weightless then 1 else weight end as weight
from first_ones
