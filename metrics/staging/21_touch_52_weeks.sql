-- Rarer contact: meetings and events in the 26 weeks up to as_of, references and trainings in 52.
--
-- grain  one row per account_id and as_of with such a touchpoint in 52 weeks

select
    t.account_id,
    v.as_of,
    sum(t.reference_acts) as reference_acts,
    sum(t.trainings) as trainings,
    sum(case when v.weeks_ago < 26 then t.meetings else 0 end) as meetings,
    sum(case when v.weeks_ago < 26 then t.meetings_attended else 0 end) as meetings_attended,
    sum(case when v.weeks_ago < 26 then t.marketing_events else 0 end) as marketing_events
from touch_weeks as t
join week_windows as v
    on v.week_of = t.week_of
where t.meetings + t.marketing_events + t.reference_acts + t.trainings > 0
group by t.account_id, v.as_of
