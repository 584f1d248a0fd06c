"""What ratings of behaviour say, and what behaviours cost, in the part *Behaviour* of *Profit*."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.voice import PANEL, Voice, capital, counted, fitting, shortened

KINDS = {"price": "price below list", "waiting": "waiting for payment", "other": "other service"}
"""Kinds of cost whose name is not their word."""


def title(modes: pd.DataFrame, voice: Voice) -> str:
    """How many accounts are rated as costing more than they bring, and whose doing the bad ratings are."""
    if modes.empty:
        return "No account is rated by behaviour, so profit is told by accounting alone"
    f = voice.formats
    bad = int(modes.loc[modes["rated"] == "unprofitable", "accounts"].sum())
    every, us, them = (int(modes[name].sum()) for name in ("accounts", "us", "them"))
    if not bad:
        return f"None of {counted(every, 'rated account', f)} is rated as loss-making"
    are = "is" if bad == 1 else "are"
    said = f"{f.count(bad)} of {counted(every, 'rated account', f)} {are} loss-making by behaviour"
    if not us + them:
        return said
    return fitting(f"{said}; {f.share(us / (us + them))} of bad ratings are our own doing", said)


def modes(modes: pd.DataFrame, voice: Voice) -> str:
    """How often the ratings come to the band that margin comes to."""
    if modes.empty:
        return "Bands by behaviour will stand here"
    f = voice.formats
    both = modes[modes["counted"].notna()]
    n, same = int(both["accounts"].sum()), int(both.loc[both["rated"] == both["counted"], "accounts"].sum())
    if not n:
        return "No account that is rated has a band by margin to hold the ratings against"
    if same == n:
        return (
            f"Ratings and margin agree on all {f.count(n)}" if n > 1 else "Ratings and margin agree on the one account"
        )
    return f"Ratings come to the band of margin for {f.share(same / n)} of {counted(n, 'account', f)}"


def parted(rows: Sequence[Mapping[str, Any]], is_rated: bool, voice: Voice) -> str:
    """How many accounts the two modes disagree on, and the one with most money."""
    if not is_rated:
        return "Where the two modes disagree will stand here"
    if not rows:
        return "The two modes disagree on no account"
    f = voice.formats
    n = int(rows[0]["total"])
    lead = shortened(str(rows[0]["name"] or rows[0]["account_code"]), 30)
    said = f"The two modes disagree on {counted(n, 'account', f)}"
    return fitting(f"{said}; most money is at {lead}", said, limit=PANEL)


def costs(rows: Sequence[Mapping[str, Any]], is_rated: bool, voice: Voice) -> str:
    """Which behaviour costs most beyond what the other accounts cost."""
    if not is_rated:
        return "What each behaviour costs will stand here"
    if not rows:
        return "No account is rated bad by any driver"
    f = voice.formats
    known = [row for row in rows if row["extra"] is not None]
    name = shortened(str((known or rows)[0]["driver"]), 34)
    if not known:
        return fitting(f"What “{name}” costs more cannot be told: nobody is rated otherwise", limit=PANEL)
    dearest = max(known, key=lambda row: float(row["extra"]))
    name = shortened(str(dearest["driver"]), 60)
    if dearest["extra"] <= 0:
        return "No behaviour comes with more cost than other accounts have"
    n = f.count(dearest["accounts"])
    where = "the account" if dearest["accounts"] == 1 else f"the {n} accounts"
    return fitting(
        f"{f.money(dearest['extra'])} more is spent at {where} bad at “{name}”",
        f"{f.money(dearest['extra'])} more goes with “{name}”",
        limit=PANEL,
    )


def accounts(driver: str, rows: Sequence[Mapping[str, Any]], voice: Voice) -> str:
    """What the dearest account of a driver costs."""
    if not rows:
        return "Accounts behind a behaviour will stand here"
    f = voice.formats
    first = rows[0]
    lead = shortened(str(first["name"] or first["account_code"]), 30)
    amount = f.money(float(first["service"]) + float(first["price"]) + float(first["waiting"]))
    return fitting(
        f"{lead} costs {amount}, the most of those bad at “{shortened(driver, 60)}”",
        f"{lead} costs {amount}, the most of those bad at it",
        limit=PANEL,
    )


def kinds(rows: Sequence[Mapping[str, Any]], voice: Voice) -> str:
    """Which kind of cost is furthest above that of the other accounts, as a share of revenue."""
    known = [row for row in rows if row["share"] is not None and row["other_share"] is not None]
    if not known:
        return "No other accounts to hold the cost of these against"
    f = voice.formats
    widest = max(known, key=lambda row: float(row["share"]) - float(row["other_share"]))
    name, shares = KINDS.get(widest["kind"], widest["kind"]), (widest["share"], widest["other_share"])
    if shares[0] <= shares[1]:
        return "No kind of cost takes more of their revenue than of that of the others"
    return f"{capital(name)} takes {f.share(shares[0], 1)} of their revenue, {f.share(shares[1], 1)} of that of others"
