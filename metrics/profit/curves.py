"""What is drawn of revenue and profit over the accounts: the whale curve, the Pareto, and the accounts at the top."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from metrics.profit.figures import accounts_to_80
from metrics.profit.money import PLACES, money, whole

MOST_POINTS = 400


@dataclass(frozen=True)
class Point:
    """A place on a running total: after the first `nth` accounts it stands at `running`, in money."""

    nth: int
    running: float


@dataclass(frozen=True)
class Whale:
    """Running total of profit over the accounts, the most profitable first.

    `points`: `nth` (0 is the origin), `account_id` (missing at the origin), `profit`, `running` in money,
    `share_of_accounts`, and `share_of_profit`, missing where total profit is not above zero: draw `running` then.
    """

    points: pd.DataFrame
    peak: Point
    end: Point
    half: Point | None
    """The first account at which half of the total profit is reached; None where the total is not above zero."""


@dataclass(frozen=True)
class Pareto:
    """Revenue by account, largest first, in bars of equally many accounts, and the cut at 80 %.

    `bars`: `first`, `last` (ranks), `accounts`, `account_id` (of a bar of one account, else missing), `revenue`,
    `share`, `running_share` and `part`: 'cut' left of the cut, 'across' it, or 'tail' right of it.
    `curve`: `nth`, `running_share`, at most 400 points with the cut among them.
    """

    bars: pd.DataFrame
    curve: pd.DataFrame
    accounts: int
    """Accounts with revenue above zero, the ones that are ranked."""
    per_bar: int
    revenue: float
    """Their revenue: what every share is a share of."""
    cut: int
    """Accounts that bring 80 % of it."""
    cut_share: float | None
    """The share they bring exactly; None without revenue."""
    tail_accounts: int
    tail_revenue: float
    at_or_below_zero: int
    """Accounts counted apart: a share of the revenue cannot be negative."""
    revenue_at_or_below_zero: float


def whale(rows: pd.DataFrame, most_points: int = MOST_POINTS) -> Whale:
    """The whale curve of one week end's rows (`account_id`, `profit`); accounts without a profit are left out.

    Ties are ranked by account_id. Longer curves are thinned to `most_points`, which keep origin, peak, half and end.
    """
    ranked = _ranked(rows[rows["profit"].notna()], "profit")
    units = whole(ranked["profit"])
    running = np.concatenate([[0], np.cumsum(units)])
    total = int(running[-1])
    peak = int((units > 0).sum())
    half = int(np.argmax(running * 2 >= total)) if total > 0 else None
    marked = [0, peak, len(units)] if half is None else [0, half, peak, len(units)]
    nth = _thinned(running, marked, most_points)
    points = pd.DataFrame({"nth": nth, "running": running[nth] / PLACES})
    points["account_id"] = ranked["account_id"].reindex(nth - 1).to_numpy()
    points["profit"] = ranked["profit"].astype(float).reindex(nth - 1).to_numpy()
    points["share_of_accounts"] = nth / max(len(units), 1)
    points["share_of_profit"] = running[nth] / total if total > 0 else np.nan
    return Whale(
        points=points[["nth", "account_id", "profit", "running", "share_of_accounts", "share_of_profit"]],
        peak=Point(peak, money(running[peak])),
        end=Point(len(units), money(total)),
        half=None if half is None else Point(half, money(running[half])),
    )


def pareto(rows: pd.DataFrame, most_bars: int = 40) -> Pareto:
    """The revenue Pareto of one week end's rows (`account_id`, `revenue`). Ties are ranked by account_id."""
    revenues = whole(rows["revenue"])
    ranked = _ranked(rows[revenues > 0], "revenue")
    units = whole(ranked["revenue"])
    running = np.concatenate([[0], np.cumsum(units)])
    total, cut = int(running[-1]), accounts_to_80(units)
    per_bar = _per_bar(len(units), most_bars)
    nth = _thinned(running, [0, cut, len(units)], MOST_POINTS)
    return Pareto(
        bars=_bars(ranked["account_id"], running, per_bar, cut),
        curve=pd.DataFrame({"nth": nth, "running_share": running[nth] / max(total, 1)}),
        accounts=len(units),
        per_bar=per_bar,
        revenue=money(total),
        cut=cut,
        cut_share=int(running[cut]) / total if total else None,
        tail_accounts=len(units) - cut,
        tail_revenue=money(total - int(running[cut])),
        at_or_below_zero=int((revenues <= 0).sum()),
        revenue_at_or_below_zero=money(revenues[revenues <= 0].sum()),
    )


