-- Some SKUs carry two descriptions: the first in the alphabet is taken, so that an id is one product.

select
    Product_SKU as product_id,
    min(Product_Description) as name
from raw_Online_Sales_Online_Sales
group by Product_SKU
