-- label  = "Sponsor left"
-- unit   = "people"
-- owner  = "Customer Success"
-- rollup = "mean"
-- absent = "zero"
-- source = "contacts"
-- reads  = ["account_weeks", "source_weeks", "weeks", "contacts"]
-- needs  = ["contacts.role", "contacts.joined_on", "contacts.left_on"]
-- says   = "empty chairs of sponsors, buyers and champions {value}, was {before}"
--
-- Sponsors, economic buyers and champions who left in 26 weeks and whose role nobody holds on the week end.
--
-- grain        one row per account_id and as_of
-- as_of        date, last day of the week
-- numerator    people who left
-- denominator  1

with gone as (
    select c.account_id, c.role, w.as_of, count(*) as people
    from weeks as w
    join contacts as c
        on c.left_on <= w.as_of
        and c.left_on > w.as_of - cast(182 as int)
    where w.is_shown and c.joined_on <= w.as_of and c.role in ('sponsor', 'economic_buyer', 'champion')
    group by c.account_id, c.role, w.as_of
),
held as (
    select distinct g.account_id, g.role, g.as_of
    from gone as g
    join contacts as c
        on c.account_id = g.account_id
        and c.role = g.role
        and c.joined_on <= g.as_of
        and (c.left_on is null or c.left_on > g.as_of)
),
empty as (
    select g.account_id, g.as_of, sum(g.people) as people
    from gone as g
    left join held as h
        on h.account_id = g.account_id
        and h.role = g.role
        and h.as_of = g.as_of
    where h.role is null
    group by g.account_id, g.as_of
)

select
    a.account_id,
    '' as item,
    a.as_of,
    coalesce(e.people, 0) as numerator,
    1 as denominator,
    cast(null as date) as evidence_on
from account_weeks as a
join source_weeks as k
    on k.source = 'contacts'
    and k.as_of = a.as_of
left join empty as e
    on e.account_id = a.account_id
    and e.as_of = a.as_of
