-- MRR is a twelfth of ARR. A line without an end runs, also when its term ends and renews by itself.

select
    sum(arr) / 12 as "mrr | money | MRR of all lines",
    sum(case when ends_on is null then arr else 0 end) / 12 as "mrr_without_end | money | MRR of lines without an end",
    count(case when arr = 0 then 1 end) as "without_arr | rows | lines with an ARR of zero, as trials have",
    count(ends_on) as "ended | rows | lines with an end",
    count(case when ends_on is not null then end_reason end) as "ended_with_reason | rows | lines with an end and its reason"
from subscriptions
