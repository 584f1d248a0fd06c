-- One bit per feature, 62 to a bank, so that sets of features are or-ed and counted as numbers.
--
-- grain         one row per feature
-- bit           the feature's own bit in its bank
-- advanced_bit  the same where the feature is advanced, else 0

with numbered as (
    select feature, product_id, is_advanced, row_number() over (order by feature) - 1 as feature_no
    from features
)

select
    feature,
    product_id,
    cast(floor(feature_no / 62) as int) as bank,
    cast(power(2, feature_no % 62) as bigint) as bit,
    case when is_advanced then cast(power(2, feature_no % 62) as bigint) else cast(0 as bigint) end as advanced_bit
from numbered
