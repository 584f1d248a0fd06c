-- Every measure of every account in recent weeks, as the account screen shows it: `recent`, sorted by account within each
-- view, with the names of its entries. Names beside sixty million rows would cost more than the rows.

select
    r.account_id, e.view, e.grp, e.entry, e.measure, r.item, r.as_of,
    r.numerator, r.denominator, r.numerator / nullif(r.denominator, 0) as value, r.points, r.status, r.evidence_on
from recent as r
join entries as e on e.entry_no = r.entry_no
