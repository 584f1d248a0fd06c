"""What the renewal calendar says: how much is due, how much of it is red or cancelled, and when most of it ends."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.format import Formats
from dashboard.voice import PANEL, Voice, counted, fitting, shortened


def title(quarters: Sequence[Mapping[str, Any]], view: str, voice: Voice) -> str:
    """How much ARR comes up for renewal, and how much of it is red in the view; or that nothing does."""
    f = voice.formats
    due = sum(row["arr"] for row in quarters)
    if not due:
        return "No term ends in this quarter or the four after it"
    red, gone = sum(row["red"] for row in quarters), sum(row["cancelled"] for row in quarters)
    opening = f"{f.money(due)} of ARR is up for renewal by {quarters[-1]['quarter']}"
    told = f"{f.money(red)} of it is red in {view}" if red else f"none of it is red in {view}"
    if not _is_scored(quarters):
        told = f"none of it has a score in {view}"
    left = f", {f.money(gone)} cancelled" if gone else ""
    return fitting(f"{opening}: {told}{left}", f"{opening}: {told}", opening)


def calendar(quarters: Sequence[Mapping[str, Any]], voice: Voice) -> str:
    """The quarter with most ARR to renew, and the one with most that is red."""
    f = voice.formats
    if not quarters:
        return "No term ends within the calendar"
    heavy = max(quarters, key=lambda row: row["arr"])
    worst = max(quarters, key=lambda row: row["red"])
    opening = f"{heavy['quarter']} is the heaviest with {f.money(heavy['arr'])}"
    if not worst["red"]:
        return f"{opening}; nothing due is red" if _is_scored(quarters) else f"{opening}; nothing due has a score"
    if worst["quarter"] == heavy["quarter"]:
        return f"{opening}, and holds most that is red, {f.money(worst['red'])}"
    return fitting(f"{opening}; most that is red is due in {worst['quarter']}, {f.money(worst['red'])}", limit=PANEL)


def _is_scored(quarters: Sequence[Mapping[str, Any]]) -> bool:
    return any(row[state] for row in quarters for state in ("red", "amber", "green"))


def at_risk(rows: Sequence[Mapping[str, Any]], voice: Voice) -> str:
    """The view in which most ARR is red; or that none is."""
    f = voice.formats
    known = [row for row in rows if row["is_scored"]]
    if not known:
        return "No view has a score, so no revenue at risk can be told"
    worst = max(known, key=lambda row: row["red"])
    if not worst["red"]:
        return "No ARR is red in any view"
    return fitting(f"{worst['title']} holds most: {f.money(worst['red'])} of ARR is red there", limit=PANEL)


def lines(rows: Sequence[Mapping[str, Any]], total: int, quarter: str | None, voice: Voice) -> str:
    """How many lines end, and which is next."""
    f = voice.formats
    where = quarter or "the calendar"
    if not total:
        return f"No line ends in {where}"
    verb = "ends" if total == 1 else "end"
    opening = f"{counted(total, 'line', f)} {verb} in {where}"
    if not rows:
        return opening
    name = shortened(str(rows[0]["name"] or rows[0]["account_code"]), 34)
    return fitting(f"{opening}; {name} is first here, on {f.day(rows[0]['renews_on'])}", opening, limit=PANEL)


def beside(rows: Sequence[Mapping[str, Any]], f: Formats) -> list[str]:
    """What is in no quarter of the calendar: later ends, lines without a term, cancelled without an end."""
    sums = dict.fromkeys(("ends later", "evergreen, without a term", "cancelled, no end given"), 0.0)
    for row in rows:
        if row["quarter"] is None:
            late, evergreen, cancelled = sums
            kind = late if row["is_later"] else evergreen if row["state"] == "evergreen" else cancelled
            sums[kind] += row["arr"]
    return [f"{f.money(amount)} {words}" for words, amount in sums.items() if amount]
