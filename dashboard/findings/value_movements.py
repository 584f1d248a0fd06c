"""What the movements of recurring revenue say: what was kept of a year ago, what moved, and who moved it."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.format import NBSP, Formats
from dashboard.voice import PANEL, Voice, counted, fitting, shortened
from metrics.value import Figure

LABELS = {
    # figure: name on the tile, how it is made
    "nrr": ("Net retention (NRR)", "same accounts, what they pay now"),
    "grr": ("Gross retention (GRR)", "the same, each at most what it paid"),
    "logo_churn": ("Logo churn", "accounts gone, of those a year ago"),
    "quick_ratio": ("Quick ratio", "ARR won and grown ÷ lost and shrunk"),
    "earned_growth": ("Earned growth", "NRR + earned new ARR − 100 %"),
}
VERBS = {
    "new": "joined with", "reactivation": "came back with", "expansion": "added", "contraction": "cut",
    "churn": "left with",
}  # fmt: skip
NOUNS = {
    "new": "of what is new", "reactivation": "of what came back", "expansion": "of all expansion",
    "contraction": "of all contraction", "churn": "of what churned",
}  # fmt: skip


def title(figures: Mapping[str, Figure], sums: Mapping[str, float], voice: Voice) -> str:
    """What is left of last year's ARR with and without expansion; or why it cannot be told."""
    f = voice.formats
    nrr, grr = figures["nrr"], figures["grr"]
    if nrr.value is None or grr.value is None:
        return f"What we kept of a year ago cannot be told: {nrr.missing}"
    opening = f"NRR is {f.share(nrr.value, 1)}, GRR {f.share(grr.value, 1)}"
    lost, grown = sums["arr_churned"] + sums["arr_contracted"], sums["arr_expanded"]
    if not lost and not grown:
        return f"{opening}: every account pays what it paid a year ago"
    if not lost:
        return f"{opening}: nobody left or cut, and expansion added {f.money(grown)}"
    covers = (
        f"expansion of {f.money(grown)} outweighs the {f.money(lost)} lost"
        if grown >= lost
        else f"expansion won back {f.money(grown)} of the {f.money(lost)} lost"
        if grown
        else f"{f.money(lost)} was lost and nothing grew"
    )
    return fitting(f"{opening}: {covers} in 12 months", f"{opening}: {covers}", opening)


def bridge(row: Mapping[str, Any], voice: Voice) -> str:
    """How ARR moved in a period, and its largest gain and loss."""
    f = voice.formats
    change, name = row["closing"] - row["opening"], row["period"]
    running = "" if row["is_whole"] else " so far"
    gain = max(("new", "expansion", "reactivation"), key=lambda step: row[step])
    loss = min(("churn", "contraction"), key=lambda step: row[step])
    if not row[gain] and not row[loss]:
        return f"Nothing moved in {name}{running}: ARR stays at {f.money(row['closing'])}"
    way = "rose" if change >= 0.5 else "fell" if change <= -0.5 else "ended level"
    opening = f"ARR {way}{f' by {f.money(abs(change))}' if way != 'ended level' else ''} in {name}{running}"
    words = {
        "new": "new",
        "expansion": "of expansion",
        "reactivation": "back",
        "churn": "churned",
        "contraction": "cut",
    }
    parts = [f"{f.money(abs(row[step]))} {words[step]}" for step in (gain, loss) if row[step]]
    return fitting(f"{opening}: {', '.join(parts)}", opening, limit=PANEL)


def movers(rows: Sequence[Mapping[str, Any]], row: Mapping[str, Any], movement: str | None, voice: Voice) -> str:
    """Who moved most in the period, and how much of the movement that is."""
    f = voice.formats
    if not rows:
        return f"No account moved in {row['period']}"
    first = rows[0]
    name, amount = shortened(str(first["name"] or first["account_code"]), 34), abs(float(first["amount"]))
    told = f"{name} {VERBS[first['movement']]} {f.money(amount)}"
    whole = abs(float(row[first["movement"]]))
    n = int(row[f"n_{first['movement']}"])
    if n == 1:
        return fitting(f"{told}, all {NOUNS[first['movement']]}", told, limit=PANEL)
    if amount < whole * 0.01:
        return f"{f.count(n)} accounts moved this way, none with 1{NBSP}% of it: {told}"
    return fitting(f"{told}, {f.share(amount / whole)} {NOUNS[first['movement']]}", told, limit=PANEL)


def before(now: Figure, then: Figure | None, unit: str, day: str, f: Formats) -> str:
    """The value a quarter before, with the change; or that there is none."""
    if now.value is None:
        return ""
    if then is None or then.value is None:
        return "no value a quarter before"
    was = f.share(then.value, 1) if unit == "ratio" else f.number(then.value, 1)
    change = now.value - then.value
    moved = f.change(change, f.points if unit == "ratio" else lambda v: f.number(v, 1))
    return f"{was} on {day}; {moved}" if moved != "·" else f"{was} on {day}, too"


def lost(direction: str | None, n: int, has_limits: bool) -> str:
    """Whether the last month's loss is a signal."""
    if not has_limits:
        return f"{n} months: too few for a normal range"
    return {"up": "↑ more than normal variation", "down": "↓ less than normal variation"}.get(
        direction or "", "within normal variation"
    )


def behind(movement: str | None, row: Mapping[str, Any], shown: int, f: Formats) -> str:
    """What a list of movers holds."""
    n = int(sum(row[f"n_{name}"] for name in VERBS if movement in (None, name)))
    what = "All movements" if movement is None else movement.capitalize()
    return f"{what} in {row['period']}, largest first; {f.count(shown)} of {counted(n, 'account', f)}"
