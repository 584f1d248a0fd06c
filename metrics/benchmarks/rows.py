"""One published figure, and those that are shipped."""

from functools import cache
from pathlib import Path

from pydantic import Field

from metrics.catalog import Declared
from metrics.declarations import checked, text_of, toml_of

FILE = Path(__file__).parent / "rows.toml"
NO_YEAR = "no year"
"""What stands for the year of a row whose source names none."""


class Row(Declared):
    """A figure with year, population, statistic and source.

    `value` is in `unit`: a ratio, a number, months, or money in the currency of that code. `note` says how to take it.
    `is_part`: of a part of a market, compared with only where it is picked. `is_own`: of the source `benchmarks`.
    """

    metric: str = Field(min_length=1)
    population: str = Field(min_length=1)
    year: int | None = Field(default=None, ge=1900, le=2199)
    statistic: str = Field(min_length=1)
    value: float
    unit: str = Field(min_length=1)
    source: str = Field(min_length=1)
    note: str = ""
    is_part: bool = False
    is_own: bool = False
    is_picked: bool = False
    is_comparable: bool = True
    """False for money in a currency for which there is no rate."""

    @property
    def years(self) -> str:
        """2024, or that there is no year."""
        return NO_YEAR if self.year is None else str(self.year)

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells the rows of one metric apart; a company's row takes the place of a shipped one with its key."""
        return (self.population, self.years, self.statistic)

    @property
    def pick(self) -> str:
        """How company.toml names the row."""
        return ", ".join(self.key)


class _File(Declared):
    rows: tuple[Row, ...]


@cache
def shipped() -> tuple[Row, ...]:
    """The rows that come with the product, in the order of their file."""
    return checked(_File, toml_of(text_of(FILE), FILE), FILE).rows
