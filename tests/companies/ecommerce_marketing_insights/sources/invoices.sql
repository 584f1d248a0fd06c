-- A transaction lists a SKU once, so both together are the key. Transaction_Date is a number, 20190131.
-- Revenue is quantity times average price as the file has it: coupons (a discount by month and category), delivery
-- charges and tax stand apart and are left out. No cost of goods is given, so there is no profit, only revenue.

select
    cast(cast(Transaction_ID as int) as varchar) || '-' || Product_SKU as invoice_line_id,
    cast(cast(Transaction_ID as int) as varchar) as invoice_id,
    cast(cast(CustomerID as int) as varchar) as account_id,
    Product_SKU as product_id,
    cast(strptime(cast(cast(Transaction_Date as int) as varchar), '%Y%m%d') as date) as invoiced_on,
    Quantity as quantity,
    cast(Quantity as int) * cast(Avg_Price as decimal(18, 4)) as net_revenue
from raw_Online_Sales_Online_Sales
