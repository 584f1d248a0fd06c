-- The newest rating of each account by driver, as those who see the account gave it; it counts for a year.
-- Of two on one day, which time does not tell apart, the lower counts, with its cause.
--
-- grain  one row per account_id and driver

with latest as (
    select account_id, driver, max(rated_on) as rated_on
    from drivers
    where rated_on <= $as_of and rated_on > cast($as_of as date) - cast(364 as int)
    group by account_id, driver
),
ranked as (
    select
        d.account_id,
        d.driver,
        d.rating,
        d.cause,
        row_number() over (partition by d.account_id, d.driver order by d.rating, d.cause) as nth
    from drivers as d
    join latest as l on l.account_id = d.account_id and l.driver = d.driver and l.rated_on = d.rated_on
)

select account_id, driver, cast(rating as int) as rating, cause
from ranked
where nth = 1
