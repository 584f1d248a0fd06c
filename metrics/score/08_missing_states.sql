-- What it means that an account has no row for an entry in a week: not connected, stale after the source's last day,
-- else no data.

select
    e.view, e.grp, e.entry, w.as_of,
    case
        when not e.is_connected then 'not connected'
        when w.as_of > s.last_on + cast(6 as int) then 'stale'
        else 'no data'
    end as state
from entries as e
cross join weeks as w
left join source_days as s on s.source = e.source
where w.is_shown
