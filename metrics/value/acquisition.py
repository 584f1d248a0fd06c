"""What winning an account costs: CAC fully loaded, payback and CAC ratios, by channel and over all of them."""

from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from metrics.value.figure import Figure, none, share
from metrics.value.retention import NO_LINES, Sources

NO_COSTS = "not connected: acquisition_costs"
NO_CHANNEL = "not connected: accounts.channel, so nobody knows which channel won an account"
NOT_BY_PART = "what was spent is not known by segment, region or manager"
NOBODY_WON = "money was spent and no account was won in the period"
NO_COST_BOOKED = "no cost is booked in the period"
MONEY = ("cost", "media", "pay", "hours_cost", "overhead", "referral")
COUNTS = ("rows_no_cost", "customers", "customers_older")
ARR = ("new_arr", "expansion_arr")
CAC = ("cac", "cac_media", "cac_payback", "new_cac_ratio", "blended_cac_ratio")


@dataclass(frozen=True)
class Margin:
    """Gross margin of a year as a share of revenue, and where it comes from; or why there is none."""

    value: float | None
    source: Literal["invoice lines", "ledger"] | None
    words: str


def gross_margin(rows: pd.DataFrame) -> Margin:
    """The margin of one day from its rows of `margins`: from invoice lines where all have a cost, else the ledger's.

    Give the ledger's row only where no filter is set: it speaks of the whole company.
    """
    lines, ledger = rows[~rows["from_ledger"].astype(bool)], rows[rows["from_ledger"].astype(bool)]
    n, without = int(lines["lines"].sum()), int(lines["lines_no_cost"].sum())
    revenue = float(lines["revenue"].sum())
    if n and not without and revenue > 0:
        return Margin(1 - float(lines["cost"].sum()) / revenue, "invoice lines", f"of {n:,} invoice lines of 52 weeks")
    booked = float(ledger["revenue"].sum())
    if booked > 0:
        months = int(ledger["months"].sum())
        return Margin(1 - float(ledger["cost"].sum()) / booked, "ledger", f"of {months} months of the ledger")
    if n and without < n:
        return Margin(None, None, f"the product cost is missing on {without:,} of {n:,} invoice lines of 52 weeks")
    return Margin(None, None, "not connected: invoices.product_cost or finance.cost_of_revenue")


def cac_figures(rows: pd.DataFrame, margin: Margin, sources: Sources, channel: str | None = None) -> dict[str, Figure]:
    """The figures of some periods together, from their rows of `cac`: over all channels (blended), or of one.

    `cac` is fully loaded: media, pay, hours × rate whether billed or not, overhead and referrals over accounts won.
    `cac_media` counts media alone, as most definitions do. Payback is in months of gross profit.
    """
    if not sources.has_costs:
        return dict.fromkeys(CAC, none(NO_COSTS))
    if channel is not None and not sources.has_channel:
        return dict.fromkeys(CAC, none(NO_CHANNEL))
    chosen = rows if channel is None else rows[rows["channel"] == channel]
    part = {name: float(chosen[name].astype(float).sum()) for name in (*MONEY, *COUNTS, *ARR)}
    if not chosen["has_cost"].any():
        return dict.fromkeys(CAC, none(NO_COST_BOOKED))
    return _figures(part, margin, sources)


def _figures(part: dict[str, float], margin: Margin, sources: Sources) -> dict[str, Figure]:
    won, older, unknown = (int(part[name]) for name in ("customers", "customers_older", "rows_no_cost"))
    left_out = f"without {unknown:,} rows that give no amount" if unknown else None
    figures = {
        "cac": _per_account(part["cost"], won, older, left_out),
        "cac_media": share(part["media"], won, NOBODY_WON, won),
    }
    if not sources.is_contractual:
        return figures | dict.fromkeys(
            CAC[2:], none(f"{NO_LINES}, so nobody knows what a new account pays a year", won)
        )
    figures["new_cac_ratio"] = share(part["cost"], part["new_arr"], NOBODY_WON, won, left_out)
    added = part["new_arr"] + part["expansion_arr"]
    figures["blended_cac_ratio"] = share(part["cost"], added, "no ARR was added in the period", won, left_out)
    if margin.value is None:
        figures["cac_payback"] = none(margin.words, won)
    elif margin.value <= 0:
        figures["cac_payback"] = none("the gross margin is not above zero, so the cost never comes back", won)
    else:
        payback = share(part["cost"], part["new_arr"] / 12 * margin.value, NOBODY_WON, won, left_out)
        figures["cac_payback"] = replace(payback, basis=f"gross margin {margin.value:.1%} {margin.words}")
    return figures


def _per_account(cost: float, won: int, older: int, left_out: str | None) -> Figure:
    """Cost per account won, up to what it is if those who may have paid before the invoices begin were not won."""
    if not won:
        return none(NOBODY_WON, won)
    if not older:
        return Figure(cost / won, won, missing=left_out)
    words = f"{older:,} of the {won:,} joined before the invoices begin, so they may have been won earlier"
    return Figure(
        cost / won,
        won,
        low=cost / won,
        high=cost / (won - older) if won > older else None,
        missing=f"{words}; {left_out}" if left_out else words,
    )


def last_quarters(rows: pd.DataFrame, n: int = 4) -> pd.DataFrame:
    """The rows of `cac` of the last n whole quarters among some of quarters."""
    whole = rows[rows["is_whole"].astype(bool)]
    last: pd.DataFrame = whole[whole["closes_on"].isin(sorted(whole["closes_on"].unique())[-n:])]
    return last


def by_channel(rows: pd.DataFrame, margin: Margin, sources: Sources) -> dict[str, dict[str, Figure]]:
    """The figures of some periods together for every channel that cost or won anything ('' where none is said)."""
    active = rows[rows["has_cost"].astype(bool) | (rows["customers"] > 0)]
    return {str(name): cac_figures(rows, margin, sources, str(name)) for name in sorted(active["channel"].unique())}
