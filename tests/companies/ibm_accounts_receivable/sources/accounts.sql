-- Customers have no name but their id. The ids look like those of another sample of the same publisher; none is in both.
-- The country is a number without a list, and so is left out.

select distinct
    customerID as account_id,
    customerID as name
from read_csv('raw/ibm_accounts_receivable/WA_Fn-UseC_-Accounts-Receivable.csv', all_varchar = true)
