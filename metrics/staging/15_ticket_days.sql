-- Cases on days. A repeat is what the source says; where it says nothing, a case of the same account, product and kind
-- opened within 30 days of another one closing.
--
-- Openings and closings are put in one order, so that every opening sees the last closing before it. At one moment a
-- closing comes first, unless the case itself opened at that moment.
--
-- grain        one row per ticket_id
-- answered_on  day of the first answer; closed_on of closing; both null until then

with moments as (
    select ticket_id, account_id, product_id, kind, opened_at as happened_at, 1 as turn, cast(null as date) as closed_on
    from tickets
    union all
    select
        ticket_id, account_id, product_id, kind, closed_at as happened_at,
        case when closed_at > opened_at then 0 else 2 end as turn,
        cast(closed_at as date) as closed_on
    from tickets
    where closed_at is not null
),
openings as (
    select
        ticket_id,
        turn,
        max(closed_on) over (
            partition by account_id, product_id, kind order by happened_at, turn, ticket_id
            rows between unbounded preceding and current row
        ) as last_closed_on
    from moments
),
dated as (
    select
        t.*,
        cast(t.opened_at as date) as opened_on,
        cast(t.first_response_at as date) as answered_on,
        cast(t.closed_at as date) as closed_on,
        o.last_closed_on
    from tickets as t
    join openings as o
        on o.ticket_id = t.ticket_id
        and o.turn = 1
)

select
    ticket_id, account_id, product_id, kind, priority, csat, opened_on, answered_on, closed_on,
    coalesce(is_repeat, date_diff('day', last_closed_on, opened_on) <= 30, false) as is_repeat
from dated
