-- Weeks in which a kind of touchpoint is known to be recorded: from its first row on. A company that never wrote down a
-- training does not have untrained clients, it has no data.
--
-- grain  one row per kind and as_of the source delivered for

with first_rows as (
    select kind, min(happened_on) as first_on from touchpoints group by kind
)

select f.kind, k.as_of
from first_rows as f
join source_weeks as k
    on k.source = case when f.kind = 'reference' then 'references' else 'touchpoints' end
    and k.as_of >= f.first_on
