-- Goals known, from one change to the next: from the day they were agreed, else from the day they were reached. What
-- reaching a goal brought and cost counts from the day it was reached, the client's rating from the day it was given.
--
-- grain               one row per account_id and from_on with a goal; until_on is the first day after it
-- due                 goals due or reached
-- value, client_cost  of reached goals that have both; valued counts them
-- client_cost_all     of reached goals; costed counts those that have one
-- evidence_on         newest day a goal was reached or came due; reached_on the newest reached

with spans as (
    select
        account_id, value, client_cost, rated_by_client, agreed_on, due_on,
        coalesce(agreed_on, achieved_on) as known_on,
        case when achieved_on is not null then greatest(achieved_on, coalesce(agreed_on, achieved_on)) end
            as reached_on,
        coalesce(rated_on, achieved_on) as rated_on
    from goals
),
edges as (
    select account_id, known_on as from_on from spans where known_on is not null
    union
    select account_id, reached_on as from_on from spans where reached_on is not null
    union
    select account_id, greatest(due_on, known_on) as from_on
    from spans
    where due_on is not null and known_on is not null
    union
    select account_id, greatest(rated_on, reached_on) as from_on
    from spans
    where rated_on is not null and reached_on is not null
),
levels as (
    select
        account_id,
        from_on,
        coalesce(lead(from_on) over (partition by account_id order by from_on), date '9999-12-31') as until_on
    from edges
),
known as (
    select
        l.account_id, l.from_on, l.until_on, s.agreed_on, s.value, s.client_cost,
        case when s.reached_on <= l.from_on then s.reached_on end as reached_on,
        case when s.due_on <= l.from_on then s.due_on end as due_on,
        case when s.reached_on <= l.from_on and s.rated_on <= l.from_on then s.rated_by_client end as rating
    from levels as l
    join spans as s
        on s.account_id = l.account_id
        and s.known_on <= l.from_on
)

select
    account_id,
    from_on,
    until_on,
    count(coalesce(reached_on, due_on)) as due,
    count(reached_on) as reached,
    sum(case when reached_on is not null and client_cost is not null then value end) as value,
    sum(case when reached_on is not null and value is not null then client_cost end) as client_cost,
    count(case when reached_on is not null and client_cost is not null then value end) as valued,
    sum(case when reached_on is not null then client_cost end) as client_cost_all,
    count(case when reached_on is not null then client_cost end) as costed,
    sum(rating) as rating,
    count(rating) as rated,
    min(agreed_on) as first_agreed_on,
    min(reached_on) as first_reached_on,
    max(reached_on) as reached_on,
    max(coalesce(reached_on, due_on)) as evidence_on
from known
group by account_id, from_on, until_on
