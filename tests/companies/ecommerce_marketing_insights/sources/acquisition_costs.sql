-- One amount a day for each channel, with neither campaign nor customer. Dates are month/day/year; they stand in a
-- file beside order dates written as 20190131.

with days as (
    select cast(strptime("Date", '%m/%d/%Y') as date) as incurred_on, Offline_Spend, Online_Spend
    from read_csv('raw/ecommerce_marketing_insights/Marketing_Spend.csv', all_varchar = true)
)

select
    'offline ' || incurred_on as cost_id,
    incurred_on,
    'offline' as channel,
    cast(Offline_Spend as decimal(18, 4)) as amount
from days
union all
select
    'online ' || incurred_on as cost_id,
    incurred_on,
    'online' as channel,
    cast(Online_Spend as decimal(18, 4)) as amount
from days
