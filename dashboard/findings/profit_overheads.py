"""What overheads, allocation keys, the ledger and prices say, in the part *Overheads* of *Profit*."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.reads.profit_parts import OverheadSpan
from dashboard.voice import PANEL, Voice, counted, fitting, shortened


def title(pools: pd.DataFrame, span: OverheadSpan | None, voice: Voice) -> str:
    """How much overheads come to and how much of them no account is given."""
    if span is None or pools.empty:
        return "No overheads are connected, so profit is told before them alone"
    f = voice.formats
    amount, left = float(pools["amount"].sum()), float(pools["unallocated"].sum())
    if span.missing:
        return fitting(
            f"Overheads are known for {span.there} of {span.months} months: too few to be set against profit",
            f"Overheads are known for {span.there} of {span.months} months only",
        )
    if round(left, 2) == 0:
        return f"Overheads of {f.money(amount)} are all shared out, from {counted(len(pools), 'pool', f)}"
    share = f", {f.share(left / amount, 1 if abs(left / amount) < 0.1 else 0)}" if amount > 0 else ""
    return fitting(
        f"{f.money(left)} of {f.money(amount)} overheads{share}, is given to no account",
        f"{f.money(left)} of {f.money(amount)} overheads is given to nobody",
    )


def pools(pools: pd.DataFrame, voice: Voice) -> str:
    """Which pool's capacity is least used; else which pool is the largest."""
    if pools.empty:
        return "Overhead pools will stand here"
    f = voice.formats
    timed = pools[pools["capacity_minutes"] > 0]
    if len(timed):
        used = timed["used_minutes"].fillna(0) / timed["capacity_minutes"]
        at = int(used.to_numpy().argmin())
        name, share = shortened(str(timed["pool"].iloc[at]), 36), float(used.iloc[at])
        if share <= 1:
            return fitting(
                f"{f.share(1 - share)} of the capacity of {name} is not used, and not allocated", limit=PANEL
            )
        return fitting(f"{name} worked {f.share(share)} of its practical capacity", limit=PANEL)
    first = pools.iloc[0]
    whole = float(pools["amount"].sum())
    share_of = f", {f.share(float(first['amount']) / whole)} of all" if whole > 0 else ""
    return fitting(
        f"{shortened(str(first['pool']), 36)} is the largest pool with {f.money(float(first['amount']))}{share_of}",
        limit=PANEL,
    )


def adds_up(sums: Mapping[str, float], span: OverheadSpan | None, voice: Voice) -> str:
    """How the ledger adds up to what accounts are given and what nobody is; why not, where months are missing."""
    if not sums:
        return f"Profit after overheads is not told: {span.missing}." if span and span.missing else ""
    f = voice.formats
    parts = [f"{f.exact(sums['given'])} given to accounts in the profit window"]
    if sums["elsewhere"]:
        parts.append(f"{f.exact(sums['elsewhere'])} to accounts without a line in it")
    parts.append(f"{f.exact(sums['unallocated'])} to nobody")
    inside = "" if sums["in_scope"] == sums["given"] else f" Of it {f.exact(sums['in_scope'])} on the accounts chosen."
    return f"Ledger {f.exact(sums['ledger'])} = {' + '.join(parts)}.{inside}"


def keys(rows: Sequence[Mapping[str, Any]], drivers: Sequence[str], voice: Voice) -> str:
    """How many accounts earn or lose depending on the key; that none does, or that it cannot be told."""
    if not drivers:
        return "Accounts whose sign hangs on the allocation key will stand here"
    f = voice.formats
    if not rows:
        return f"No account’s sign depends on which of {counted(len(drivers), 'key', f)} shares overheads out"
    n = int(rows[0]["total"])
    lead = shortened(str(rows[0]["name"] or rows[0]["account_code"]), 24)
    verb = "account earns or loses" if n == 1 else "accounts earn or lose"
    said = f"{f.count(n)} {verb} by the allocation key"
    return fitting(f"{said}; {lead} swings most" if n > 1 else f"{said}: {lead}", said, limit=PANEL)


def ledger(rows: pd.DataFrame, voice: Voice) -> str:
    """How far invoices lie from the ledger over the months shown, and the month they lie furthest apart."""
    if rows.empty:
        return "Invoices against the ledger will stand here"
    f = voice.formats
    if (rows["difference"].round(2) == 0).all():
        return f"Invoices agree with the ledger to the cent in all {f.count(len(rows))} months"
    apart, booked = float(rows["difference"].sum()), float(rows["finance_revenue"].sum())
    widest = rows.iloc[int(rows["difference"].abs().to_numpy().argmax())]
    share = f", {f.share(abs(apart) / booked, 1)}" if booked > 0 else ""
    way = "more than" if apart > 0 else "less than"
    if round(apart, 2) == 0:
        return f"Invoices and ledger agree over {counted(len(rows), 'month', f)}, not month by month"
    said = f"Invoices are {f.money(abs(apart))}{share} {way} the ledger in {counted(len(rows), 'month', f)}"
    return fitting(f"{said}; most in {f.month(widest['month'].date())}", said, limit=PANEL)


def prices(rows: pd.DataFrame, voice: Voice) -> str:
    """What of the list price is realised now, and how it stood at the first week known."""
    known = rows[rows["price_realised"].notna()] if len(rows) else rows
    if known.empty:
        return "Price realisation will stand here"
    f = voice.formats
    now, then = float(known["price_realised"].iloc[-1]), float(known["price_realised"].iloc[0])
    said = f"We realise {f.share(now, 1)} of list prices"
    if len(known) < 2 or f.share(now, 1) == f.share(then, 1):
        gap = float(known["list_revenue"].iloc[-1] - known["net_listed"].iloc[-1])
        return f"{said}: {f.money(gap)} lies below list" if gap > 0 else said
    first = known["as_of"].iloc[0].date()
    return fitting(f"{said}, {f.share(then, 1)} on {f.day(first)}", said, limit=PANEL)
