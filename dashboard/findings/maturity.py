"""What maturity against health says, and the play each cell suggests: a proposal of our own, not a rule."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.reads import Card
from dashboard.voice import PANEL, Voice, counted, fitting

HEALTH = ("red", "amber", "green")
MATURITY = ("green", "amber", "red")
LEVELS = {"green": "Far along", "amber": "On their way", "red": "Early"}

PLAYS: dict[tuple[str, str], tuple[str, str]] = {
    ("green", "red"): ("Save", "sponsor to sponsor: they know how to leave"),
    ("green", "amber"): ("Ask", "what would make it right, in a joint review"),
    ("green", "green"): ("Speak", "references, a common roadmap, the next product"),
    ("amber", "red"): ("Repair", "mend what broke before anything is added"),
    ("amber", "amber"): ("Plan", "agree two goals and a day for each"),
    ("amber", "green"): ("Grow", "bring the next use, with its own goal"),
    ("red", "red"): ("Rescue", "one use, one person, one week at a time"),
    ("red", "amber"): ("Coach", "finish onboarding, train who runs it"),
    ("red", "green"): ("Teach", "they like us: raise what they can do"),
}
"""Maturity and health, and the play for the two: its name, and what it is in words."""


def title(cells: Mapping[tuple[str, str], Mapping[str, Any]], health: Card, voice: Voice) -> str:
    """What is far along and yet red, since it can leave; else the largest part that is green and early; else most."""
    f = voice.formats
    if not cells:
        return f"No account has a score in both maturity and {health.title}"
    lost = cells.get(("green", "red"))
    if lost:
        who = counted(int(lost["accounts"]), "account", f)
        is_ = "is" if lost["accounts"] == 1 else "are"
        pays = f", {f.money(lost['arr'])} of ARR" if voice.company.has_arr else ""
        opening = f"{who} far along {is_} red in {health.title}{pays}"
        return fitting(f"{opening}: they know how to leave", opening, limit=PANEL)
    place = max(cells, key=lambda pair: (cells[pair]["arr"], cells[pair]["accounts"]))
    part = cells[place]["arr"] / (sum(cell["arr"] for cell in cells.values()) or 1)
    level, state = LEVELS[place[0]].lower(), place[1]
    whole = f"{f.share(part)} {voice.of_all} {voice.is_or_are}"
    return fitting(f"Nobody far along is red; {whole} {level} and {state}", f"{whole} {level} and {state}", limit=PANEL)


def unscored(rows: Sequence[Mapping[str, Any]], health: Card, voice: Voice) -> str:
    """How many accounts stand in no cell, since one of the two has no score."""
    n = sum(int(row["accounts"]) for row in rows if row["maturity"] not in MATURITY or row["health"] not in HEALTH)
    if not n:
        return "every account has a score in both"
    has = "has" if n == 1 else "have"
    return f"{counted(n, 'account', voice.formats)} {has} no score in maturity or in {health.title}, and no play"
