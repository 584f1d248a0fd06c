-- Features anyone at an account used in the four weeks up to as_of.
--
-- grain     one row per account_id, as_of and bank of features
-- features  bits of the features used

with per_week as (
    select u.account_id, d.as_of as week_of, f.bank, bit_or(f.bit) as features
    from usage as u
    join days as d
        on d.day_on = u.used_on
    join feature_bits as f
        on f.feature = u.feature
    group by u.account_id, d.as_of, f.bank
)

select p.account_id, v.as_of, p.bank, bit_or(p.features) as features
from per_week as p
join week_windows as v
    on v.week_of = p.week_of
    and v.weeks_ago < 4
group by p.account_id, v.as_of, p.bank
