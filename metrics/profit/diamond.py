"""The customer profitability diamond: whom to retain, whose profit to raise, and whom to restore to break-even."""

from typing import NamedTuple

import pandas as pd

from metrics.profit.money import PLACES, money, whole
from metrics.profit.shares import top_group

GROUPS = ("retain", "raise", "restore")
SMALL = "small"
"""Marginal accounts outside the group that brings 80 % of revenue: in no corner of the diamond."""
MEANINGS = {
    "retain": "profitable: margin above τ",
    "raise": "large but marginal: margin within ±τ, among the accounts that bring 80 % of revenue",
    "restore": "unprofitable: margin below −τ; the prize is what break-even is worth",
    SMALL: "marginal and not among the accounts that bring 80 % of revenue: in no group",
}
"""Our definition in words: three groups were published, without their limits."""


def diamond_groups(rows: pd.DataFrame) -> pd.DataFrame:
    """Every account in a band with its `diamond` group and whether it `is_large`, in the order of the rows.

    Reads `account_id`, `revenue`, `profit`, `band`. Large: one of the fewest accounts that bring 80 % of revenue.
    """
    large = top_group(rows[["account_id", "revenue"]].rename(columns={"revenue": "amount"}))["account_id"]
    banded = rows[rows["band"].notna()]
    is_large = banded["account_id"].isin(large)
    group = banded["band"].map({"profitable": "retain", "marginal": SMALL, "unprofitable": "restore"})
    return banded.assign(is_large=is_large, diamond=group.mask(is_large & (banded["band"] == "marginal"), "raise"))


def diamond(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per group of `GROUPS` and one for `small`: `accounts`, `large` among them, `revenue`, `profit`, `prize`.

    `prize`, in money: of restore, what bringing every loss to break-even is worth; of raise, what its revenue would
    earn more at the margin of the accounts to retain, missing without such a margin; else missing. Money is exact.
    """
    grouped = diamond_groups(rows)
    sums = {name: _sums(grouped[grouped["diamond"] == name]) for name in (*GROUPS, SMALL)}
    table = pd.DataFrame([{"diamond": name, **each._asdict()} for name, each in sums.items()])
    prizes = {"restore": -sums["restore"].profit, "raise": _to_margin(sums["raise"], sums["retain"])}
    return table.assign(prize=table["diamond"].map(prizes).astype(float))


class _Sums(NamedTuple):
    accounts: int
    large: int
    revenue: float
    profit: float


def _sums(rows: pd.DataFrame) -> _Sums:
    return _Sums(
        accounts=len(rows),
        large=int(rows["is_large"].sum()),
        revenue=money(int(whole(rows["revenue"]).sum())),
        profit=money(int(whole(rows["profit"]).sum())),
    )


def _to_margin(marginal: _Sums, retained: _Sums) -> float | None:
    """What the marginal would earn more at the margin of the retained; None where either is nobody."""
    if not marginal.accounts or retained.revenue <= 0:
        return None
    return round(retained.profit / retained.revenue * marginal.revenue - marginal.profit, 2)


def band_moves(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """The accounts in another band than before, the largest change of profit first.

    Reads `account_id`, `revenue`, `profit`, `band` of two week ends. `account_id`, `was`, `band` (missing where it was
    or is in none), `was_profit`, `profit`, `change` (a profit that is not there counts as zero in the change only).
    """
    columns = ["account_id", "profit", "band"]
    both = before[columns].merge(now[columns], on="account_id", how="outer", suffixes=("_before", ""))
    both = both.rename(columns={"profit_before": "was_profit", "band_before": "was"})
    moved = both[both["was"].fillna("") != both["band"].fillna("")]
    change = (whole(moved["profit"]) - whole(moved["was_profit"])) / PLACES
    moved = moved.assign(change=change, size=abs(change))
    moved = moved.sort_values(["size", "account_id"], ascending=[False, True]).reset_index(drop=True)
    return moved[["account_id", "was", "band", "was_profit", "profit", "change"]]
