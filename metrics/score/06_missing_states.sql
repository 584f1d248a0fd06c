-- What it means that an account has no row for an entry in a week: NA where the measure says so, stale after the
-- source's last day, else no data. Not connected stands above all.

select
    e.view, e.grp, e.entry, w.as_of,
    case
        when not e.is_connected then 'not connected'
        when w.as_of > s.last_on + cast(6 as int) then 'stale'
        when e.absent = 'na' and k.as_of is not null then 'na'
        else 'no data'
    end as state
from entries as e
cross join weeks as w
left join source_days as s on s.source = e.source
left join source_weeks as k on k.source = e.source and k.as_of = w.as_of
where w.is_shown
