-- What winning accounts cost and how many were won, by channel and period, for periods within the months that the
-- acquisition costs cover. A cost without a channel goes to the channel of its account, if it names one.
--
-- grain         one row per kind, period and channel ('' = none said; there is one in every period)
-- is_whole      false for the period that still runs
-- cost          all of it: media + pay + hours_cost + overhead + referral
-- hours_cost    hours × hourly rate, whether or not somebody bills them
-- rows_no_cost  rows that give neither an amount nor hours with a rate
-- customers     accounts whose first paid day lies in the period; customers_older of them may have paid before
-- new_arr       their ARR on that day; null without subscriptions
-- expansion_arr ARR that accounts won earlier added in the period; null without subscriptions

with periods as (
    select p.kind, p.period, p.opens_on, p.closes_on, p.is_whole
    from period_ends as p
    cross join value_sources as s
    where year(p.closes_on) * 12 + month(p.closes_on) <= s.costs_last_month
        and year(p.opens_on + cast(1 as int)) * 12 + month(p.opens_on + cast(1 as int)) >= s.costs_first_month
),
costs as (
    select
        c.incurred_on,
        coalesce(c.channel, a.channel, '') as channel,
        coalesce(c.kind, 'media') as kind,
        c.amount,
        c.hours,
        cast(c.hours as decimal(18, 4)) * c.hourly_rate as hours_cost
    from acquisition_costs as c
    left join accounts as a on a.account_id = c.account_id
    where c.incurred_on <= $as_of
),
spent as (
    select
        p.kind, p.period, c.channel,
        sum(case when c.kind = 'media' then c.amount end) as media,
        sum(case when c.kind = 'pay' then c.amount end) as pay,
        sum(c.hours_cost) as hours_cost,
        sum(case when c.kind = 'overhead' then c.amount end) as overhead,
        sum(case when c.kind = 'referral' then c.amount end) as referral,
        sum(c.hours) as hours,
        sum(case when c.amount is null and c.hours_cost is null then 1 else 0 end) as rows_no_cost
    from periods as p
    join costs as c
        on c.incurred_on > p.opens_on
        and c.incurred_on <= p.closes_on
    group by p.kind, p.period, c.channel
),
won as (
    select
        p.kind, p.period, coalesce(a.channel, '') as channel,
        count(*) as customers,
        sum(case when f.is_older then 1 else 0 end) as customers_older,
        sum(f.arr) as new_arr
    from periods as p
    join first_paid as f
        on f.first_on > p.opens_on
        and f.first_on <= p.closes_on
    join accounts as a on a.account_id = f.account_id
    group by p.kind, p.period, coalesce(a.channel, '')
),
expanded as (
    select p.kind, p.period, coalesce(a.channel, '') as channel, sum(m.amount) as expansion_arr
    from periods as p
    join arr_movements as m
        on m.kind = p.kind
        and m.period = p.period
    join accounts as a on a.account_id = m.account_id
    where m.movement = 'expansion'
    group by p.kind, p.period, coalesce(a.channel, '')
),
named as (
    select kind, period, channel from spent
    union
    select kind, period, channel from won
    union
    select kind, period, channel from expanded
    union
    select kind, period, '' as channel from periods
)

select
    p.kind,
    p.period,
    p.opens_on,
    p.closes_on,
    p.is_whole,
    n.channel,
    s.channel is not null as has_cost,
    cast(
        coalesce(s.media, 0) + coalesce(s.pay, 0) + coalesce(s.hours_cost, 0) + coalesce(s.overhead, 0)
        + coalesce(s.referral, 0) as decimal(18, 4)
    ) as cost,
    cast(coalesce(s.media, 0) as decimal(18, 4)) as media,
    cast(coalesce(s.pay, 0) as decimal(18, 4)) as pay,
    cast(coalesce(s.hours_cost, 0) as decimal(18, 4)) as hours_cost,
    cast(coalesce(s.overhead, 0) as decimal(18, 4)) as overhead,
    cast(coalesce(s.referral, 0) as decimal(18, 4)) as referral,
    coalesce(s.hours, 0) as hours,
    coalesce(s.rows_no_cost, 0) as rows_no_cost,
    coalesce(w.customers, 0) as customers,
    coalesce(w.customers_older, 0) as customers_older,
    case when v.is_contractual then coalesce(w.new_arr, 0) end as new_arr,
    case when v.is_contractual then coalesce(e.expansion_arr, 0) end as expansion_arr
from named as n
join periods as p on p.kind = n.kind and p.period = n.period
cross join value_sources as v
left join spent as s on s.kind = n.kind and s.period = n.period and s.channel = n.channel
left join won as w on w.kind = n.kind and w.period = n.period and w.channel = n.channel
left join expanded as e on e.kind = n.kind and e.period = n.period and e.channel = n.channel
order by p.kind, p.closes_on, n.channel
