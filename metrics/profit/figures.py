"""The company's profit figures: the six of the customer profit ratio, and how concentrated revenue is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from metrics.profit.money import money, whole

NOBODY = "no account with an invoice line in the profit window"
NO_PROFIT = "a cost is missing for every account"
NO_LOSERS = "no account loses money"
NO_WINNERS = "no account earns money"
NOT_ABOVE_ZERO = "total profit is not above zero"
NO_REVENUE = "no account has revenue above zero"


@dataclass(frozen=True)
class ProfitFigures:
    """Profit of the accounts with a line in the profit window. Counts go by band (τ), money by sign.

    A figure that cannot be said is None, and `missing` has its name with the reason in words. Shares are ratios.
    Source: our definition; of the customer profit ratio only names were published, not the arithmetic.
    """

    accounts: int
    """Accounts with a line in the window; also those without a profit or a band."""
    n_plus: int | None
    """n₊: profitable accounts, margin above τ."""
    n_zero: int | None
    """n₀: marginal accounts, margin within ±τ."""
    n_minus: int | None
    """n₋: unprofitable accounts, margin below −τ, or a loss without revenue above zero."""
    n_unknown: int
    """Accounts whose profit is missing because a cost is."""
    n_idle: int
    """Accounts with neither revenue nor cost: in no band."""
    revenue: float | None
    """Σ net revenue, of every account."""
    profit: float | None
    """Σπ of the accounts whose profit is known, π = net revenue − product cost − service cost."""
    gains: float | None
    """Σπ₊ over accounts with π > 0."""
    losses: float | None
    """|Σπ₋| over accounts with π < 0."""
    cpr_count: float | None
    """Customer profit ratio by count: n₊ ÷ n₋."""
    cpr_money: float | None
    """Customer profit ratio in money: Σπ₊ ÷ |Σπ₋|."""
    erosion: float | None
    """Profit erosion: |Σπ₋| ÷ Σπ₊."""
    whale_peak: float | None
    """Top of the whale curve: Σπ₊ ÷ Σπ. None unless Σπ > 0."""
    break_even_prize: float | None
    """|Σπ₋|: what bringing every loss to break-even is worth."""
    accounts_to_80: int | None
    """Smallest k whose largest k revenues reach 80 % of all revenue above zero."""
    top_20_share: float | None
    """Share of revenue of the ceil(0.2 n) largest of the n accounts with revenue above zero."""
    top_20_profit_share: float | None
    """Share of Σπ of the ceil(0.2 n) most profitable of the n accounts with a profit. None unless Σπ > 0."""
    hhi: float | None
    """Herfindahl–Hirschman: Σ sᵢ² over the revenue shares of accounts above zero; 1 = one account brings all."""
    missing: Mapping[str, str] = field(default_factory=dict)
    """Name of each figure that is None, with the reason in words."""

    @property
    def split(self) -> tuple[float, float, float] | None:
        """CPR split n₊ : n₀ : n₋ as shares of the accounts in a band; None where there is none."""
        if self.n_plus is None or self.n_zero is None or self.n_minus is None:
            return None
        banded = self.n_plus + self.n_zero + self.n_minus
        return (self.n_plus / banded, self.n_zero / banded, self.n_minus / banded) if banded else None


def profit_figures(rows: pd.DataFrame, missing: str | None = None) -> ProfitFigures:
    """The figures of one week end from its rows of `account_profit` (`revenue`, `profit`, `band`), or a part of them.

    `missing`: why the company has no profit at all (`missing_words`); every profit figure is then None with it.
    """
    values: dict[str, float | int | None] = {}
    words: dict[str, str] = {}
    for part in (_counts(rows, missing), _money(rows, missing), _concentration(rows)):
        for name, (value, why) in part.items():
            values[name] = value
            if value is None:
                words[name] = why
    known = rows["profit"].notna()
    return ProfitFigures(
        accounts=len(rows),
        n_unknown=int((~known).sum()),
        n_idle=int((known & rows["band"].isna()).sum()),
        missing=words,
        **values,  # type: ignore[arg-type]
    )


_Part = dict[str, tuple[float | int | None, str]]
"""Figures by name, each with the words for why it may be None."""


def _counts(rows: pd.DataFrame, missing: str | None) -> _Part:
    """Accounts by band, and their ratio."""
    why = _no_profit(rows, missing)
    if why:
        return dict.fromkeys(("n_plus", "n_zero", "n_minus", "cpr_count"), (None, why))
    n_plus, n_zero, n_minus = (int((rows["band"] == band).sum()) for band in ("profitable", "marginal", "unprofitable"))
    return {
        "n_plus": (n_plus, ""),
        "n_zero": (n_zero, ""),
        "n_minus": (n_minus, ""),
        "cpr_count": (_ratio(n_plus, n_minus), NO_LOSERS),
    }


def _money(rows: pd.DataFrame, missing: str | None) -> _Part:
    """Profit, what is earned and lost in it, and their ratios."""
    why = _no_profit(rows, missing)
    if why:
        names = ("profit", "gains", "losses", "cpr_money", "erosion", "whale_peak", "break_even_prize")
        return dict.fromkeys((*names, "top_20_profit_share"), (None, why))
    profits = whole(rows.loc[rows["profit"].notna(), "profit"])
    gains, losses = int(profits[profits > 0].sum()), -int(profits[profits < 0].sum())
    total = max(gains - losses, 0)
    return {
        "profit": (money(gains - losses), ""),
        "gains": (money(gains), ""),
        "losses": (money(losses), ""),
        "cpr_money": (_ratio(gains, losses), NO_LOSERS),
        "erosion": (_ratio(losses, gains), NO_WINNERS),
        "whale_peak": (_ratio(gains, total), NOT_ABOVE_ZERO),
        "break_even_prize": (money(losses), ""),
        "top_20_profit_share": (_ratio(_top_fifth(profits), total), NOT_ABOVE_ZERO),
    }


def _concentration(rows: pd.DataFrame) -> _Part:
    """How much of the revenue few accounts bring; an account at or below zero brings none."""
    if rows.empty:
        return dict.fromkeys(("revenue", "accounts_to_80", "top_20_share", "hhi"), (None, NOBODY))
    revenues = whole(rows["revenue"])
    above = revenues[revenues > 0]
    total = int(above.sum())
    return {
        "revenue": (money(int(revenues.sum())), ""),
        "accounts_to_80": (accounts_to_80(above) or None, NO_REVENUE),
        "top_20_share": (_ratio(_top_fifth(above), total), NO_REVENUE),
        "hhi": (float(np.square(above / total).sum()) if total else None, NO_REVENUE),
    }


def accounts_to_80(revenues: np.ndarray) -> int:
    """Smallest number of the largest revenues (whole units, above zero) that reach 80 % of them all; 0 for none."""
    running = np.cumsum(np.sort(revenues)[::-1])
    return int(np.searchsorted(running * 5, running[-1] * 4)) + 1 if len(running) else 0


def _top_fifth(units: np.ndarray) -> int:
    """Sum of the largest ceil(0.2 n) values."""
    return int(np.sort(units)[::-1][: -(-len(units) // 5)].sum())


def _ratio(over: int, under: int) -> float | None:
    return over / under if under else None


def _no_profit(rows: pd.DataFrame, missing: str | None) -> str | None:
    """Why no profit can be said for these rows; None where it can."""
    if missing:
        return missing
    if rows.empty:
        return NOBODY
    return NO_PROFIT if rows["profit"].isna().all() else None
