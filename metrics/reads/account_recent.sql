-- Every measure of every account in recent weeks, as the account screen shows it. Sorted while the rows are narrow, named
-- afterwards.

select
    r.account_id, e.view, e.grp, e.entry, e.measure, r.item, r.as_of,
    r.numerator, r.denominator, r.numerator / nullif(r.denominator, 0) as value, r.points, r.status, r.evidence_on
from (select * from recent order by account_id, as_of) as r
join entries as e on e.entry_no = r.entry_no
