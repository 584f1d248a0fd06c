-- An amount, else minutes at an hourly rate.

with priced as (
    select coalesce(amount, cast(minutes as decimal(18, 4)) * hourly_rate / 60) as cost
    from service_costs
)

select
    sum(cost) as "amount | money | service costs",
    count(*) - count(cost) as "without_amount | rows | rows with neither an amount nor minutes and a rate"
from priced
