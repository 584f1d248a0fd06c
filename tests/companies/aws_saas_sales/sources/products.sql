-- Fourteen products, known by name only. License is a number per order line, not a product.

select distinct
    Product as product_id,
    Product as name
from read_csv('raw/aws_saas_sales/SaaS-Sales.csv', all_varchar = true)
