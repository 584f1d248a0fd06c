-- Late: paid after the due day, of the lines that are paid. Gross profit only where every line has its cost.

select
    nullif(count(distinct invoice_id), 0) as "invoices | invoices | invoices",
    count(distinct account_id) as "accounts | accounts | accounts invoiced",
    sum(net_revenue) as "net_revenue | money | net revenue",
    sum(product_cost) as "product_cost | money | product cost",
    case when count(product_cost) = count(*) then sum(net_revenue - product_cost) end
        as "gross_profit | money | net revenue less product cost",
    count(*) - count(product_cost) as "without_product_cost | rows | lines without product cost",
    count(case when net_revenue < 0 then 1 end) as "credits | rows | lines below zero: credit notes",
    count(case when ends_on > starts_on then 1 end) as "with_period | rows | lines with a service period",
    avg(case when paid_on is not null and due_on is not null then cast(paid_on > due_on as int) end)
        as "late_share | ratio | paid after the due day, of lines paid",
    avg(date_diff('day', invoiced_on, paid_on)) as "mean_days_to_settle | days | mean days from invoice to payment"
from invoices
