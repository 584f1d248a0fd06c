-- What every account's invoice lines add to each month, spread over service periods as in the profit window.
--
-- grain  one row per month and account_id with revenue that counts in the month

with parts as (
    select
        m.month,
        l.account_id,
        l.revenue,
        l.days,
        least(l.days, date_diff('day', l.first_on, m.closes_on) + 1) as days_so_far,
        case
            when l.known_on < m.month and l.first_on < m.month then least(l.days, date_diff('day', l.first_on, m.month))
            else 0
        end as days_before
    from profit_lines as l
    join profit_months as m
        on l.known_on <= m.closes_on
        and l.first_on <= m.closes_on
        and l.last_on >= m.month
    where l.revenue <> 0
)

select
    month,
    account_id,
    cast(sum(
        case
            when days_so_far = days then revenue
            else cast(
                round(round(cast(revenue as double) * 10000) * days_so_far / (days * 100)) / 100 as decimal(18, 4)
            )
        end
        - case
            when days_before = days then revenue
            else cast(
                round(round(cast(revenue as double) * 10000) * days_before / (days * 100)) / 100 as decimal(18, 4)
            )
        end
    ) as decimal(18, 4)) as revenue
from parts
group by month, account_id
