"""What the diamond, the moves between bands and profit after overheads say, in the first part of *Profit*."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.voice import PANEL, Voice, capital, counted, fitting, joined, shortened

RANK = {"profitable": 2, "marginal": 1, "unprofitable": 0}
STAKES = {
    "retain": ("to retain", "revenue", "revenue"),
    "raise": ("to raise", "revenue", "revenue"),
    "restore": ("to restore", "profit", "losses"),
}


def diamond(counts: Mapping[str, int], voice: Voice) -> str:
    """How many accounts to retain, to raise and to restore."""
    if not sum(counts.values()):
        return "The profitability diamond will stand here"
    some = [(n, STAKES[group][0]) for group, n in counts.items() if n]
    first = f"{counted(some[0][0], 'account', voice.formats)} {some[0][1]}"
    rest = [f"{voice.formats.count(n)} {what}" for n, what in some[1:]]
    none = [what for (what, _, _), n in zip((STAKES[group] for group in counts), counts.values(), strict=True) if not n]
    sentence = joined([first, *rest]) if rest else f"{first}, all there are"
    full = f"{sentence}, none {' or '.join(none)}" if none else sentence
    return capital(fitting(full, sentence, limit=PANEL))


def small(row: Mapping[str, Any] | None, voice: Voice) -> str:
    """How many marginal accounts are in no corner; empty where none is."""
    if not row or not row["accounts"]:
        return ""
    f = voice.formats
    are = "is" if row["accounts"] == 1 else "are"
    return f"{counted(row['accounts'], 'small marginal account', f)} with {f.money(row['revenue'])} {are} in no group"


def moves(rows: pd.DataFrame, since: str, voice: Voice) -> str:
    """How many accounts changed band or came into one, how many of them for the worse, or that none did."""
    if rows.empty:
        return f"No account changed band since {since}"
    f = voice.formats
    now, was = rows["band"].map(RANK), rows["was"].map(RANK)
    worse, better = int((now < was).sum()), int((now > was).sum())
    new, gone = int(was.isna().sum()), int(now.isna().sum())
    changed, lost = worse + better + new, f"{f.count(gone)} more {'is' if gone == 1 else 'are'} gone" if gone else ""
    if not changed:
        return f"No account changed band since {since}; {lost}"
    moved = f"{counted(changed, 'account', f)} changed band since {since}, {f.count(worse)} for the worse"
    return fitting(f"{moved}; {lost}" if lost else moved, moved, limit=PANEL)


def after(rows: pd.DataFrame, voice: Voice) -> str:
    """How many accounts are below zero once overheads are taken, and how many of those earn before them."""
    f = voice.formats
    known = rows[rows["after_overheads"].notna()]
    below = known[known["after_overheads"] < 0]
    turned = int((below["profit"] > 0).sum())
    if below.empty:
        return f"No account is below zero after overheads of {f.money(float(known['overheads'].sum()))}"
    are = "account is" if len(below) == 1 else "accounts are"
    said = f"{f.count(len(below))} {are} below zero after overheads"
    more = (
        f"{said}, {f.count(turned)} of them {'earns' if turned == 1 else 'earn'} before"
        if turned
        else f"{said}, and before them too"
    )
    return fitting(more, said, limit=PANEL)


def grouped(group: str, rows: Sequence[Mapping[str, Any]], voice: Voice) -> str:
    """Who leads a group of the diamond, and the money of those listed."""
    what, column, noun = STAKES[group]
    if not rows:
        return f"No account is {what}"
    f = voice.formats
    amount = f.money(abs(sum(float(row[column]) for row in rows)))
    lead = shortened(str(rows[0]["name"] or rows[0]["account_code"]), 30)
    if len(rows) == 1:
        return f"{lead} is the one account {what}, with {amount} of {noun}"
    return fitting(
        f"{lead} leads the accounts {what}: {amount} of {noun} at the first {f.count(len(rows))}",
        f"The first {f.count(len(rows))} {what} hold {amount} of {noun}",
        limit=PANEL,
    )
