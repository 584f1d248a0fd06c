-- The sponsors and economic buyers of an account on the week end, and the last two-way contact with one of them who
-- was still there, a year back at most.
--
-- grain     one row per account_id and as_of with such a person
-- last_on   date of the contact; null without one

with sponsors as (
    select account_id, contact_id, joined_on, coalesce(left_on, date '9999-12-31') as left_on
    from contacts
    where role in ('sponsor', 'economic_buyer') and joined_on is not null
),
met as (
    select t.account_id, t.contact_id, t.happened_on, s.joined_on, s.left_on
    from touch_days as t
    join sponsors as s
        on s.account_id = t.account_id
        and s.contact_id = t.contact_id
    where t.is_two_way
    group by t.account_id, t.contact_id, t.happened_on, s.joined_on, s.left_on
),
spans as (
    select
        account_id,
        happened_on,
        greatest(happened_on, joined_on) as from_on,
        least(
            left_on,
            happened_on + cast(365 as int),
            coalesce(
                lead(happened_on) over (partition by account_id, contact_id order by happened_on), date '9999-12-31'
            )
        ) as until_on
    from met
),
there as (
    select s.account_id, w.as_of, cast(null as date) as happened_on
    from weeks as w
    join sponsors as s
        on s.joined_on <= w.as_of
        and s.left_on > w.as_of
    where w.is_shown
    union all
    select s.account_id, w.as_of, s.happened_on
    from weeks as w
    join spans as s
        on s.from_on <= w.as_of
        and s.until_on > w.as_of
    where w.is_shown
)

select account_id, as_of, max(happened_on) as last_on
from there
group by account_id, as_of
