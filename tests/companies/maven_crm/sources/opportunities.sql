-- The product list says "GTX Pro", the pipeline "GTXPro" in 1,480 rows.
-- 1,425 open deals name no account yet: they are loaded, and count for the company only. Deals in prospecting have no
-- day either, so they enter nothing that is dated. A lost deal has the value 0, an open one none.
-- Nothing says whether a deal is new business or expansion, so the kind is not connected.

select
    opportunity_id,
    account as account_id,
    case product when 'GTXPro' then 'GTX Pro' else product end as product_id,
    cast(engage_date as date) as opened_on,
    cast(close_date as date) as closed_on,
    cast(close_value as decimal(18, 4)) as amount,
    deal_stage as stage,
    case deal_stage when 'Won' then true when 'Lost' then false end as is_won
from read_csv('raw/maven_crm/sales_pipeline.csv', all_varchar = true)
