"""What a year kept and added: NRR, GRR, logo churn, quick ratio and earned growth from the sums of `retention_now`.

The cohort method over twelve months: accounts with ARR a year before, what they paid then and what they pay now. New
accounts never enter. There is no single standard for NRR, so screens print the method beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from metrics.value.figure import Figure, none, share

METHOD = "cohort method, 12 months: accounts with ARR a year before, what they pay now over what they paid then"
NO_LINES = "not connected: subscriptions"
NOBODY_THEN = "no account had ARR a year before"
NO_LOSS = "nothing was lost in the 12 months, so there is nothing to divide by"
NO_REASON = "not connected: accounts.join_reason"
SUMS = (
    "arr_then", "arr_kept", "arr_kept_capped", "arr_expanded", "arr_contracted", "arr_churned", "arr_new",
    "arr_new_earned", "arr_new_bought", "arr_back", "arr", "logos_then", "logos_kept", "logos_new", "logos",
)  # fmt: skip
"""The columns of `retention_now` that add up over segments, regions and managers."""


@dataclass(frozen=True)
class Sources:
    """What the company's value can be told from, as `value_sources` says."""

    is_contractual: bool
    has_invoices: bool
    has_join_reason: bool
    has_channel: bool
    has_costs: bool

    @classmethod
    def of(cls, rows: pd.DataFrame) -> "Sources":
        """From the one row of `value_sources`."""
        row = rows.iloc[0]
        return cls(
            is_contractual=bool(row["is_contractual"]),
            has_invoices=bool(row["has_invoices"]),
            has_join_reason=bool(row["has_join_reason"]),
            has_channel=bool(row["has_channel"]),
            has_costs=not pd.isna(row["costs_first_month"]),
        )


def retention_figures(sums: Mapping[str, Any], sources: Sources) -> dict[str, Figure]:
    """The figures of one day, from its sums over the accounts in question (`SUMS`; a sum over none may be missing)."""
    if not sources.is_contractual:
        return dict.fromkeys(RETENTION, none(NO_LINES))
    part = {name: 0.0 if pd.isna(sums[name]) else float(sums[name]) for name in SUMS}
    then, n = part["arr_then"], int(part["logos_then"])
    lost = part["arr_churned"] + part["arr_contracted"]
    gained = part["arr_new"] + part["arr_back"] + part["arr_expanded"]
    return {
        "arr": Figure(part["arr"], int(part["logos"])),
        "paying_accounts": Figure(part["logos"], int(part["logos"])),
        "arpa": share(part["arr"], part["logos"], "no account has ARR", int(part["logos"])),
        "nrr": share(part["arr_kept"], then, NOBODY_THEN, n),
        "grr": share(part["arr_kept_capped"], then, NOBODY_THEN, n),
        "logo_churn": share(n - part["logos_kept"], n, NOBODY_THEN, n),
        "quick_ratio": share(gained, lost, NO_LOSS if gained else NOBODY_THEN, n),
        "earned_growth": _earned_growth(part, sources),
    }


RETENTION = ("arr", "paying_accounts", "arpa", "nrr", "grr", "logo_churn", "quick_ratio", "earned_growth")


def _earned_growth(part: Mapping[str, float], sources: Sources) -> Figure:
    """NRR + ARR of earned new accounts over the ARR a year before − 1; from low to high by those without a reason."""
    then, n = part["arr_then"], int(part["logos_then"])
    if not sources.has_join_reason:
        return none(NO_REASON, n)
    if not then:
        return none(NOBODY_THEN, n)
    earned = (part["arr_kept"] + part["arr_new_earned"] - then) / then
    unknown = part["arr_new"] - part["arr_new_earned"] - part["arr_new_bought"]
    if unknown <= 0:
        return Figure(earned, n)
    words = f"counts no new account without a join_reason: they hold {unknown / part['arr_new']:.0%} of new ARR"
    return Figure(earned, n, low=earned, high=earned + unknown / then, missing=words)
