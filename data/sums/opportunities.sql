-- Open: no closing day yet.

select
    count(case when is_won then 1 end) as "won | deals | won",
    sum(case when is_won then amount end) as "won_amount | money | amount won",
    count(case when not is_won then 1 end) as "lost | deals | lost",
    count(*) - count(closed_on) as "open | deals | open",
    sum(case when closed_on is null then amount end) as "open_amount | money | amount of open deals",
    count(case when closed_on is null and account_id is null then 1 end)
        as "open_without_account | deals | open, without an account",
    count(*) - count(opened_on) as "without_day | deals | without the day they were opened"
from opportunities
