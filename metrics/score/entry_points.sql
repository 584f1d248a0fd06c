-- One view: points of every entry, account and week after $after, up to $until, that has a row; null points where it is
-- NA, stale or without a value. Points run straight from red (0) to green (100). An entry with items is the mean over
-- them: an item without a row counts as zero where the measure lists all items, and NA items leave the mean. Where
-- $with_items, rows of single items follow: they are shown, not scored.
--
-- Rows without items are read once and not kept: there are a hundred million of them.

with plain as (
    select
        v.account_id, v.as_of, r.entry_no, r.grp_no, r.weight, r.grp_share,
        v.numerator, v.denominator, v.evidence_on, r.red, r.green,
        r.is_na or v.denominator = 0 as is_na,
        coalesce(date_diff('day', v.evidence_on, v.as_of) > r.valid_days, false) as is_old
    from measure_values as v
    join scoring as r on r.view = $view and r.class_id = 0 and r.measure = v.measure and r.item = v.item
    where v.as_of > $after and v.as_of <= $until
),
ruled as (
    select
        v.account_id, v.as_of, r.entry_no, r.grp_no, r.weight, r.grp_share,
        v.numerator, v.denominator, v.evidence_on, r.red, r.green,
        r.is_na or v.denominator = 0 as is_na,
        coalesce(date_diff('day', v.evidence_on, v.as_of) > r.valid_days, false) as is_old
    from measure_values as v
    join scored_weeks as s on s.account_id = v.account_id and s.as_of = v.as_of
    join scoring as r
        on r.view = $view and r.class_id = s.class_id and r.measure = v.measure and r.item = v.item and not r.is_mean
    where v.as_of > $after and v.as_of <= $until and s.as_of > $after and s.as_of <= $until
        and v.measure in (select measure from scoring where view = $view and class_id > 0 and not is_mean)
),
single as (
    select
        *,
        case
            when not is_na and not is_old
            then least(greatest((numerator / denominator - red) / (green - red), 0), 1) * 100
        end as points
    from (select * from plain union all select * from ruled) as rows
),
of_items as (
    select
        v.account_id, v.as_of, r.entry_no, r.grp_no, r.weight, r.grp_share, v.item, r.class_id,
        v.numerator, v.denominator, v.evidence_on, r.red, r.green, r.zero_points,
        r.is_na or v.denominator = 0 as is_na,
        coalesce(date_diff('day', v.evidence_on, v.as_of) > r.valid_days, false) as is_old
    from measure_values as v
    join scored_weeks as s on s.account_id = v.account_id and s.as_of = v.as_of
    join scoring as r
        on r.view = $view and r.class_id = s.class_id and r.measure = v.measure and r.item = v.item and r.is_mean
    where v.as_of > $after and v.as_of <= $until and s.as_of > $after and s.as_of <= $until
        and v.measure in (select measure from scoring where view = $view and is_mean)
),
item_points as (
    select
        *,
        case
            when not is_na and not is_old
            then least(greatest((numerator / denominator - red) / (green - red), 0), 1) * 100
        end as points
    from of_items
),
by_items as (
    select
        account_id, as_of, entry_no, grp_no, class_id, max(weight) as weight, max(grp_share) as grp_share,
        sum(numerator) as numerator, sum(denominator) as denominator, max(evidence_on) as evidence_on,
        count(points) as n_valid,
        sum(case when is_na then 1 else 0 end) as n_na,
        sum(case when is_old and not is_na then 1 else 0 end) as n_old,
        sum(points) as points,
        sum(case when is_na or points is not null then zero_points else 0 end) as zero_points
    from item_points
    group by account_id, as_of, entry_no, grp_no, class_id
),
listed as (
    select
        entry_no, class_id, max(grp_no) as grp_no, max(weight) as weight, max(grp_share) as grp_share,
        count(*) as items, sum(zero_points) as zero_points
    from scoring
    where view = $view and lists_products
    group by entry_no, class_id
),
all_listed as (
    select
        s.account_id, s.as_of, l.entry_no, l.grp_no, l.weight, l.grp_share,
        coalesce(b.numerator, 0) as numerator, coalesce(b.denominator, l.items) as denominator, b.evidence_on,
        l.items - coalesce(b.n_na, 0) as n_valid,
        coalesce(b.points, 0) + l.zero_points - coalesce(b.zero_points, 0) as points
    from listed as l
    join entries as e on e.entry_no = l.entry_no
    join source_weeks as k on k.source = e.source and k.as_of > $after and k.as_of <= $until
    join scored_weeks as s on s.as_of = k.as_of and s.class_id = l.class_id
    left join by_items as b on b.account_id = s.account_id and b.as_of = s.as_of and b.entry_no = l.entry_no
)
select
    account_id, as_of, entry_no, grp_no, weight, grp_share, '' as item, false as is_mean,
    numerator, denominator, evidence_on, points, is_na, is_old
from single
union all
select
    b.account_id, b.as_of, b.entry_no, b.grp_no, b.weight, b.grp_share, '', true,
    b.numerator, b.denominator, b.evidence_on,
    b.points / nullif(b.n_valid, 0), b.n_valid = 0 and b.n_na > 0, b.n_valid = 0 and b.n_old > 0
from by_items as b
join entries as e on e.entry_no = b.entry_no
where not e.lists_products
union all
select
    account_id, as_of, entry_no, grp_no, weight, grp_share, '', true,
    numerator, denominator, evidence_on, points / nullif(n_valid, 0), n_valid = 0, false
from all_listed
union all
select
    account_id, as_of, entry_no, grp_no, 0, grp_share, item, false,
    numerator, denominator, evidence_on, points, is_na, is_old
from item_points
where $with_items
