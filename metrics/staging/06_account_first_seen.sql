-- The day an account joined: joined_on, else the day its earliest row of any source became known. Where nothing has
-- a day at all, a list of accounts is all there is, and they count from the first week.
--
-- grain  one row per account_id with such a day

with seen as (
    select account_id, min(joined_on) as seen_on from contacts group by account_id
    union all
    select account_id, min(happened_on) from events group by account_id
    union all
    select account_id, min(starts_on) from subscriptions group by account_id
    union all
    select account_id, min(invoiced_on) from invoices group by account_id
    union all
    select account_id, min(incurred_on) from service_costs group by account_id
    union all
    select account_id, min(incurred_on) from acquisition_costs group by account_id
    union all
    select account_id, min(used_on) from usage group by account_id
    union all
    select account_id, min(cast(opened_at as date)) from tickets group by account_id
    union all
    select account_id, min(answered_on) from surveys group by account_id
    union all
    select account_id, min(opened_on) from opportunities group by account_id
    union all
    select account_id, min(started_on) from projects group by account_id
    union all
    select account_id, min(cast(started_at as date)) from outages group by account_id
    union all
    select account_id, min(happened_on) from touchpoints group by account_id
    union all
    select account_id, min(agreed_on) from goals group by account_id
    union all
    select account_id, min(assessed_on) from maturity group by account_id
    union all
    select account_id, min(opened_on) from risks group by account_id
    union all
    select account_id, min(measured_on) from standards group by account_id
    union all
    select account_id, min(rated_on) from drivers group by account_id
    union all
    select account_id, min(measured_on) from measurements group by account_id
),
earliest as (
    select account_id, min(seen_on) as seen_on from seen where seen_on is not null group by account_id
),
listed as (
    select min(as_of) as first_on
    from weeks
    where not exists (select 1 from earliest) and not exists (select 1 from accounts where joined_on is not null)
)

select a.account_id, coalesce(a.joined_on, e.seen_on, l.first_on) as joined_on, a.closed_on
from accounts as a
cross join listed as l
left join earliest as e
    on e.account_id = a.account_id
where coalesce(a.joined_on, e.seen_on, l.first_on) is not null
