select
    stage as item,
    count(*) as "deals | deals | deals",
    sum(amount) as "amount | money | amount"
from opportunities
where stage is not null
group by stage
order by stage
