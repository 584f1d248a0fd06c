-- Accounts that went from one band of a view to another within a recent week: between red, amber and green, where both
-- weeks have a score.
--
-- grain  one row per account, week and view; was is the band a week before, status the one of the week

with banded as (
    select status from (values ('red'), ('amber'), ('green')) as known(status)
)
select l.as_of, l.account_id, l.view, l.was, l.status
from view_lately as l
join banded as n on n.status = l.status
join banded as b on b.status = l.was
where l.status <> l.was and l.as_of > $recent_after + cast(7 as int)
order by l.as_of, l.account_id
