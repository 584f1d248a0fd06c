-- One view: where a person's value stands in the place of the rule's, with both.

select
    $view as view, s.account_id, s.as_of, s.override_id, s.rule_points, s.rule_status, s.points, s.status,
    o.expires_on, o.author, o.reason
from recent_scores as s
join overrides as o on o.override_id = s.override_id
where s.as_of > $recent_after
