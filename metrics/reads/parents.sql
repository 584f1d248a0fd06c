-- Parent accounts by view and recent week: the worst status in the family, and the points its scored accounts have
-- together, each by its ARR. Never a bare mean: where no scored account has ARR there are no points.
--
-- accounts  accounts of the family that are live, the parent among them; scored counts those with points
-- worst     red before amber before green; where nobody has a score, the state that says most

with ranks as (
    select status, nth
    from (
        values ('red', 1), ('amber', 2), ('green', 3), ('insufficient data', 4), ('stale', 5), ('no data', 6),
            ('na', 7), ('not connected', 8)
    ) as known(status, nth)
),
together as (
    select
        v.as_of, v.view, f.parent_id,
        count(*) as accounts,
        count(v.points) as scored,
        sum(cast(s.weight_arr as double)) as arr,
        sum(v.points * s.weight_arr) as weighed,
        sum(case when v.points is not null then cast(s.weight_arr as double) end) as weight,
        min(r.nth) as worst
    from families as f
    join scored_weeks as s
        on s.account_id = f.account_id
    join view_scores as v
        on v.account_id = s.account_id
        and v.as_of = s.as_of
    join ranks as r
        on r.status = v.status
    where v.as_of > $recent_after and s.as_of > $recent_after
    group by v.as_of, v.view, f.parent_id
)
select
    t.as_of, t.view, t.parent_id, t.accounts, t.scored, t.arr, r.status as worst, t.weighed / nullif(t.weight, 0) as points
from together as t
join ranks as r
    on r.nth = t.worst
order by t.as_of, t.view, t.parent_id
