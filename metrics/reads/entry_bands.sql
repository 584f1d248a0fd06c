-- One view: accounts and ARR by status of each measure and week, with the two parts of its value, for the weeks after
-- $bands_after.

select
    $view as view, p.grp, p.entry, p.as_of,
    coalesce(a.segment, '') as segment, coalesce(a.region, '') as region, coalesce(a.csm, '') as csm,
    case
        when p.state <> 'ok' then p.state
        when p.points <= case when p.is_mean then 50 else 0 end then 'red'
        when p.is_mean and p.points <= 75 then 'amber'
        when not p.is_mean and p.points < 100 then 'amber'
        else 'green'
    end as status,
    count(*) as accounts, sum(s.weight_arr) as arr,
    sum(p.numerator) as numerator, sum(p.denominator) as denominator
from entry_points as p
join scored_weeks as s on s.account_id = p.account_id and s.as_of = p.as_of
join accounts as a on a.account_id = p.account_id
where p.item = '' and p.as_of > $bands_after
group by
    p.grp, p.entry, p.as_of, coalesce(a.segment, ''), coalesce(a.region, ''), coalesce(a.csm, ''),
    case
        when p.state <> 'ok' then p.state
        when p.points <= case when p.is_mean then 50 else 0 end then 'red'
        when p.is_mean and p.points <= 75 then 'amber'
        when not p.is_mean and p.points < 100 then 'amber'
        else 'green'
    end
