-- The mean of the points of a measure's items in each account and week that has one. NA items leave it.

select
    account_id, as_of, weight, numerator, denominator, evidence_on,
    points / nullif(n_valid, 0) as points, n_valid = 0 and n_na > 0 as is_na, n_valid = 0 and n_old > 0 as is_old
from (
    select
        account_id, as_of, max(weight) as weight,
        sum(numerator) as numerator, sum(denominator) as denominator, max(evidence_on) as evidence_on,
        count(points) as n_valid,
        sum(case when is_na then 1 else 0 end) as n_na,
        sum(case when is_old and not is_na then 1 else 0 end) as n_old,
        sum(points) as points
    from ({items}) as v
    group by account_id, as_of
) as by_account
