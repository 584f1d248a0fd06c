"""Which row of the source `targets` holds for a month."""

from collections.abc import Iterable
from datetime import date

from metrics.value.periods import quarter_name


def target(rows: Iterable[tuple[str, float]], day: date, fiscal_year_starts: int = 1) -> tuple[str, float] | None:
    """Period and value of the goal that holds on a day, the narrowest there is: of its month, quarter or year.

    `rows` are period and value of one metric. Periods are written 2026-10, 2026 Q3 (2026-Q3, FY2026 Q3) or 2026
    (FY2026), quarters and years being those of the fiscal year, named for the calendar year it ends in. None without
    one for the day.
    """
    quarter = quarter_name(day, fiscal_year_starts)
    year = quarter.split(" ")[0]
    known = {_folded(period): (period, value) for period, value in rows}
    wanted = (f"{day:%Y-%m}", quarter, year)
    return next((known[_folded(period)] for period in wanted if _folded(period) in known), None)


def _folded(period: str) -> str:
    """2026Q3 for FY2026-Q3; a month keeps its dash, which nothing else has between figures."""
    plain = period.upper().replace(" ", "").removeprefix("FY")
    return plain.replace("-Q", "Q")
