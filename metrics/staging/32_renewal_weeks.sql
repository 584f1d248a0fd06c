-- Accounts with a line that runs, was not given notice, and reaches the end of its term within 120 days.
--
-- grain  one row per account_id and as_of

select distinct t.account_id, w.as_of
from weeks as w
join term_ends as t
    on t.term_ends_on > w.as_of
    and t.term_ends_on <= w.as_of + cast(120 as int)
where w.is_shown and t.known_on <= w.as_of and t.over_on > w.as_of
