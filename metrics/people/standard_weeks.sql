-- How often our own standards were kept, by week: two quarters back from each of the last thirteen week ends.
--
-- grain     one row per as_of, stage, standard, segment, region and csm; observations of no account have none of these
-- observed  observations that say whether the standard was kept

select
    w.as_of,
    coalesce(s.stage, '') as stage,
    s.standard,
    coalesce(a.segment, '') as segment,
    coalesce(a.region, '') as region,
    coalesce(a.csm, '') as csm,
    s.account_id is not null as has_account,
    cast(count(*) as int) as observed,
    cast(sum(case when s.passed then 1 else 0 end) as int) as kept
from standards as s
join days as d on d.day_on = s.measured_on
join weeks as w on w.as_of = d.as_of
left join accounts as a on a.account_id = s.account_id
where s.passed is not null and w.as_of > cast($as_of as date) - cast(273 as int)
group by w.as_of, coalesce(s.stage, ''), s.standard, coalesce(a.segment, ''), coalesce(a.region, ''),
    coalesce(a.csm, ''), s.account_id is not null
