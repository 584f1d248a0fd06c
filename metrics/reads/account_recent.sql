-- One view: every measure of every account in the weeks after $recent_after, as the account screen shows it.

select
    p.account_id, $view as view, p.grp, p.entry, e.measure, p.item, p.as_of,
    p.numerator, p.denominator, p.numerator / nullif(p.denominator, 0) as value, p.points,
    case
        when p.state <> 'ok' then p.state
        when p.points <= case when p.is_mean then 50 else 0 end then 'red'
        when p.is_mean and p.points <= 75 then 'amber'
        when not p.is_mean and p.points < 100 then 'amber'
        else 'green'
    end as status,
    p.evidence_on
from entry_points as p
join entries as e on e.view = $view and e.entry = p.entry
where p.as_of > $recent_after
