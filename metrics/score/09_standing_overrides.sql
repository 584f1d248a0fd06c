-- Where a person's value stands in the place of the rule's: overrides of one account and view never overlap.

select o.view, o.account_id, w.as_of, o.override_id, o.points, o.status
from overrides as o
join weeks as w on w.as_of >= o.starts_on and w.as_of < o.ends_on
where w.is_shown and o.account_id is not null
