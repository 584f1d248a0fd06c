select
    activity as item,
    sum(coalesce(amount, cast(minutes as decimal(18, 4)) * hourly_rate / 60)) as "amount | money | service costs"
from service_costs
group by activity
order by activity
