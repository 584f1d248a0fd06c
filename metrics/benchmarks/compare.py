"""Which published figures a number is compared with, in words, and where a value stands among them."""

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from metrics.benchmarks.rows import Row

Write = Callable[[float], str]
"""How a value of the metric is written: `formats.share` for a ratio, `formats.money` for money."""

PREFERRED = ("median", "mean", "implied", "rule of thumb")
"""Of several statistics the first of these is compared with: a mean of a skewed spread says nothing about rank."""
YEARS_APART = 3
"""Rows that are this many years older than the newest are history, not a conflict with it."""
PERCENTS = {"median": 50, "top decile": 90, "top quartile": 75, "bottom quartile": 25, "bottom decile": 10}
SPELLED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True)
class Standing:
    """Where a value stands. `percentile` (0–100) only between two statistics that are given; `words` always."""

    percentile: float | None
    words: str
    is_above: bool | None = None
    """Above every figure compared with; None between them, and where nothing can be said."""


@dataclass(frozen=True)
class Comparison:
    """The rows a number is compared with, all of one statistic: one row, or several that disagree."""

    metric: str
    statistic: str
    rows: tuple[Row, ...]
    every: tuple[Row, ...]
    """All rows of the metric, for a table of them."""

    @property
    def low(self) -> float:
        """The least of the figures; equal to `high` where they agree."""
        return min(row.value for row in self.rows)

    @property
    def high(self) -> float:
        return max(row.value for row in self.rows)

    @property
    def unit(self) -> str:
        return self.rows[0].unit

    @property
    def is_comparable(self) -> bool:
        """False for money in a currency for which there is no rate."""
        return all(row.is_comparable for row in self.rows)

    def short(self, write: Write) -> str:
        """median 101–106 %, 2023–2025, three sources."""
        low, high = self._written(self.low, write), self._written(self.high, write)
        value = low if low == high else _range(low, high)
        return f"{self.statistic} {value}, {self._years()}, {self._sources()}"

    def words(self, write: Write) -> str:
        """The same with year, population and source of every row that is compared with."""
        if len(self.rows) == 1:
            return f"{self.statistic} {self._written(self.low, write)}, {_described(self.rows[0])}"
        told = (f"{self._written(row.value, write)}, {_described(row)}" for row in self.rows)
        return f"{self.short(write)}: {'; '.join(told)}"

    def standing(self, value: float) -> Standing:
        """Where a value stands: a percentile by straight lines between given statistics, else above or below."""
        if not self.is_comparable:
            return Standing(None, f"not comparable: in {self.unit}, for which the source rates has no rate")
        points = self._points()
        inside = [p for p in pairwise(points) if p[0][1] <= value <= p[1][1] and p[0][1] < p[1][1]]
        if inside:
            (low, at_low), (high, at_high) = inside[0]
            percentile = low + (high - low) * (value - at_low) / (at_high - at_low)
            ends = f"the {ordinal(low)} and the {ordinal(high)}"
            words = f"{ordinal(percentile)} percentile, on a straight line between {ends}"
            return Standing(percentile, words, None if self.low <= value <= self.high else value > self.high)
        return self._beside(value, points)

    def _beside(self, value: float, points: list[tuple[int, float]]) -> Standing:
        """Above or below what is known, and nothing finer."""
        if len(points) > 1:
            is_above = value > points[-1][1]
            end = points[-1][0] if is_above else points[0][0]
            name = "median" if end == 50 else f"{ordinal(end)} percentile"
            return Standing(None, f"{'above' if is_above else 'below'} the {name}", is_above)
        one, what = self.low == self.high, "implied figure" if self.statistic == "implied" else self.statistic
        if self.low <= value <= self.high:
            at = f"at the {what}" if one else f"between the lowest and the highest {what}"
            return Standing(None, at)
        name = f"{'the' if one else 'every'} {what}"
        return Standing(None, f"{'above' if value > self.high else 'below'} {name}", value > self.high)

    def _points(self) -> list[tuple[int, float]]:
        """Percent and value of the statistics published together with the one row compared with, in rising order."""
        first = self.rows[0]
        if len(self.rows) > 1 or _percent(self.statistic) is None:
            return []
        family = [row for row in self.every if (row.population, row.year) == (first.population, first.year)]
        found = {percent: row.value for row in family if (percent := _percent(row.statistic)) is not None}
        points = sorted(found.items())
        return points if all(a[1] <= b[1] for a, b in pairwise(points)) else []

    def _written(self, value: float, write: Write) -> str:
        """The value as it is written; in its own currency where there is no rate."""
        return write(value) if self.is_comparable else f"{value:,.0f}\u00a0{self.unit}"

    def _years(self) -> str:
        years = sorted({row.year for row in self.rows if row.year is not None})
        named = f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0]) if years else "year not given"
        return f"{named} or not given" if years and any(row.year is None for row in self.rows) else named

    def _sources(self) -> str:
        count = len({row.source for row in self.rows})
        return f"{_spelled(count)} source{'' if count == 1 else 's'}"


def compare(rows: pd.DataFrame, metric: str, chosen: str | None = None) -> Comparison | None:
    """What a metric is compared with; None where no row is known.

    `rows` are those of `benchmark_rows`. The row that `chosen` names ("population, year, statistic") or that
    `company.toml` picks; else all rows of one statistic, median before mean, that are of whole markets and at most
    three years older than the newest: where they disagree they are a range. Raises `ValueError` for an unknown
    `chosen`.
    """
    every = tuple(_row(values) for values in rows[rows["metric"] == metric].to_dict("records"))
    if chosen is not None:
        picked = [row for row in every if row.pick == chosen]
        if not picked:
            raise ValueError(f"No row of {metric} is called {chosen!r}. There are: {'; '.join(r.pick for r in every)}.")
    else:
        picked = [row for row in every if row.is_picked] or _usual(every)
    return Comparison(metric, picked[0].statistic, tuple(picked), every) if picked else None


def _usual(every: tuple[Row, ...]) -> list[Row]:
    """The rows a metric is compared with where none is picked."""
    wide = [row for row in every if not row.is_part] or list(every)
    statistic = next((name for name in PREFERRED if any(row.statistic == name for row in wide)), None)
    same = [row for row in wide if row.statistic == statistic]
    newest = max((row.year for row in same if row.year is not None), default=None)
    return [row for row in same if newest is None or row.year is None or row.year > newest - YEARS_APART]


def _row(values: Mapping[Hashable, Any]) -> Row:
    """A row of the table as an object; a missing year is None here."""
    year = values["year"]
    return Row.model_validate({**values, "year": None if pd.isna(year) else int(year)})


def _percent(statistic: str) -> int | None:
    """50 for a median, 25 for p25; None for what has no place among percentiles, such as a mean."""
    found = re.fullmatch(r"p(\d{1,2})", statistic.casefold())
    return int(found[1]) if found else PERCENTS.get(statistic.casefold())


def _described(row: Row) -> str:
    note = f", {row.note}" if row.note else ""
    return f"{'year not given' if row.year is None else row.year}, {row.population} ({row.source}{note})"


def _range(low: str, high: str) -> str:
    """101–106 %: a unit behind both is written once."""
    number, space, unit = low.partition("\u00a0")
    return f"{number}–{high}" if space and high.endswith(space + unit) else f"{low}–{high}"


def ordinal(percent: float) -> str:
    """61st, 50th: to the whole percentile."""
    whole = round(percent)
    ending = "th" if 10 <= whole % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(whole % 10, "th")
    return f"{whole}{ending}"


def _spelled(n: int) -> str:
    return SPELLED[n] if n < len(SPELLED) else str(n)
