-- Accounts that every exception treats alike. Thresholds are looked up by class, so the big join has one key.
-- `age_bands` comes from the ages the exceptions name; a property no exception names does not split a class.

with kinds as (
    select distinct
        case when u.by_segment then coalesce(a.segment, '') else '' end as segment,
        case when u.by_industry then coalesce(a.industry, '') else '' end as industry
    from accounts as a
    cross join rule_use as u
)
select
    cast(row_number() over (order by k.segment, k.industry, b.age_from) as int) as class_id,
    k.segment, k.industry, b.age_from, b.age_to
from kinds as k
cross join age_bands as b
