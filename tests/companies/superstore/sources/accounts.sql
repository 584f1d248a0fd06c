-- Customers stand in the order lines only. Segment never varies within a customer; region, state and city do (they
-- are of the delivery), so an account has none.

select distinct
    "Customer ID" as account_id,
    "Customer Name" as name,
    Segment as segment,
    Country as country
from read_parquet('raw/superstore/superstore.parquet')
