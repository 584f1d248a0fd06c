-- Customers stand in the order lines only. Industry and segment never vary within a customer; country and region do
-- (they are of the order), so an account has none. The contact is of the order too.

select distinct
    "Customer ID" as account_id,
    Customer as name,
    Industry as industry,
    Segment as segment
from read_csv('raw/aws_saas_sales/SaaS-Sales.csv', all_varchar = true)
