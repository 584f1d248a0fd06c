-- Customers have no name but their id. The kind of contract parts them best: it says how easily one can leave.

select
    s."Customer ID" as account_id,
    s."Customer ID" as name,
    s.Contract as segment
from raw_Telco_customer_churn_services_Telco_Churn as s
