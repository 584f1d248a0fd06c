-- Money and hours add up: a campaign costs both.

select
    sum(coalesce(amount, 0) + coalesce(cast(hours as decimal(18, 4)) * hourly_rate, 0))
        as "amount | money | acquisition costs"
from acquisition_costs
