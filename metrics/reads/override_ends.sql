-- What followed each override that has ended: in the first week after its term, what the rule says of the account, and
-- whether the account is still live. A term that ended in the week it began in is none. Where the next override stands
-- by then, the rule's value lies beneath it, for recent weeks; for older ones nobody knows it any more.
--
-- grain        one row per override that stood in at least one week, has ended and is of a known account
-- ended_as_of  the first week end after its term

with ended as (
    select o.override_id, o.account_id, o.view, min(w.as_of) as as_of
    from overrides as o
    join weeks as w on w.is_shown and w.as_of >= o.ends_on and w.as_of < o.ends_on + cast(7 as int)
    where o.account_id is not null and o.starts_on < o.ends_on
    group by o.override_id, o.account_id, o.view
)
select
    e.override_id, e.as_of as ended_as_of,
    s.account_id is not null as is_live,
    case when n.override_id is null then v.status else d.rule_status end as ended_status,
    case when n.override_id is null then v.points else d.rule_points end as ended_points
from ended as e
left join scored_weeks as s on s.account_id = e.account_id and s.as_of = e.as_of
left join view_scores as v on v.view = e.view and v.account_id = e.account_id and v.as_of = e.as_of
left join overrides as n
    on n.account_id = e.account_id and n.view = e.view and n.starts_on <= e.as_of and e.as_of < n.ends_on
left join overridden as d on d.view = e.view and d.account_id = e.account_id and d.as_of = e.as_of
order by e.override_id
