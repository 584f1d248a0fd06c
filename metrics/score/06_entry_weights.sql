-- Share of an entry in its view, and of its group, per class; what is not connected has no share, so shares of a view
-- add up to one.

with weighed as (
    select
        r.view, r.grp, g.weight as grp_weight, r.entry, r.class_id,
        r.weight / sum(r.weight) over (partition by r.view, r.grp, r.class_id) as in_group,
        row_number() over (partition by r.view, r.grp, r.class_id order by r.entry) as nth
    from entry_rules as r
    join groups as g on g.view = r.view and g.grp = r.grp
    where r.item = ''
),
totals as (
    select view, class_id, sum(grp_weight) as grp_weight from weighed where nth = 1 group by view, class_id
)
select
    w.view, w.grp, w.entry, w.class_id,
    w.grp_weight / t.grp_weight as grp_share,
    w.in_group * w.grp_weight / t.grp_weight as weight
from weighed as w
join totals as t on t.view = w.view and t.class_id = w.class_id
