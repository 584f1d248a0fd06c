-- Row ID is the key: an order may list one product twice. The file gives profit, not cost: cost is what is left of
-- sales. Both are floats at the source and become decimals before they are subtracted.

select
    "Row ID" as invoice_line_id,
    "Order ID" as invoice_id,
    "Customer ID" as account_id,
    "Product ID" as product_id,
    "Order Date" as invoiced_on,
    Quantity as quantity,
    cast(Sales as decimal(18, 4)) as net_revenue,
    cast(Sales as decimal(18, 4)) - cast(Profit as decimal(18, 4)) as product_cost
from read_parquet('raw/superstore/superstore.parquet')
