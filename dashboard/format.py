"""How one company writes its numbers: money, shares, points and dates, by its locale and currency.

A real minus, a no-break space before a unit, at most one decimal, and a dash for what is missing.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import pandas as pd
from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime
from babel.numbers import format_compact_currency, format_currency, format_decimal, get_decimal_symbol

MINUS = "\u2212"
NBSP = "\u00a0"
MISSING = "–"
NO_CHANGE = "·"
MILLION = 999_500  # what rounds to a million
BEYOND = 1e15  # no company has a number that large; it is shown, not written out

Number = float | int | None


def missing(value: Any) -> bool:
    """Whether there is no value: None, NA, NaN or NaT."""
    return value is None or value is pd.NA or bool(value != value)


@dataclass(frozen=True)
class Formats:
    """Writes values the way one company reads them."""

    locale: str = "en_US"
    currency: str = "USD"

    def __post_init__(self) -> None:
        """An unknown locale falls back to English rather than failing a screen."""
        try:
            Locale.parse(self.locale)
        except (UnknownLocaleError, ValueError):
            object.__setattr__(self, "locale", "en_US")

    def money(self, value: Number, sign: bool = False) -> str:
        """$840K, $11.3M, −$3.1M: one decimal from a million, none below, the sign before the currency."""
        return _signed(value, lambda v: _compact(v, self.currency, self.locale), sign)

    def whole(self, value: Number) -> str:
        """$1,181, $56K: in full below 10,000, for amounts of one account that would all read $1K."""
        if missing(value) or abs(value or 0) >= 9_999.5:
            return self.money(value)
        return _signed(value, lambda v: _full(float(round(v)), self.currency, self.locale))

    def exact(self, value: Number) -> str:
        """Money to the cent, for tables one adds up."""
        return _signed(value, lambda v: str(format_currency(v, self.currency, locale=self.locale)))

    def share(self, value: Number, digits: int = 0) -> str:
        """57 %, or 13.0 % with `digits` where a weekly change matters."""
        return _signed(value, lambda v: f"{self.number(v * 100, digits)}{NBSP}%")

    def points(self, value: Number) -> str:
        """A change of a share, in percentage points without a sign: an arrow or a word gives the direction."""
        return MISSING if missing(value) else f"{self.number(abs(value or 0) * 100, 1)}{NBSP}pts"

    def number(self, value: Number, digits: int = 0) -> str:
        """A plain number with the locale's separators and exactly `digits` decimals."""
        return _signed(value, lambda v: _decimal(v, digits, self.locale))

    def count(self, value: Number) -> str:
        """A count, in full."""
        return self.number(value, 0)

    def change(self, value: Number, write: Callable[[float], str] | None = None) -> str:
        """A change with its sign; a middle dot for none."""
        if missing(value):
            return MISSING
        text = (write or self.count)(abs(value or 0))
        if not any(c in "123456789" for c in text):
            return NO_CHANGE
        return (MINUS if (value or 0) < 0 else "+") + text

    def value(self, value: Number, unit: str, finer: int = 0) -> str:
        """A measure's value in its unit: ratios as percent, money as money, anything else as a plain number.

        `finer` adds decimals, for two values that would read alike.
        """
        if missing(value):
            return MISSING
        assert value is not None
        if unit == "ratio":
            return self.share(value, finer + (1 if 0 < abs(value) < 0.1 or 0.95 < value < 1 else 0))
        if unit == "money":
            return self.money(value)
        return self.number(value, finer + (0 if abs(value - round(value)) < 0.05 else 2 if abs(value) < 1 else 1))

    def values(self, now: Number, before: Number, unit: str) -> tuple[str, str]:
        """Two values side by side, with as many decimals as it takes to tell them apart."""
        texts = [(self.value(now, unit, finer), self.value(before, unit, finer)) for finer in (0, 1, 2)]
        return next((pair for pair in texts if pair[0] != pair[1]), texts[0])

    def measured(self, value: Number, unit: str) -> str:
        """The value with its unit behind it where the value does not carry one."""
        text = self.value(value, unit)
        return text if text == MISSING or unit in ("ratio", "money") else f"{text}{NBSP}{unit}"

    def day(self, value: date | None) -> str:
        """15 Nov 2026."""
        return MISSING if missing(value) else str(format_date(value, "d MMM y", locale=self.locale))

    def short_day(self, value: date | None) -> str:
        """15 Nov."""
        return MISSING if missing(value) else str(format_date(value, "d MMM", locale=self.locale))

    def long_day(self, value: date | None) -> str:
        """Sunday 15 November 2026."""
        return MISSING if missing(value) else str(format_date(value, "EEEE d MMMM y", locale=self.locale))

    def month(self, value: date | None) -> str:
        """Nov 2026."""
        return MISSING if missing(value) else str(format_date(value, "MMM y", locale=self.locale))

    def short_month(self, value: date | None) -> str:
        """Nov 26."""
        return MISSING if missing(value) else str(format_date(value, "MMM yy", locale=self.locale))

    def moment(self, value: datetime | None) -> str:
        """16 Nov 2026, 05:12."""
        return MISSING if missing(value) else str(format_datetime(value, "d MMM y, HH:mm", locale=self.locale))

    def cell(self, value: Any) -> str:
        """Any value of a source row, as one reads it."""
        if missing(value):
            return ""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, int | float):
            return self.number(value, 0 if float(value).is_integer() else 2)
        return str(value) if not hasattr(value, "quantize") else self.number(float(value), 2)


def week_number(day: date) -> int:
    """The ISO week a week end lies in."""
    return day.isocalendar().week


def _signed(value: Number, write: Callable[[float], str], sign: bool = False) -> str:
    """The magnitude as `write` has it, behind a real minus (or, when asked, a plus); zero never has a sign."""
    if missing(value):
        return MISSING
    assert value is not None
    amount = float(value)
    if math.isinf(amount):
        return MISSING
    text = write(abs(amount)) if abs(amount) < BEYOND else f"{abs(amount):.1e}"
    if amount == 0 or not any(c in "123456789" for c in text):
        return text
    return MINUS + text if amount < 0 else "+" + text if sign else text


@lru_cache(maxsize=50_000)
def _compact(value: float, currency: str, locale: str) -> str:
    """Compact money; one decimal from a million on even when it is a zero, so that a column lines up."""
    if value < MILLION:
        text = str(format_compact_currency(float(round(value)), currency, locale=locale, fraction_digits=0))
        return re.sub(r"\d{4,}", lambda digits: _decimal(int(digits.group()), 0, locale), text)
    text = str(format_compact_currency(max(value, 1_000_000), currency, locale=locale, fraction_digits=1))
    mark = get_decimal_symbol(locale)
    digits = re.search(r"\d+", text)
    if digits is None or mark in text or len(digits.group()) > 3:
        return text
    return f"{text[: digits.end()]}{mark}0{text[digits.end() :]}"


@lru_cache(maxsize=50_000)
def _full(value: float, currency: str, locale: str) -> str:
    """Money without decimals and without a letter for thousands."""
    pattern = Locale.parse(locale).currency_formats["standard"].pattern.replace(".00", "")
    return str(format_currency(value, currency, pattern, locale=locale, currency_digits=False))


@lru_cache(maxsize=50_000)
def _decimal(value: float, digits: int, locale: str) -> str:
    return str(format_decimal(round(value, digits), "#,##0" + ("." + "0" * digits if digits else ""), locale=locale))
