-- One row per version of a product: a change of cost or price gave it a new ProductKey, and order lines name the
-- version. The image column is not read. List prices are of one piece, not per unit and year, and so are left out.

select
    cast(ProductKey as varchar) as product_id,
    EnglishProductName as name
from read_parquet('raw/adventureworks_reseller/DimProduct.parquet')
