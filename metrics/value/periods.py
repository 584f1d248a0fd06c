"""The months and fiscal quarters a company is looked at in, and the days on which its value is taken."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

QUARTER = 3


@dataclass(frozen=True)
class Period:
    """A month or a fiscal quarter. Its movements lie after `opens_on`, up to and with `closes_on`."""

    kind: str
    period: str
    opens_on: date
    closes_on: date
    is_whole: bool
    """False while the period runs: it closes on the day the numbers describe."""


@dataclass(frozen=True)
class Quarter:
    """A fiscal quarter from its first day up to, not including, the first day of the next."""

    cohort: str
    cohort_on: date
    ends_on: date


def period_ends(first: date, as_of: date, fiscal_year_starts: int = 1) -> list[Period]:
    """Every month, then every fiscal quarter, with a day between `first` and `as_of`, oldest first."""
    months = [
        _period("month", f"{day:%Y-%m}", day, _month_on(day, 1), as_of)
        for day in _starts(first.replace(day=1), 1, as_of)
    ]
    begins = quarter_start(first, fiscal_year_starts)
    quarters = [
        _period("quarter", quarter_name(day, fiscal_year_starts), day, _month_on(day, QUARTER), as_of)
        for day in _starts(begins, QUARTER, as_of)
    ]
    return [*months, *quarters]


def quarters(first: date, n: int, fiscal_year_starts: int = 1) -> list[Quarter]:
    """The fiscal quarter in which `first` lies and the n − 1 after it."""
    begins = quarter_start(first, fiscal_year_starts)
    days = [_month_on(begins, QUARTER * nth) for nth in range(n + 1)]
    return [Quarter(quarter_name(day, fiscal_year_starts), day, ends) for day, ends in pairwise(days)]


def quarters_to(last: date, n: int, fiscal_year_starts: int = 1) -> list[Quarter]:
    """The fiscal quarter in which `last` lies and the n − 1 before it, oldest first."""
    begins = quarter_start(last, fiscal_year_starts)
    return quarters(_month_on(begins, -QUARTER * (n - 1)), n, fiscal_year_starts)


def quarter_start(day: date, fiscal_year_starts: int = 1) -> date:
    """First day of the fiscal quarter in which a day lies."""
    return _month_on(day.replace(day=1), -((day.month - fiscal_year_starts) % QUARTER))


def quarter_name(day: date, fiscal_year_starts: int = 1) -> str:
    """'2026 Q3', or 'FY2026 Q3' where the fiscal year is not the calendar's: it is named for the year it ends in."""
    nth = (day.month - fiscal_year_starts) % 12 // QUARTER + 1
    if fiscal_year_starts == 1:
        return f"{day.year} Q{nth}"
    return f"FY{day.year + (day.month >= fiscal_year_starts)} Q{nth}"


def year_before(day: date) -> date:
    """The same day a year before; for 29 February the 28th."""
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def _period(kind: str, name: str, begins: date, next_begins: date, as_of: date) -> Period:
    last = next_begins - timedelta(days=1)
    return Period(kind, name, begins - timedelta(days=1), min(last, as_of), last <= as_of)


def _starts(begins: date, months: int, as_of: date) -> Iterator[date]:
    while begins <= as_of:
        yield begins
        begins = _month_on(begins, months)


def _month_on(first_of_month: date, months: int) -> date:
    """First day of the month that lies so many months on."""
    month_no = first_of_month.year * 12 + first_of_month.month - 1 + months
    return date(month_no // 12, month_no % 12 + 1, 1)
