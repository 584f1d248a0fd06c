-- The mode without accounting: what those who see the account rated it by driver, -1, 0 or 1, added up.
--
-- Above zero an account is taken as profitable, below as unprofitable: three bands like those of margin, our reading.
--
-- grain  one row per account_id with a rating
-- rated  drivers rated
-- minus  drivers rated -1; us and them count those whose cause is known

with scores as (
    select
        account_id,
        count(*) as rated,
        sum(rating) as sum_of_ratings,
        count(case when rating = -1 then 1 end) as minus,
        count(case when rating = -1 and cause = 'us' then 1 end) as us,
        count(case when rating = -1 and cause = 'them' then 1 end) as them
    from driver_ratings
    group by account_id
)

select
    account_id,
    cast(rated as int) as rated,
    cast(sum_of_ratings as int) as sum_of_ratings,
    case
        when sum_of_ratings > 0 then 'profitable' when sum_of_ratings < 0 then 'unprofitable' else 'marginal'
    end as band,
    cast(minus as int) as minus,
    cast(us as int) as us,
    cast(them as int) as them
from scores
order by account_id
