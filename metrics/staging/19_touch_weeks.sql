-- Touchpoints counted by week.
--
-- grain      one row per account_id and week_of with a touchpoint
-- invited    mails, and what an account is asked to join
-- took_part  those of them that were answered or attended
--
-- Counted as int: sums of flags are 128 bits wide, and every window over them would be too.

select
    t.account_id,
    d.as_of as week_of,
    cast(count(case when t.kind in ('event', 'webinar', 'training', 'community', 'email') then 1 end) as int)
        as invited,
    cast(count(case when t.kind in ('event', 'webinar', 'training', 'community', 'email') and t.is_two_way then 1 end)
        as int)
        as took_part,
    cast(count(case when t.kind = 'email' then 1 end) as int) as emails,
    cast(count(case when t.kind = 'email' and t.is_two_way then 1 end) as int) as emails_answered,
    cast(count(case when t.kind = 'community' and t.is_two_way then 1 end) as int) as community_acts,
    cast(count(case when t.kind in ('meeting', 'business_review') then 1 end) as int) as meetings,
    cast(count(case when t.kind in ('meeting', 'business_review') and t.is_two_way then 1 end) as int)
        as meetings_attended,
    cast(count(case when t.kind in ('event', 'webinar') and t.is_two_way then 1 end) as int) as marketing_events,
    cast(count(case when t.kind = 'reference' and t.is_two_way then 1 end) as int) as reference_acts,
    cast(count(case when t.kind = 'training' and t.is_two_way then 1 end) as int) as trainings,
    cast(count(case when t.is_two_way and t.contact_id is null then 1 end) as int) as unnamed
from touch_days as t
join days as d
    on d.day_on = t.happened_on
group by t.account_id, d.as_of
