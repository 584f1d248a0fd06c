-- People active in the four weeks up to as_of, and those of them active on ten days or more.
--
-- A week of use stays in the window until the person's next one, three more weeks at most; in each of those weeks
-- days_4, days_3 and days_2 are what is left of the person's days, and one week alone has too few. So nobody is counted
-- twice, and no person's rows are copied.
--
-- grain    one row per account_id and as_of with use in four weeks
-- unnamed  1 where somebody unknown used it

with rolling as (
    select
        account_id,
        user_id,
        week_of,
        coalesce(lead(week_no) over (partition by account_id, user_id order by week_no) - week_no, 4) as weeks_alone,
        sum(days_used) over (
            partition by account_id, user_id order by week_no range between 1 preceding and current row
        ) as days_2,
        sum(days_used) over (
            partition by account_id, user_id order by week_no range between 2 preceding and current row
        ) as days_3,
        sum(days_used) over (
            partition by account_id, user_id order by week_no range between 3 preceding and current row
        ) as days_4
    from user_weeks
),
per_week as (
    select
        account_id,
        week_of,
        max(case when user_id is null then 1 else 0 end) as unnamed,
        count(user_id) as active_0,
        sum(case when user_id is not null and weeks_alone > 1 then 1 else 0 end) as active_1,
        sum(case when user_id is not null and weeks_alone > 2 then 1 else 0 end) as active_2,
        sum(case when user_id is not null and weeks_alone > 3 then 1 else 0 end) as active_3,
        sum(case when user_id is not null and days_4 >= 10 then 1 else 0 end) as often_0,
        sum(case when user_id is not null and weeks_alone > 1 and days_3 >= 10 then 1 else 0 end) as often_1,
        sum(case when user_id is not null and weeks_alone > 2 and days_2 >= 10 then 1 else 0 end) as often_2
    from rolling
    group by account_id, week_of
)

select
    p.account_id,
    v.as_of,
    max(p.unnamed) as unnamed,
    sum(case v.weeks_ago when 0 then active_0 when 1 then active_1 when 2 then active_2 else active_3 end)
        as active_users,
    sum(case v.weeks_ago when 0 then often_0 when 1 then often_1 when 2 then often_2 else 0 end) as frequent_users
from per_week as p
join week_windows as v
    on v.week_of = p.week_of
    and v.weeks_ago < 4
group by p.account_id, v.as_of
