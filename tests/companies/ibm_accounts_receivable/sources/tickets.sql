-- A disputed invoice is a case of its customer. The day of the dispute is not given: it lies between the invoice and its
-- settlement, so the case is open as long as that.

select
    'dispute of ' || invoiceNumber as ticket_id,
    customerID as account_id,
    strptime(InvoiceDate, '%m/%d/%Y') as opened_at,
    strptime(SettledDate, '%m/%d/%Y') as closed_at,
    'question' as kind
from read_csv('raw/ibm_accounts_receivable/WA_Fn-UseC_-Accounts-Receivable.csv', all_varchar = true)
where Disputed = 'Yes'
