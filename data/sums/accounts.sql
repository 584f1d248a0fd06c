-- Accounts that belong to others, and accounts nobody has invoiced yet (null while invoices are not connected).

select
    count(a.parent_account_id) as "with_parent | accounts | belong to another account",
    case when max(i.lines) > 0 then sum(case when b.account_id is null then 1 else 0 end) end
        as "without_invoices | accounts | without an invoice line"
from accounts as a
cross join (select count(*) as lines from invoices) as i
left join (select distinct account_id from invoices) as b on b.account_id = a.account_id
