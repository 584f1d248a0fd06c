-- Answers to surveys and how long each is its person's last: until the next answer of that person to the same kind, 52
-- weeks at most. An answer without a person is a person of its own.
--
-- grain   one row per response_id with an account
-- share   0 worst to 1 best; the scale starts at 0 for nps, else at 1
-- rating  the same on 0 to 10, where 9 is a promoter and 6 a detractor

with scaled as (
    select
        response_id, account_id, contact_id, kind, answered_on, score,
        case when contact_id is null then response_id else '' end as nobody,
        case when kind = 'nps' then 0 else 1 end as bottom,
        coalesce(score_max, case when kind = 'nps' then 10 else 5 end) as top
    from surveys
    where account_id is not null
)

select
    response_id, account_id, kind, answered_on,
    (score - bottom) / (top - bottom) as share,
    score * 10 / top as rating,
    least(
        answered_on + cast(364 as int),
        coalesce(
            lead(answered_on) over (
                partition by account_id, kind, contact_id, nobody order by answered_on, response_id
            ),
            date '9999-12-31'
        )
    ) as until_on
from scaled
where top > bottom
