-- The items an entry is scored by: '' for the entry itself, the one it names, or every item its measure knows.

with seen as (
    select distinct v.measure, v.item from item_values as v where v.item <> ''
    union
    select distinct e.measure, p.product_id from entries as e cross join products as p where e.lists_products
)
select e.view, e.entry, '' as item from entries as e
union all
select e.view, e.entry, s.item
from entries as e
join seen as s on s.measure = e.measure
where e.has_items and (e.item = '' or e.item = s.item)
