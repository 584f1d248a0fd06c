-- Accounts have no id but their name. One sector is misspelt at the source.
-- revenue is the account's own, in millions: it is not ours and is left out.

select
    account as account_id,
    account as name,
    case sector when 'technolgy' then 'technology' else sector end as industry,
    office_location as country,
    subsidiary_of as parent_account_id,
    employees
from read_csv('raw/maven_crm/accounts.csv', all_varchar = true)
