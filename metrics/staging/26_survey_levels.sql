-- Answers in force, one a person, from one change to the next: an answer that comes, or one that is too old or taken
-- back by the person's next. They stand still for weeks, so a row a week would be tens of millions.
--
-- grain        one row per account_id, kind and from_on with an answer in force; until_on is the first day after it
-- share_sum    sum of the answers, each 0 to 1
-- evidence_on  day of the newest

with edges as (
    select account_id, kind, answered_on as from_on from survey_spans
    union
    select account_id, kind, until_on as from_on from survey_spans
),
levels as (
    select
        account_id,
        kind,
        from_on,
        lead(from_on) over (partition by account_id, kind order by from_on) as until_on
    from edges
)

select
    l.account_id,
    l.kind,
    l.from_on,
    l.until_on,
    count(*) as answers,
    sum(s.share) as share_sum,
    sum(case when s.rating >= 9 then 1 else 0 end) as promoters,
    sum(case when s.rating <= 6 then 1 else 0 end) as detractors,
    max(s.answered_on) as evidence_on
from levels as l
join survey_spans as s
    on s.account_id = l.account_id
    and s.kind = l.kind
    and s.answered_on <= l.from_on
    and s.until_on > l.from_on
group by l.account_id, l.kind, l.from_on, l.until_on
