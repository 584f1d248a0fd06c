-- Features owned and, of those, used in the four weeks up to as_of.
--
-- grain  one row per account_id and live as_of of an account that owns a feature

select
    o.account_id,
    o.as_of,
    sum(bit_count(o.features)) as owned,
    sum(bit_count(o.features & coalesce(u.features, 0))) as used,
    sum(bit_count(o.advanced)) as owned_advanced,
    sum(bit_count(o.advanced & coalesce(u.features, 0))) as used_advanced
from owned_features as o
left join feature_4_weeks as u
    on u.account_id = o.account_id
    and u.as_of = o.as_of
    and u.bank = o.bank
group by o.account_id, o.as_of
