"""What concentration, the top group and attention say, in the part *Concentration* of *Profit*."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from dashboard.findings.profit import window
from dashboard.format import NBSP, Formats
from dashboard.panels.pareto import Kind
from dashboard.reads.shares import TopMoves
from dashboard.voice import PANEL, Voice, counted, fitting, shortened
from metrics.profit import Pareto
from metrics.profit.shares import Attention, Concentration

WHAT = {
    "revenue": "Net revenue of each account",
    "arr": "ARR of each account",
    "tickets": "Tickets each account opened",
    "risk_arr": "ARR of the accounts red in Vendor Risk",
}
NOUNS = {"revenue": "revenue", "arr": "ARR", "tickets": "tickets", "risk_arr": "ARR at risk"}
FIGURES = {
    "to_80": f"Accounts to 80{NBSP}%",
    "top_1": "Largest account",
    "top_5": "Largest 5",
    "top_10": "Largest 10",
    "top_50": "Largest 50",
    "top_20_share": f"Largest 20{NBSP}% of accounts",
    "hhi": "HHI, from 0 to 1",
}
ATTENTION = {"executive_calls": "Executive calls", "success_minutes": "Success hours"}
FEW, MANY = 0.2, 0.4


def tickets(n: float, formats: Formats) -> str:
    """1 ticket, 23 tickets."""
    return counted(round(n), "ticket", formats)


def writer(name: str, formats: Formats) -> Callable[[float | None], str]:
    """How a figure is written: a count, a share, or the index."""
    if name == "to_80":
        return formats.count
    if name == "hhi":
        return lambda value: formats.number(value, 4)
    return lambda value: formats.share(value, 1)


def title(figures: Concentration, kind: str, missing: str | None, voice: Voice) -> str:
    """Whether few accounts carry the amount, and how many have 80 % of it."""
    f, noun = voice.formats, NOUNS[kind]
    if missing:
        return fitting(
            f"Whether few accounts hold the {noun} cannot be told; {missing}",
            f"Whether few accounts hold the {noun} cannot be told",
        )
    share = figures.to_80 / figures.accounts
    few = "a small group carries it" if share <= FEW else "it rests on many" if share >= MANY else ""
    said = f"{f.count(figures.to_80)} of {counted(figures.accounts, 'account', f)} have 80{NBSP}% of {noun}"
    if figures.to_80 == 1:
        said = f"One of {counted(figures.accounts, 'account', f)} has 80{NBSP}% of {noun}"
    return f"{said}: {few}" if few and figures.accounts >= 5 else said


def pareto(cut: Pareto, kind: Kind, voice: Voice) -> str:
    """What the tail beyond the cut comes to."""
    f = voice.formats
    if not cut.tail_accounts:
        return f"Every account is needed for 80{NBSP}% of {kind.noun}"
    tail = counted(cut.tail_accounts, "account", f)
    first = f"The first {f.count(cut.cut)} bring {f.share(cut.cut_share, 1)}"
    return fitting(f"{first}; the tail of {tail} has {kind.write(cut.tail_revenue)}", first, limit=PANEL)


def notes(figures: Concentration, kind: Kind, voice: Voice) -> list[str]:
    """What a reader must know of the cut: ties behind it, and accounts below zero that have no share."""
    f, said = voice.formats, []
    if figures.tied:
        have = "1 more account has" if figures.tied == 1 else f"{f.count(figures.tied)} more accounts have"
        said.append(f"{have} as much as the last one of the group: such ties are ranked by id alone.")
    if figures.below_zero:
        lie = "1 account lies" if figures.below_zero == 1 else f"{f.count(figures.below_zero)} accounts lie"
        said.append(f"{lie} below zero, {kind.write(figures.amount_below_zero)} in all, and cannot be part of a share.")
    return said


def trend(rows: pd.DataFrame, now: Concentration, before: Mapping[str, Any], kind: Kind, voice: Voice) -> str:
    """Whether the largest fifth holds more or less than a quarter before."""
    f = voice.formats
    if now.top_20_share is None:
        return "Concentration over time will stand here"
    said = f"The largest fifth has {f.share(now.top_20_share, 1)} of {kind.noun}"
    was = before.get("top_20_share")
    if was is None:
        return said
    if f.share(was, 1) == f.share(now.top_20_share, 1):
        return fitting(f"{said}, as a quarter before", said, limit=PANEL)
    way = "up" if now.top_20_share > was else "down"
    return fitting(f"{said}, {way} from {f.share(was, 1)} a quarter before", said, limit=PANEL)


def moves(found: TopMoves | None, kind: Kind, voice: Voice) -> str:
    """How many accounts came into the top group and went out of it, and the largest of them."""
    if found is None:
        return "Entries to the top group will stand here"
    f = voice.formats
    if not found.entered and not found.left:
        return f"Nobody entered or left the group that has 80{NBSP}% of {kind.noun}"
    said = f"{f.count(found.entered)} entered the top group and {f.count(found.left)} left it"
    if not found.entered:
        said = f"{counted(found.left, 'account', f)} left the top group, nobody entered"
    elif not found.left:
        said = f"{counted(found.entered, 'account', f)} entered the top group, nobody left"
    first = found.rows.iloc[0]
    lead = shortened(str(first["name"] or first["account_code"]), 26)
    verb = "enters" if first["move"] == "entered" else "leaves"
    return fitting(f"{said}; {lead} {verb} with most", said, limit=PANEL)


def attention(found: Attention | None, by: str, voice: Voice) -> str:
    """What part of our attention the accounts with 80 % of the value get, or what of it is not known."""
    f, noun = voice.formats, NOUNS[by]
    if found is None:
        return "Attention against value will stand here"
    told = [(kind, share) for kind, share in found.shares.items() if share is not None]
    if not told:
        return f"Who gets our attention is not known; {counted(found.accounts, 'account', f)} bring 80{NBSP}% of {noun}"
    words = {"executive_calls": "executive calls", "success_minutes": "success hours"}
    parts = [f"{f.share(share)} of {words[kind]}" for kind, share in told]
    return fitting(
        f"The accounts with 80{NBSP}% of {noun} get {' and '.join(parts)}",
        f"The group with 80{NBSP}% of {noun} gets {' and '.join(parts)}",
        f"The top group gets {' and '.join(parts)}",
        limit=PANEL,
    )


def attention_rows(found: Attention, why: Mapping[str, str | None], by: str, formats: Formats) -> list[dict[str, Any]]:
    """Name, share and whole of each line: accounts, value, and each kind of attention with why it is missing."""
    every = round(found.accounts / found.account_share)
    rows: list[dict[str, Any]] = [
        {
            "name": "Accounts",
            "share": found.account_share,
            "of": f"{formats.count(found.accounts)} of {formats.count(every)}",
            "why": None,
        },
        {
            "name": NOUNS[by].capitalize() if by == "revenue" else "ARR",
            "share": found.value_share,
            "of": "",
            "why": None,
        },
    ]
    for kind, share in found.shares.items():
        whole = found.totals[kind] / 60 if kind == "success_minutes" else found.totals[kind]
        of = f"of {formats.count(whole)}" + (f"{NBSP}h" if kind == "success_minutes" else "")
        rows.append(
            {"name": ATTENTION[kind], "share": share, "of": of if share is not None else "", "why": why.get(kind)}
        )
    return rows


__all__ = [
    "FIGURES", "NBSP", "WHAT", "attention", "attention_rows", "moves", "notes", "pareto", "tickets", "title", "trend",
    "window", "writer",
]  # fmt: skip
