"""The three bands of customer profit: who is in them, what they earn, and who moved."""

import pandas as pd

from metrics.profit.money import PLACES, whole

BANDS = ("profitable", "marginal", "unprofitable")


def bands(rows: pd.DataFrame, before: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row per band: accounts, their share, revenue, profit, and how many entered and left since `before`.

    Reads `account_id`, `revenue`, `profit`, `band`; `before` is the same at an earlier week end. Without it nobody
    is said to have moved: `entered` and `left` are missing, not zero. An account that is new, or gone, moved too.
    The share is of the accounts in a band. Profit here is that of the band's accounts (by τ); money lost and earned
    by sign stands in `profit_figures`.
    """
    banded = rows[rows["band"].notna()]
    table = pd.DataFrame({"band": BANDS})
    table["accounts"] = [int((banded["band"] == band).sum()) for band in BANDS]
    table["share"] = table["accounts"] / len(banded) if len(banded) else float("nan")
    for column in ("revenue", "profit"):
        units = whole(banded[column])
        table[column] = [int(units[(banded["band"] == band).to_numpy()].sum()) / PLACES for band in BANDS]
    table["entered"], table["left"] = _moves(banded, before)
    return table


def _moves(now: pd.DataFrame, before: pd.DataFrame | None) -> tuple[pd.Series, pd.Series]:
    """Accounts that came into each band and went out of it, in the order of the bands."""
    if before is None:
        return pd.Series([pd.NA] * len(BANDS), dtype="Int64"), pd.Series([pd.NA] * len(BANDS), dtype="Int64")
    members = [(_members(now, band), _members(before, band)) for band in BANDS]
    entered = pd.Series([len(here - there) for here, there in members], dtype="Int64")
    left = pd.Series([len(there - here) for here, there in members], dtype="Int64")
    return entered, left


def _members(rows: pd.DataFrame, band: str) -> set[object]:
    return set(rows.loc[rows["band"] == band, "account_id"])
