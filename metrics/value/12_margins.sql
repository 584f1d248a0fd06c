-- What a gross margin of the 52 weeks up to a day is computed from: invoice lines, by what screens filter by, and the
-- company's ledger of the twelve months up to it, which no filter can cut.
--
-- grain            one row per as_of, segment, region and csm; the ledger stands in the row of from_ledger
-- lines, lines_no_cost   invoice lines, and those of them whose product cost is missing
-- months           months of the ledger that give both revenue and its cost

with lines as (
    select
        d.as_of, i.account_id,
        sum(i.net_revenue) as revenue,
        sum(i.product_cost) as cost,
        count(*) as lines,
        count(*) - count(i.product_cost) as lines_no_cost
    from margin_days as d
    join invoices as i
        on i.invoiced_on <= d.as_of
        and i.invoiced_on > d.as_of - cast(364 as int)
    group by d.as_of, i.account_id
)

select
    l.as_of,
    coalesce(a.segment, '') as segment,
    coalesce(a.region, '') as region,
    coalesce(a.csm, '') as csm,
    false as from_ledger,
    sum(l.revenue) as revenue,
    sum(l.cost) as cost,
    sum(l.lines) as lines,
    sum(l.lines_no_cost) as lines_no_cost,
    0 as months
from lines as l
join accounts as a on a.account_id = l.account_id
group by l.as_of, coalesce(a.segment, ''), coalesce(a.region, ''), coalesce(a.csm, '')
union all
select
    d.as_of, '' as segment, '' as region, '' as csm, true as from_ledger,
    sum(f.revenue) as revenue, sum(f.cost_of_revenue) as cost, 0 as lines, 0 as lines_no_cost, count(*) as months
from margin_days as d
join finance as f
    on year(f.month) * 12 + month(f.month) < year(d.as_of + cast(1 as int)) * 12 + month(d.as_of + cast(1 as int))
    and year(f.month) * 12 + month(f.month) >= year(d.as_of + cast(1 as int)) * 12 + month(d.as_of + cast(1 as int)) - 12
where f.revenue is not null and f.cost_of_revenue is not null
group by d.as_of
