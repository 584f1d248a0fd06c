-- Everything the big join looks up, on short keys. Most entries treat all classes alike: they stand once, with class 0,
-- and need no look at the account. `zero_points` is what a listed item without a row scores.

with ruled as (
    select
        r.view, e.entry_no, g.grp_no, e.measure, r.item, e.valid_days, e.has_items and e.item = '' as is_mean,
        e.lists_products, r.class_id, r.red, r.green, r.is_na, w.weight, w.grp_share,
        min(concat_ws(' ', r.red, r.green, r.is_na, w.weight)) over (partition by r.view, e.entry_no)
            = max(concat_ws(' ', r.red, r.green, r.is_na, w.weight)) over (partition by r.view, e.entry_no) as is_plain
    from entry_rules as r
    join entries as e on e.view = r.view and e.entry = r.entry
    join groups as g on g.view = r.view and g.grp = r.grp
    join entry_weights as w on w.view = r.view and w.entry = r.entry and w.class_id = r.class_id
    where not e.has_items or r.item <> ''
)
select distinct
    view, entry_no, grp_no, measure, item, valid_days, is_mean, lists_products,
    case when is_plain and not is_mean then 0 else class_id end as class_id,
    red, green, is_na, weight, grp_share,
    least(greatest((0 - red) / (green - red), 0), 1) * 100 as zero_points
from ruled
