-- Answers in force on the week end, one a person.
--
-- grain        one row per account_id, kind and as_of with an answer
-- share_sum    sum of the answers, each 0 to 1
-- evidence_on  day of the newest

select
    s.account_id,
    s.kind,
    w.as_of,
    count(*) as answers,
    sum(s.share) as share_sum,
    sum(case when s.rating >= 9 then 1 else 0 end) as promoters,
    sum(case when s.rating <= 6 then 1 else 0 end) as detractors,
    max(s.answered_on) as evidence_on
from weeks as w
join survey_spans as s
    on s.answered_on <= w.as_of
    and s.until_on > w.as_of
where w.is_shown
group by s.account_id, s.kind, w.as_of
