-- One view: the points of `entry_points` with their status. A single measure is green or red only at its threshold; a
-- mean over items has the bands of a view.

select
    p.*, e.view, e.grp, e.entry, e.measure,
    case
        when p.is_na then 'na'
        when p.is_old then 'stale'
        when p.points is null then 'no data'
        when p.points <= case when p.is_mean then 50 else 0 end then 'red'
        when p.points >= 100 or p.is_mean and p.points > 75 then 'green'
        else 'amber'
    end as status
from entry_points as p
join entries as e on e.entry_no = p.entry_no
