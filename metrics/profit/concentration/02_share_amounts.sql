-- What every account has of each kind that may lie on few of them, at each week end of share_ends.
--
-- Revenue, tickets, executive calls and success minutes are those of the profit window, so that they can be compared.
-- An account that is gone keeps its row while the window holds something of it. Amounts of zero are left out.
--
-- grain   one row per kind, as_of and account_id
-- kind    revenue; arr; tickets (opened); risk_arr (ARR of accounts red in Vendor Risk); for the kept weeks alone
--         executive_calls and success_minutes
-- amount  money, a count, or minutes; revenue may lie below zero

with amounts as (
    select 'revenue' as kind, p.as_of, p.account_id, p.revenue as amount
    from account_profit as p
    join share_ends as e on e.as_of = p.as_of
    union all
    select 'revenue' as kind, as_of, account_id, revenue as amount
    from older_revenue
    union all
    select 'arr' as kind, s.as_of, s.account_id, s.arr as amount
    from scored_weeks as s
    join share_ends as e on e.as_of = s.as_of
    union all
    select 'risk_arr' as kind, s.as_of, s.account_id, s.arr as amount
    from view_scores as v
    join share_ends as e on e.as_of = v.as_of
    join scored_weeks as s on s.as_of = v.as_of and s.account_id = v.account_id
    where v.view = 'vendor_risk' and v.status = 'red'
    union all
    select 'tickets' as kind, e.as_of, t.account_id, count(*) as amount
    from share_ends as e
    join tickets as t
        on cast(t.opened_at as date) > e.after_on
        and cast(t.opened_at as date) <= e.as_of
    group by e.as_of, t.account_id
    union all
    select 'executive_calls' as kind, e.as_of, t.account_id, count(*) as amount
    from share_ends as e
    join touchpoints as t on t.happened_on > e.after_on and t.happened_on <= e.as_of
    where e.is_kept and t.kind = 'executive_call'
    group by e.as_of, t.account_id
    union all
    select 'success_minutes' as kind, e.as_of, c.account_id, sum(cast(c.minutes as decimal(18, 4))) as amount
    from share_ends as e
    join service_costs as c on c.incurred_on > e.after_on and c.incurred_on <= e.as_of
    where e.is_kept and c.activity = 'success' and c.minutes is not null
    group by e.as_of, c.account_id
)

select kind, as_of, account_id, cast(amount as decimal(18, 4)) as amount
from amounts
where amount <> 0
order by kind, as_of
