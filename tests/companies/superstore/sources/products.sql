-- Some product ids carry two names: the first in the alphabet is taken, so that an id is one product.

select
    "Product ID" as product_id,
    min("Product Name") as name
from read_parquet('raw/superstore/superstore.parquet')
group by "Product ID"
