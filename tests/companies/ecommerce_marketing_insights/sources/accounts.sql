-- A customer's first purchase in the file is not the first ever: Tenure_Months counts back, taken here from the end of
-- the file's year, and a purchase before that day shows that it counts from earlier. Ids are numbers in the workbook.

with first_bought as (
    select
        CustomerID,
        min(cast(strptime(cast(cast(Transaction_Date as int) as varchar), '%Y%m%d') as date)) as bought_on
    from raw_Online_Sales_Online_Sales
    group by CustomerID
)

select
    cast(cast(c.CustomerID as int) as varchar) as account_id,
    'Customer ' || cast(c.CustomerID as int) as name,
    c.Location as region,
    least(f.bought_on, cast(date '2019-12-31' - to_months(cast(c.Tenure_Months as int)) as date)) as joined_on
from raw_CustomersData_Customers as c
left join first_bought as f on f.CustomerID = c.CustomerID
