-- An order line is taken as an invoice line of its order date. An order number alone names up to dozens of lines.
-- SalesAmount is after the discount, ExtendedAmount before it; tax is in neither. Freight is a cost of serving, not of
-- the product, and is booked only where service_costs.sql says so.
-- Amounts stand in several currencies (CurrencyKey) without rates; they are added as they stand, as their publisher does.

select
    SalesOrderNumber || '-' || SalesOrderLineNumber as invoice_line_id,
    SalesOrderNumber as invoice_id,
    cast(ResellerKey as varchar) as account_id,
    cast(ProductKey as varchar) as product_id,
    cast(OrderDate as date) as invoiced_on,
    cast(DueDate as date) as due_on,
    OrderQuantity as quantity,
    SalesAmount as net_revenue,
    ExtendedAmount as list_revenue,
    TotalProductCost as product_cost
from read_parquet('raw/adventureworks_reseller/FactResellerSales.parquet')
