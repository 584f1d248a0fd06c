-- Every combination of what screens can filter accounts by, under a number: tables are cut by it and named afterwards.

select cast(row_number() over (order by segment, region, csm) as int) as cut_no, segment, region, csm
from (
    select distinct coalesce(segment, '') as segment, coalesce(region, '') as region, coalesce(csm, '') as csm
    from accounts
) as combinations
