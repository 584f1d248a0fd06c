-- The mean of the points of all items a measure lists: one without a row counts as zero. Items that are NA, by the
-- scorecard or in the week, leave it.

with by_account as (
    select
        account_id, as_of,
        sum(numerator) as numerator, sum(denominator) as denominator, max(evidence_on) as evidence_on,
        sum(case when is_na and not is_off then 1 else 0 end) as n_na,
        sum(points) as points,
        sum(case when (is_na or points is not null) and not is_off then zero_points else 0 end) as zero_points
    from ({items}) as v
    group by account_id, as_of
),
listed as (
    select
        class_id, max(weight) as weight,
        sum(case when is_na then 0 else 1 end) as items,
        sum(case when is_na then 0 else zero_points end) as zero_points
    from scoring
    where entry_no = {no}
    group by class_id
),
spread as (
    select
        s.account_id, s.as_of, l.weight, coalesce(b.numerator, 0) as numerator,
        coalesce(b.denominator, l.items) as denominator, b.evidence_on,
        l.items - coalesce(b.n_na, 0) as n_valid,
        coalesce(b.points, 0) + l.zero_points - coalesce(b.zero_points, 0) as points
    from scored_weeks as s
    join listed as l on l.class_id = s.class_id
    join source_weeks as k on k.source = '{source}' and k.as_of = s.as_of
    left join by_account as b on b.account_id = s.account_id and b.as_of = s.as_of
    where s.as_of > $after and s.as_of <= $until
)

select
    account_id, as_of, weight, numerator, denominator, evidence_on,
    points / nullif(n_valid, 0) as points, n_valid = 0 as is_na, false as is_old
from spread
