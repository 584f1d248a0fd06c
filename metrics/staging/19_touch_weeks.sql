-- Touchpoints counted by week.
--
-- grain      one row per account_id and week_of with a touchpoint
-- invited    mails, and what an account is asked to join
-- took_part  those of them that were answered or attended

select
    t.account_id,
    d.as_of as week_of,
    sum(case when t.kind in ('event', 'webinar', 'training', 'community', 'email') then 1 else 0 end) as invited,
    sum(case when t.kind in ('event', 'webinar', 'training', 'community', 'email') and t.is_two_way then 1 else 0 end)
        as took_part,
    sum(case when t.kind = 'email' then 1 else 0 end) as emails,
    sum(case when t.kind = 'email' and t.is_two_way then 1 else 0 end) as emails_answered,
    sum(case when t.kind = 'community' and t.is_two_way then 1 else 0 end) as community_acts,
    sum(case when t.kind in ('meeting', 'business_review') then 1 else 0 end) as meetings,
    sum(case when t.kind in ('meeting', 'business_review') and t.is_two_way then 1 else 0 end) as meetings_attended,
    sum(case when t.kind in ('event', 'webinar') and t.is_two_way then 1 else 0 end) as marketing_events,
    sum(case when t.kind = 'reference' and t.is_two_way then 1 else 0 end) as reference_acts,
    sum(case when t.kind = 'training' and t.is_two_way then 1 else 0 end) as trainings,
    sum(case when t.is_two_way and t.contact_id is null then 1 else 0 end) as unnamed
from touch_days as t
join days as d
    on d.day_on = t.happened_on
group by t.account_id, d.as_of
