-- Touchpoints, and whether both sides took part. Where `attended` says nothing both did, except in a mail.
--
-- grain  one row per touchpoint_id

select account_id, contact_id, kind, happened_on, coalesce(attended, kind <> 'email') as is_two_way
from touchpoints
