"""What if: levers pulled on a year's profit by account, one after the other, and what is left of the figures then.

Pure arithmetic on whole ten-thousandths of the currency. Levers act in the order of `ORDER`, each on what the one
before left, so that their effects add up without rest. `SAYS` states what each assumes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import pandas as pd

from metrics.profit import ProfitFigures, profit_figures
from metrics.profit.money import PLACES, money, whole
from metrics.value.acquisition import Margin
from metrics.value.figure import Figure
from metrics.value.lifetime import LifetimeValue, lifetime_values

Lever = Literal["price", "serve", "restore", "double", "retention"]
ORDER: tuple[Lever, ...] = ("price", "serve", "restore", "double", "retention")
SAYS: Mapping[Lever, str] = {
    "price": "acts on net revenue above zero of every account; nobody leaves or buys less, and no cost changes",
    "serve": "acts on the service cost of every account; revenue and product cost stay as they are",
    "restore": "accounts that still lose after price and cost to serve come to exactly zero; how is left open",
    "double": "the fewest accounts that bring the share of revenue are doubled, cost and profit as well as revenue",
    "retention": "of 100 accounts so many more stay the year; they bring what the average account brings",
}
"""What every lever assumes."""
NO_LIFE = "the survival curve tells what was; no lever acts on it"
WAYS = ("article", "margin", "discounted")
"""The ways to a lifetime value that levers act on."""


@dataclass(frozen=True)
class Levers:
    """How far each lever is pulled: shares, 0.02 for 2 %; `double` is the share of revenue the top group brings."""

    price: float = 0.0
    serve: float = 0.0
    restore: bool = False
    double: float = 0.0
    retention: float = 0.0

    @property
    def pulled(self) -> tuple[Lever, ...]:
        """The levers that do something, in their order."""
        return tuple(lever for lever in ORDER if getattr(self, lever))


@dataclass(frozen=True)
class Step:
    """What one lever adds to the yearly profit of the lever before."""

    lever: Lever
    change: float


@dataclass(frozen=True)
class WhatIf:
    """A company as the levers leave it."""

    rows: pd.DataFrame
    """`account_id`, `revenue`, `service_cost`, `profit`, `band` of every account."""
    figures: ProfitFigures
    steps: tuple[Step, ...]
    """The steps from the profit there is to the one there would be; without a known profit there are none."""
    group: int
    """Accounts that are doubled."""
    group_share: float
    """The share of revenue they bring exactly."""
    restored: int
    """Accounts brought to break-even."""


def what_if(rows: pd.DataFrame, levers: Levers, tau: float, missing: str | None = None) -> WhatIf:
    """The figures with the levers pulled, of one week end's rows: `account_id`, `revenue`, `service_cost`, `profit`.

    A missing profit stays missing. `tau` is the band around zero in which an account is marginal; `missing` says why
    the company has no profit at all.
    """
    known = rows["profit"].notna().to_numpy()
    units = {name: whole(rows[name]) for name in ("revenue", "service_cost", "profit")}
    was_idle = known & rows["band"].isna().to_numpy()
    in_group, share = top_group(units["revenue"], rows["account_id"].to_numpy(), levers.double)
    restored, steps = 0, []
    for lever in levers.pulled:
        before = int(units["profit"][known].sum())
        if lever == "restore":
            restored = int((units["profit"][known] < 0).sum())
        units = _pulled(units, lever, levers, in_group)
        steps.append(Step(lever, money(int(units["profit"][known].sum()) - before)))
    left = rows[["account_id"]].assign(**{name: values / PLACES for name, values in units.items()})
    left["profit"] = left["profit"].where(known)
    left["band"] = bands_of(units["revenue"], units["profit"], known & ~was_idle, tau)
    told = bool(known.any()) and missing is None
    figures = profit_figures(left, missing)
    return WhatIf(left, figures, tuple(steps) if told else (), int(in_group.sum()), share, restored)


def top_group(revenue: np.ndarray, account_ids: np.ndarray, share: float) -> tuple[np.ndarray, float]:
    """Which accounts are the fewest that bring a share of all revenue above zero, and the share they bring exactly.

    Ties go by account_id; a share of 0 is nobody.
    """
    chosen = np.zeros(len(revenue), dtype=bool)
    above = np.maximum(revenue, 0)
    total = int(above.sum())
    if not share or not total:
        return chosen, 0.0
    order = np.lexsort((account_ids, -above))
    running = np.cumsum(above[order])
    count = int(np.searchsorted(running, round(share * total))) + 1
    chosen[order[:count]] = True
    return chosen, int(running[min(count, len(running)) - 1]) / total


def bands_of(revenue: np.ndarray, profit: np.ndarray, banded: np.ndarray, tau: float) -> "pd.Series[Any]":
    """The band of every account by margin, as the profit table sets it; missing where it is in none."""
    width = tau * np.maximum(revenue, 0)
    names = np.where(profit > width, "profitable", np.where(profit < -width, "unprofitable", "marginal"))
    banded_only: pd.Series[Any] = pd.Series(names, dtype=object).where(banded)
    return banded_only


def _pulled(units: dict[str, np.ndarray], lever: Lever, levers: Levers, group: np.ndarray) -> dict[str, np.ndarray]:
    """Revenue, service cost and profit of every account after one lever."""
    revenue, service, profit = units["revenue"], units["service_cost"], units["profit"]
    if lever == "price":
        more = _part(np.maximum(revenue, 0), levers.price)
        return {"revenue": revenue + more, "service_cost": service, "profit": profit + more}
    if lever == "serve":
        more = _part(service, levers.serve)
        return {"revenue": revenue, "service_cost": service + more, "profit": profit - more}
    if lever == "restore":
        return {"revenue": revenue, "service_cost": service, "profit": np.maximum(profit, 0)}
    if lever == "double":
        return {name: np.where(group, 2 * values, values) for name, values in units.items()}
    return {name: values + _part(values, levers.retention) for name, values in units.items()}


def _part(units: np.ndarray, share: float) -> np.ndarray:
    """A share of amounts in whole ten-thousandths."""
    return np.rint(units * share).astype(np.int64)


def retained_after(levers: Levers, retained: Mapping[str, Figure], group_share: float) -> dict[str, Figure]:
    """Yearly revenue per account and yearly churn with the levers pulled: what a lifetime value starts from."""
    arpa, churn = retained["arpa"], retained["logo_churn"]
    if arpa.value is not None:
        arpa = replace(arpa, value=arpa.value * (1 + levers.price) * (1 + group_share))
    if churn.value is not None:
        churn = replace(churn, value=min(max(churn.value - levers.retention, 0.0), 1.0))
    return {"arpa": arpa, "logo_churn": churn}


def margin_after(levers: Levers, margin: Margin) -> Margin:
    """The gross margin once price acts on revenue and no cost changes: 1 − (1 − m) ÷ (1 + p)."""
    if margin.value is None or levers.price <= -1:
        return margin
    return replace(margin, value=1 - (1 - margin.value) / (1 + levers.price))


def lifetimes_after(
    levers: Levers,
    retained: Mapping[str, Figure],
    margin: Margin,
    cac: Figure,
    interest: float,
    group_share: float = 0.0,
) -> list[LifetimeValue]:
    """The lifetime values that levers act on, with them pulled: the article's, by margin, and discounted.

    Price acts on revenue per account and through it on the margin, retention on churn, a doubled group on the revenue
    of the average account. Cost to serve and break-even are no part of gross margin and leave them as they are.
    """
    after = retained_after(levers, retained, group_share)
    ways = lifetime_values(after, margin_after(levers, margin), cac, None, NO_LIFE, interest)
    return [way for way in ways if way.name in WAYS]
