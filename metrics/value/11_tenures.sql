-- How long each account has been paying, and whether that has ended: from its first paid day to the end of its last
-- paid span, or to $as_of while it pays. Time away in between counts. Without subscriptions nobody says who has left.
--
-- grain      one row per account_id that has paid
-- has_ended  true: it stopped; false: it pays still, so the whole is at least `days`

with spans as (
    select account_id, min(starts_on) as first_on, max(ends_on) as last_on
    from paid_spans
    group by account_id
)

select
    account_id,
    date_diff('day', first_on, case when last_on <= $as_of then last_on else cast($as_of as date) end) as days,
    last_on <= $as_of as has_ended
from spans
order by account_id
