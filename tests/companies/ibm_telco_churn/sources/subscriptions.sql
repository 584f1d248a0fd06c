-- One line a customer at today's monthly charge; earlier prices are not given. It began as many months before the end
-- of the quarter as the customer's tenure; who churned did so within the quarter, taken here as on its last day.

select
    s."Customer ID" as subscription_id,
    s."Customer ID" as account_id,
    cast(date '2019-09-30' - to_months(cast(s."Tenure in Months" as int)) as date) as starts_on,
    case when c."Customer Status" = 'Churned' then date '2019-09-30' end as ends_on,
    cast(s."Monthly Charge" as decimal(18, 4)) * 12 as arr,
    case s.Contract when 'Month-to-Month' then 1 when 'One Year' then 12 when 'Two Year' then 24 end as term_months,
    c."Churn Reason" as end_reason
from raw_Telco_customer_churn_services_Telco_Churn as s
join read_csv('raw/ibm_telco_churn/Telco_customer_churn_status.csv', all_varchar = true) as c
    on c."Customer ID" = s."Customer ID"
