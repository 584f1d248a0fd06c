-- 701 resellers, of whom 635 ever ordered: the others are loaded, and have no revenue and no band.
-- Two names belong to two resellers each, so the key is the id, never the name.
-- The territory is that of the reseller's address; an order may name another. Its image column is not read.

select
    cast(r.ResellerKey as varchar) as account_id,
    r.ResellerName as name,
    r.BusinessType as segment,
    t.SalesTerritoryGroup as region,
    g.EnglishCountryRegionName as country,
    r.NumberEmployees as employees
from read_parquet('raw/adventureworks_reseller/DimReseller.parquet') as r
left join read_parquet('raw/adventureworks_reseller/DimGeography.parquet') as g on g.GeographyKey = r.GeographyKey
left join read_parquet('raw/adventureworks_reseller/DimSalesTerritory.parquet') as t
    on t.SalesTerritoryKey = g.SalesTerritoryKey
