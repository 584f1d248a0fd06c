select
    count(*) - count(closed_at) as "open | tickets | not closed",
    cast(nullif(count(csat), 0) as double) / count(*) as "rated_share | ratio | rated by the customer",
    min(csat) as "lowest_rating | 1–5 | lowest rating"
from tickets
