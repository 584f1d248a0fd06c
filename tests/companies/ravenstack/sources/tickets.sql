-- submitted_at is a day, closed_at a moment whose hour has no leading zero ("2023-07-28 3:00"); the first response is
-- minutes after the start of the day. "medium" is our "normal". Four tickets in ten have no rating, and none is below 3.

select
    ticket_id,
    account_id,
    cast(submitted_at as timestamp) as opened_at,
    cast(submitted_at as timestamp) + to_minutes(cast(first_response_time_minutes as int)) as first_response_at,
    cast(closed_at as timestamp) as closed_at,
    case priority when 'medium' then 'normal' else priority end as priority,
    cast(cast(satisfaction_score as double) as int) as csat
from read_csv('raw/ravenstack/ravenstack_support_tickets.csv', all_varchar = true)
