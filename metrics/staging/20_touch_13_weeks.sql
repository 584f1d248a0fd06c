-- Mails, invitations and community in the thirteen weeks up to as_of.
--
-- grain    one row per account_id and as_of with a touchpoint in the window
-- unnamed  two-way contacts with nobody named

select
    t.account_id,
    v.as_of,
    sum(t.invited) as invited,
    sum(t.took_part) as took_part,
    sum(t.emails) as emails,
    sum(t.emails_answered) as emails_answered,
    sum(t.community_acts) as community_acts,
    sum(t.unnamed) as unnamed
from touch_weeks as t
join week_windows as v
    on v.week_of = t.week_of
    and v.weeks_ago < 13
group by t.account_id, v.as_of
