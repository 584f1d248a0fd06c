-- Dates are month/day/year. Every invoice is settled; one is late when it was settled after its due date.

select
    invoiceNumber as invoice_line_id,
    invoiceNumber as invoice_id,
    customerID as account_id,
    cast(strptime(InvoiceDate, '%m/%d/%Y') as date) as invoiced_on,
    cast(strptime(DueDate, '%m/%d/%Y') as date) as due_on,
    cast(strptime(SettledDate, '%m/%d/%Y') as date) as paid_on,
    cast(InvoiceAmount as decimal(18, 4)) as net_revenue
from read_csv('raw/ibm_accounts_receivable/WA_Fn-UseC_-Accounts-Receivable.csv', all_varchar = true)
