-- label  = "Training"
-- unit   = "acts"
-- owner  = "Education"
-- rollup = "mean"
-- absent = "zero"
-- source = "touchpoints"
-- reads  = ["account_weeks", "kind_weeks", "touch_52_weeks"]
-- needs  = ["touchpoints.kind=training"]
-- says   = "trainings attended {value} in 52 weeks, was {before}"
--
-- Trainings attended in 52 weeks. Before the company's first one there is no data.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    trainings attended
-- denominator  1

select
    a.account_id,
    '' as item,
    a.as_of,
    coalesce(t.trainings, 0) as numerator,
    1 as denominator,
    cast(null as date) as evidence_on
from account_weeks as a
join kind_weeks as k
    on k.kind = 'training'
    and k.as_of = a.as_of
left join touch_52_weeks as t
    on t.account_id = a.account_id
    and t.as_of = a.as_of
