"""Return on People of every month that is over: twelve months of net income over the average headcount of those months.

Amounts are exact fractions of what the books say: nothing is rounded before it is shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

MONTHS = 12
NOT_CONNECTED = "not connected: finance.net_income and finance.fte"
AVERAGING = "average of the twelve months’ full-time equivalents (FTE)"
"""How headcount is taken: one that grew through the year is neither its first nor its last month's."""


@dataclass(frozen=True)
class Month:
    """A month of the books, '2026-10': net income, and full-time-equivalent employees."""

    month: str
    net_income: Decimal
    fte: Decimal

    @property
    def nth(self) -> int:
        """Months since year 0, to tell what follows on what."""
        year, month = self.month.split("-")
        return int(year) * 12 + int(month) - 1


@dataclass(frozen=True)
class Return:
    """The twelve months that end with `month`: `profit`, average `fte`; `missing` says why `value` is None."""

    month: str
    profit: Fraction | None = None
    fte: Fraction | None = None
    missing: str | None = None

    @property
    def value(self) -> Fraction | None:
        """Net income for each full-time equivalent; below zero in a year of losses."""
        return self.profit / self.fte if self.profit is not None and self.fte and not self.missing else None


def returns(months: Iterable[Month], last: str | None = None) -> list[Return]:
    """One `Return` for each month of the books up to `last`, oldest first; empty without any.

    A month without twelve in a row up to it, or with a headcount that can't be divided by, says so in `missing`.
    """
    by_nth = {month.nth: month for month in months if last is None or month.month <= last}
    return [_return(by_nth, nth) for nth in sorted(by_nth)]


def _return(by_nth: Mapping[int, Month], nth: int) -> Return:
    month = by_nth[nth].month
    year = [by_nth[at] for at in range(nth - MONTHS + 1, nth + 1) if at in by_nth]
    if len(year) < MONTHS:
        return Return(month, missing=f"finance has {len(year)} of the twelve months to {month}")
    profit, fte = sum((Fraction(m.net_income) for m in year), Fraction()), _average(year)
    return Return(month, profit, fte, _no_headcount(year))


def _average(year: Sequence[Month]) -> Fraction:
    return sum((Fraction(month.fte) for month in year), Fraction()) / len(year)


def _no_headcount(year: Sequence[Month]) -> str | None:
    """Why a headcount is none: a month with nobody is a hole in the books rather than a company without people."""
    wrong = [month for month in year if month.fte <= 0]
    if not wrong:
        return None
    what = "0" if wrong[-1].fte == 0 else "less than 0"
    more = f" and {len(wrong) - 1} more of its twelve months" if len(wrong) > 1 else ""
    return f"finance.fte is {what} in {wrong[-1].month}{more}: correct it there"
