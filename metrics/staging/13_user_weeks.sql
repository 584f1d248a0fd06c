-- Who used the product in a week, and on how many days. Use by nobody in particular has no user_id.
--
-- grain  one row per account_id, user_id and week_of

select u.account_id, u.user_id, d.as_of as week_of, d.week_no, bit_count(bit_or(d.day_bit)) as days_used
from usage as u
join days as d
    on d.day_on = u.used_on
group by u.account_id, u.user_id, d.as_of, d.week_no
