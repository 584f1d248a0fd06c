-- Promoters answer 9 or 10 of 10, detractors 6 or less; answers without an account count too.

with answers as (
    select
        account_id,
        comment,
        case
            when kind = 'nps' and score >= 0.9 * score_max then 1
            when kind = 'nps' and score <= 0.6 * score_max then -1
            when kind = 'nps' then 0
        end as promotes
    from surveys
)

select
    100 * avg(promotes) as "nps | points | net promoter score",
    count(promotes) as "nps_answers | answers | answers behind it",
    count(*) - count(account_id) as "without_account | answers | answers without an account",
    count(comment) as "with_comment | answers | answers with a comment"
from answers
