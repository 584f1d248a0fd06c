-- The renewal calendar by account: so that an account with several lines in a quarter counts once in it.
--
-- grain     one row per account_id, quarter (or none) and state
-- is_later  its terms end after the calendar; else a row without a quarter is evergreen or was cancelled without an end

select
    account_id,
    quarter,
    quarter_on,
    quarter is null and renews_on is not null as is_later,
    state,
    sum(arr) as arr
from renewals
group by account_id, quarter, quarter_on, quarter is null and renews_on is not null, state
order by account_id
