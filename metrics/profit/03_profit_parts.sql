-- What every account's lines add to each profit window.
--
-- Recognised by a day: round(total × days so far ÷ days, 2), and the total itself on the last day. A window is one
-- such sum less another, so the windows of consecutive weeks add back to every line to the cent. Money is taken in
-- whole ten-thousandths before it is divided: the quotient of two whole numbers rounds halves the same everywhere.
--
-- grain  one row per account_id and as_of with a line that counts in the window

with so_far as (
    select
        l.*,
        e.as_of,
        e.sign,
        least(l.days, date_diff('day', l.first_on, e.edge_on) + 1) as days_so_far
    from profit_lines as l
    join profit_edges as e
        on l.known_on <= e.edge_on
        and l.first_on <= e.edge_on
        and l.last_on > e.after_on
)

select
    account_id,
    as_of,
    sum(sign * case
        when days_so_far = days then revenue
        else cast(round(round(cast(revenue as double) * 10000) * days_so_far / (days * 100)) / 100 as decimal(18, 4))
    end) as revenue,
    sum(sign * case
        when days_so_far = days then product_cost
        else cast(round(round(cast(product_cost as double) * 10000) * days_so_far / (days * 100)) / 100 as decimal(18, 4))
    end) as product_cost,
    sum(service_amount) as service_amount,
    sum(service_timed) as service_timed,
    max(lines_no_cost) as lines_no_cost,
    max(costs_no_amount) as costs_no_amount
from so_far
group by account_id, as_of
