-- Values of a measure's items after $after and up to $until beside the thresholds and the weight that hold for the
-- account, with their points: straight from red (0) to green (100), null where NA, stale or without a value.

select
    *,
    case
        when not is_na and not is_old
        then least(greatest((numerator / denominator - red) / (green - red), 0), 1) * 100
    end as points
from (
    select
        v.account_id, v.as_of, v.item, s.class_id, r.weight,
        v.numerator, v.denominator, v.evidence_on, r.red, r.green, r.zero_points, r.is_na as is_off,
        r.is_na or v.denominator = 0 as is_na,
        coalesce(date_diff('day', v.evidence_on, v.as_of) > r.valid_days, false) as is_old
    from item_values as v
    join scored_weeks as s on s.account_id = v.account_id and s.as_of = v.as_of
    join scoring as r on r.entry_no = {no} and r.class_id = s.class_id and r.item = v.item
    where v.measure = '{measure}' and v.as_of > $after and v.as_of <= $until
        and s.as_of > $after and s.as_of <= $until
) as v
