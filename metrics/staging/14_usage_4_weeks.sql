-- People active in the four weeks up to as_of, and those of them active on ten days or more.
--
-- A week of use stays in the window until the person's next one, three more weeks at most; in each of those weeks
-- days_4, days_3 and days_2 are what is left of the person's days, and one week alone has too few. So nobody is counted
-- twice, and no person's rows are copied. At most three weeks of use lie in a window before one, so they are looked up
-- (no_1 to no_3) rather than summed over ranges.
--
-- grain    one row per account_id and as_of with use in four weeks
-- unnamed  1 where somebody unknown used it

with weeks_used as (
    select
        account_id,
        user_id,
        week_of,
        week_no,
        cast(days_used as int) as days_used,
        lead(week_no) over (partition by account_id, user_id order by week_no) as next_no,
        lag(week_no, 1) over (partition by account_id, user_id order by week_no) as no_1,
        lag(week_no, 2) over (partition by account_id, user_id order by week_no) as no_2,
        lag(week_no, 3) over (partition by account_id, user_id order by week_no) as no_3,
        lag(cast(days_used as int), 1) over (partition by account_id, user_id order by week_no) as days_1,
        lag(cast(days_used as int), 2) over (partition by account_id, user_id order by week_no) as days_2,
        lag(cast(days_used as int), 3) over (partition by account_id, user_id order by week_no) as days_3
    from user_weeks
),
rolling as (
    select
        account_id,
        user_id,
        week_of,
        coalesce(next_no - week_no, 4) as weeks_alone,
        days_used
            + case when no_1 >= week_no - 1 then days_1 else 0 end as days_2,
        days_used
            + case when no_1 >= week_no - 2 then days_1 else 0 end
            + case when no_2 >= week_no - 2 then days_2 else 0 end as days_3,
        days_used
            + case when no_1 >= week_no - 3 then days_1 else 0 end
            + case when no_2 >= week_no - 3 then days_2 else 0 end
            + case when no_3 >= week_no - 3 then days_3 else 0 end as days_4
    from weeks_used
),
per_week as (
    select
        account_id,
        week_of,
        max(case when user_id is null then 1 else 0 end) as unnamed,
        count(user_id) as active_0,
        cast(count(case when user_id is not null and weeks_alone > 1 then 1 end) as int) as active_1,
        cast(count(case when user_id is not null and weeks_alone > 2 then 1 end) as int) as active_2,
        cast(count(case when user_id is not null and weeks_alone > 3 then 1 end) as int) as active_3,
        cast(count(case when user_id is not null and days_4 >= 10 then 1 end) as int) as often_0,
        cast(count(case when user_id is not null and weeks_alone > 1 and days_3 >= 10 then 1 end) as int) as often_1,
        cast(count(case when user_id is not null and weeks_alone > 2 and days_2 >= 10 then 1 end) as int) as often_2
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
