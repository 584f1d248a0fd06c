-- Dates are month/day/year: the 1st to the 12th of a month would be read wrongly, without an error, the other way round.
-- The file gives profit, not cost: cost is what is left of sales. The sales are of software, but no service period is
-- given, so a line counts in full on its day.

select
    "Row ID" as invoice_line_id,
    "Order ID" as invoice_id,
    "Customer ID" as account_id,
    Product as product_id,
    cast(strptime("Order Date", '%m/%d/%Y') as date) as invoiced_on,
    Quantity as quantity,
    cast(Sales as decimal(18, 4)) as net_revenue,
    cast(Sales as decimal(18, 4)) - cast(Profit as decimal(18, 4)) as product_cost
from read_csv('raw/aws_saas_sales/SaaS-Sales.csv', all_varchar = true)
