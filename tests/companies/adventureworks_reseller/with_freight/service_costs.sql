-- Freight of every order line as a cost of fulfilment. It is more than four times the gross profit.

select
    SalesOrderNumber || '-' || SalesOrderLineNumber as cost_id,
    cast(ResellerKey as varchar) as account_id,
    cast(OrderDate as date) as incurred_on,
    'fulfilment' as activity,
    Freight as amount
from read_parquet('raw/adventureworks_reseller/FactResellerSales.parquet')
