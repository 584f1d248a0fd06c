-- One view: state and points of every entry, account and week that has a row.
-- Points run straight from red (0) to green (100). An entry with items is the mean over them; an item without a row
-- counts as zero where the measure lists all items, and NA items leave the mean. Rows of single items follow for the
-- weeks after $items_after: they are shown, not scored.

with judged as (
    select
        v.account_id, v.as_of, s.class_id, r.grp, r.entry, v.item, e.has_items and e.item = '' as is_mean,
        v.numerator, v.denominator, v.evidence_on, r.points_at_zero,
        case
            when r.is_na or v.denominator = 0 then 'na'
            when v.numerator is null or v.denominator is null then 'no data'
            when date_diff('day', v.evidence_on, v.as_of) > r.valid_days then 'stale'
            else 'ok'
        end as state,
        least(greatest((v.numerator / nullif(v.denominator, 0) - r.red) / (r.green - r.red), 0), 1) * 100 as points
    from measure_values as v
    join scored_weeks as s on s.account_id = v.account_id and s.as_of = v.as_of
    join entry_rules as r
        on r.view = $view and r.measure = v.measure and r.item = v.item and r.class_id = s.class_id
    join entries as e on e.view = r.view and e.entry = r.entry
    where e.item = '' or e.item = v.item
),
listed as (
    select r.entry, r.class_id, count(*) as items, sum(r.points_at_zero) as points_at_zero
    from entry_rules as r
    join entries as e on e.view = r.view and e.entry = r.entry
    where r.view = $view and e.lists_products and r.item <> ''
    group by r.entry, r.class_id
),
by_items as (
    select
        account_id, as_of, class_id, grp, entry,
        sum(numerator) as numerator, sum(denominator) as denominator, max(evidence_on) as evidence_on,
        sum(case when state = 'ok' then 1 else 0 end) as n_ok,
        sum(case when state = 'na' then 1 else 0 end) as n_na,
        sum(case when state = 'stale' then 1 else 0 end) as n_stale,
        sum(case when state = 'ok' then points else 0 end) as points,
        sum(case when state in ('ok', 'na') then points_at_zero else 0 end) as points_at_zero
    from judged
    where is_mean
    group by account_id, as_of, class_id, grp, entry
),
spine as (
    select s.account_id, s.as_of, s.class_id, e.grp, e.entry
    from entries as e
    join source_weeks as k on k.source = e.source
    join scored_weeks as s on s.as_of = k.as_of
    where e.view = $view and e.lists_products and e.is_connected
),
all_listed as (
    select
        p.account_id, p.as_of, p.class_id, p.grp, p.entry,
        coalesce(b.numerator, 0) as numerator, coalesce(b.denominator, l.items) as denominator, b.evidence_on,
        l.items - coalesce(b.n_na, 0) as n_ok,
        coalesce(b.n_na, 0) as n_na,
        coalesce(b.points, 0) + l.points_at_zero - coalesce(b.points_at_zero, 0) as points
    from spine as p
    join listed as l on l.entry = p.entry and l.class_id = p.class_id
    left join by_items as b on b.account_id = p.account_id and b.as_of = p.as_of and b.entry = p.entry
)
select
    account_id, as_of, class_id, grp, entry, '' as item, numerator, denominator, evidence_on, state,
    case when state = 'ok' then points end as points, false as is_mean
from judged
where not is_mean
union all
select
    b.account_id, b.as_of, b.class_id, b.grp, b.entry, '', b.numerator, b.denominator, b.evidence_on,
    case when b.n_ok > 0 then 'ok' when b.n_stale > 0 then 'stale' when b.n_na > 0 then 'na' else 'no data' end,
    case when b.n_ok > 0 then b.points / b.n_ok end, true
from by_items as b
join entries as e on e.view = $view and e.entry = b.entry
where not e.lists_products
union all
select
    account_id, as_of, class_id, grp, entry, '', numerator, denominator, evidence_on,
    case when n_ok > 0 then 'ok' else 'na' end,
    case when n_ok > 0 then points / n_ok end, true
from all_listed
union all
select
    account_id, as_of, class_id, grp, entry, item, numerator, denominator, evidence_on, state,
    case when state = 'ok' then points end, false
from judged
where is_mean and as_of > $items_after
