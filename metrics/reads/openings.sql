-- What each account could still buy, in the week of $as_of: one row per live account and product, in the words of
-- Expansion. Wanted is the number of units from which the product counts as penetrated, by the rule for the account.
--
-- While a risk on the product is open nobody sells it: the row is NA with the reason of the risk that is open longest,
-- and what is missing comes back by itself when the risk is resolved.
--
-- unit_price   list price, else the median ARR per seat of the segment's owners (an estimate), else null
-- amount       missing units at that price; null where there is no price, and while the product is NA

with entry_of as (
    select e.view, e.entry, i.item as product_id, min(e.entry_no) as entry_no,
        row_number() over (partition by i.item order by min(e.entry_no)) as nth
    from entries as e
    join entry_items as i
        on i.view = e.view
        and i.entry = e.entry
    where e.lists_products and e.is_connected and i.item <> ''
    group by e.view, e.entry, i.item
),
rules as (
    select r.class_id, r.item as product_id, e.entry_no, r.red, r.green, r.is_na
    from entry_of as e
    join entry_rules as r
        on r.view = e.view
        and r.entry = e.entry
        and r.item = e.product_id
    where e.nth = 1
),
owned as (
    select v.account_id, v.item as product_id, v.numerator as units, v.denominator = 0 as is_na
    from measure_values as v
    where v.measure in (select measure from entries where lists_products) and v.as_of = $as_of
),
open_risks as (
    select account_id, product_id, risk_id, opened_on, reason,
        row_number() over (partition by account_id, product_id order by opened_on, risk_id) as nth
    from risks
    where product_id is not null and opened_on <= $as_of and (resolved_on is null or resolved_on > $as_of)
),
per_seat as (
    select coalesce(a.segment, '') as segment, p.product_id, median(cast(p.arr as double) / p.seats) as price
    from account_product_weeks as p
    join accounts as a
        on a.account_id = p.account_id
    where p.as_of = $as_of and p.seats > 0 and p.product_id is not null
    group by coalesce(a.segment, ''), p.product_id
),
stated as (
    select
        s.account_id, p.product_id, p.name as product, coalesce(o.units, 0) as units, r.green as wanted,
        greatest(r.green - coalesce(o.units, 0), 0) as missing_units,
        case
            when r.is_na or coalesce(o.is_na, false) then 'na'
            when (coalesce(o.units, 0) - r.red) / (r.green - r.red) <= 0 then 'untapped'
            when (coalesce(o.units, 0) - r.red) / (r.green - r.red) >= 1 then 'penetrated'
            else 'partial'
        end as state,
        coalesce(cast(p.list_price as double), m.price) as unit_price,
        case
            when p.list_price is not null then 'list price'
            when m.price is not null then 'estimate: median per seat in the segment'
            else 'units only'
        end as price_basis,
        k.risk_id, k.opened_on as risk_opened_on,
        case
            when coalesce(o.is_na, false) then coalesce(k.reason, 'a risk is open on the product')
            when r.is_na then 'not for sale to this account, by the scorecard'
        end as na_reason
    from scored_weeks as s
    join accounts as a
        on a.account_id = s.account_id
    join source_weeks as d
        on d.source = 'ownership'
        and d.as_of = s.as_of
    join rules as r
        on r.class_id = s.class_id
    join products as p
        on p.product_id = r.product_id
    left join owned as o
        on o.account_id = s.account_id
        and o.product_id = p.product_id
    left join open_risks as k
        on k.account_id = s.account_id
        and k.product_id = p.product_id
        and k.nth = 1
        and o.is_na
    left join per_seat as m
        on m.segment = coalesce(a.segment, '')
        and m.product_id = p.product_id
    where s.as_of = $as_of
)
select
    account_id, product_id, product, state, units, wanted,
    case when state <> 'na' then missing_units end as missing_units,
    unit_price, price_basis,
    case when state <> 'na' then missing_units * unit_price end as amount,
    na_reason, risk_id, risk_opened_on
from stated
order by account_id, product_id
