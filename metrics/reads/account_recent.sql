-- One view: every measure of every account in the weeks after $recent_after, as the account screen shows it.

select
    account_id, view, grp, entry, measure, item, as_of,
    numerator, denominator, numerator / nullif(denominator, 0) as value, points, status, evidence_on
from recent_points
where as_of > $recent_after
