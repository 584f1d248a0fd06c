"""What others reach: dated rows of published figures, a company's own beside them, and what to compare a number with.

A build puts every row into the table `benchmark_rows` (`put_benchmarks`); a read of it is what `compare` takes:

    found = compare(benchmark_rows, "net_revenue_retention")
    if found:
        found.low, found.high          # 1.01, 1.06: equal where one row is compared with
        found.words(formats.share)     # "median 101–106 %, 2023–2025, three sources: Benchmarkit 2025 report (…), …"
        found.short(formats.share)     # "median 101–106 %, 2023–2025, three sources"
        found.standing(1.02).words     # "between the lowest and the highest median"

Metrics: net_revenue_retention, gross_revenue_retention, gross_dollar_churn, new_cac_ratio, blended_cac_ratio,
cac_payback (months), quick_ratio, expansion_share, return_on_people (money), and those of the source `benchmarks`.
`company.toml` picks the row of a metric as "population, year, statistic".
"""

from metrics.benchmarks.compare import Comparison, Standing, compare
from metrics.benchmarks.rows import NO_YEAR, Row, shipped
from metrics.benchmarks.table import BENCHMARK_TABLES, benchmark_rows, put_benchmarks

__all__ = [
    "BENCHMARK_TABLES",
    "NO_YEAR",
    "Comparison",
    "Row",
    "Standing",
    "benchmark_rows",
    "compare",
    "put_benchmarks",
    "shipped",
]