def top_accounts(
    rows: pd.DataFrame, by: Literal["revenue", "profit"] = "revenue", n: int = 10, lowest: bool = False
) -> pd.DataFrame:
    """The n largest accounts (or the lowest), then all others as one row; ties by account_id.

    Every column of `rows`, `nth` before it and `accounts` after it. In the row of the others `nth` and `account_id`
    are missing, money is their sum, and what cannot be added (margin, band, names) is missing.
    """
    known = rows[rows[by].notna()]
    ranked = _ranked(known, by, largest_first=not lowest)
    top, others = ranked.head(n), ranked.iloc[n:]
    table = top.assign(accounts=1)
    table.insert(0, "nth", np.arange(1, len(top) + 1))
    if others.empty:
        return table
    grouped: dict[str, float | int] = {"accounts": len(others)}
    for column in ("revenue", "product_cost", "service_cost", "profit"):
        if column in others and others[column].notna().all():
            grouped[column] = money(int(whole(others[column]).sum()))
    return pd.concat([table.astype({"nth": "Int64"}), pd.DataFrame([grouped])], ignore_index=True)


def _ranked(rows: pd.DataFrame, by: str, largest_first: bool = True) -> pd.DataFrame:
    """Rows in order of an amount to the ten-thousandth, equal ones by account_id, numbered from 0."""
    keyed = rows.assign(_amount=whole(rows[by]))
    ordered = keyed.sort_values(["_amount", "account_id"], ascending=[not largest_first, True])
    return ordered.drop(columns="_amount").reset_index(drop=True)


def _thinned(running: np.ndarray, marked: list[int], most: int) -> np.ndarray:
    """Positions to draw of a running total: all of a short one, else `most` at most, with the marked ones.

    Half are spread evenly over the accounts, half over the way the curve travels: its steep ends bend most.
    """
    last = len(running) - 1
    if last < most:
        return np.arange(last + 1)
    spread = (most - len(marked)) // 2
    travelled = np.concatenate([[0], np.cumsum(np.abs(np.diff(running)).astype(float))])
    by_way = np.searchsorted(travelled, np.linspace(0, travelled[-1], spread))
    by_rank = np.linspace(0, last, spread).astype(int)
    return np.unique(np.concatenate([by_rank, by_way, marked]).astype(int))


def _per_bar(accounts: int, most_bars: int) -> int:
    """Accounts in a bar: the least of 1, 2, 5, 10, 20, 50 … that needs no more than `most_bars`."""
    size = 1
    while accounts > size * most_bars:
        size = size * 5 // 2 if str(size).startswith("2") else size * 2
    return size


def _bars(account_ids: pd.Series, running: np.ndarray, per_bar: int, cut: int) -> pd.DataFrame:
    """The bars of the Pareto from the ranked accounts and their running total."""
    first = np.arange(1, len(running), per_bar)
    last = np.minimum(first + per_bar - 1, len(running) - 1)
    total = max(int(running[-1]), 1)
    bars = pd.DataFrame({"first": first, "last": last, "accounts": last - first + 1})
    bars["account_id"] = account_ids.iloc[first - 1].where(bars["accounts"].to_numpy() == 1).to_numpy()
    bars["revenue"] = (running[last] - running[first - 1]) / PLACES
    bars["share"] = (running[last] - running[first - 1]) / total
    bars["running_share"] = running[last] / total
    bars["part"] = np.where(last <= cut, "cut", np.where(first <= cut, "across", "tail"))
    return bars
