-- sales_price is of one device, not per unit and year, and so is left out.

select
    product as product_id,
    product as name
from read_csv('raw/maven_crm/products.csv', all_varchar = true)
