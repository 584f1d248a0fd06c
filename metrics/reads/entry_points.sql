-- One view: the points of `entry_points` with their status. A single measure is green or red only at its threshold; a
-- mean over items has the bands of a view.

select
    account_id, as_of, cut_no, weight_arr, entry_no, item, numerator, denominator, evidence_on, points,
    case
        when is_na then 'na'
        when is_old then 'stale'
        when points is null then 'no data'
        when points <= case when is_mean then 50 else 0 end then 'red'
        when points >= 100 or is_mean and points > 75 then 'green'
        else 'amber'
    end as status
from entry_points
