"""What the goals agreed with clients say: how many are late, which is next, whether all are reached."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dashboard.format import Formats, missing
from dashboard.panels.bullets import amount
from dashboard.reads.goals import STATES
from dashboard.voice import PANEL, Voice, capital, counted, fitting, joined, lower, shortened, spelled


def of_account(goals: Sequence[Mapping[str, Any]], week: date, voice: Voice) -> str:
    """Which goals of one account are late; else which is next; else that all are reached."""
    f = voice.formats
    late, ahead, reached = (_of(goals, wanted) for wanted in ("late", "on the way", "reached"))
    if not goals:
        return "No goal is agreed with them"
    if late:
        return _late(late, len(late) + len(ahead), week, f)
    if ahead:
        return _ahead(ahead, len(reached), f)
    if len(reached) == 1:
        return "The one goal agreed is reached"
    return f"All {spelled(len(reached), f)} goals are reached"


def _late(late: Sequence[Mapping[str, Any]], opened: int, week: date, f: Formats) -> str:
    over = (week - late[0]["due_on"]).days
    days = f"{counted(over, 'day', f)} over" if over else "due today"
    verb = "is" if len(late) == 1 else "are"
    opening = f"{capital(spelled(len(late), f))} of {spelled(opened, f)} open goals {verb} late"
    opening = "The one open goal is late" if opened == 1 else opening
    what = lower(shortened(str(late[0]["objective"]), 30))
    return fitting(f"{opening}: {what} is {days}", f"{opening}, one of them {days}", opening, limit=PANEL)


def _ahead(ahead: Sequence[Mapping[str, Any]], reached: int, f: Formats) -> str:
    due = next((goal for goal in ahead if goal["due_on"]), None)
    rest = f"; {spelled(reached, f)} {'is' if reached == 1 else 'are'} reached" if reached else ""
    if due is None:
        return f"{counted(len(ahead), 'goal', f)} on the way, none with a due day{rest}"
    what, day = lower(shortened(str(due["objective"]), 30)), f.day(due["due_on"])
    opening = f"No goal is late; the next, {what}, is due {day}"
    return fitting(f"{opening}{rest}", opening, f"No goal is late; the next is due {day}", limit=PANEL)


def of_all(counts: Mapping[str, Mapping[str, Any]], voice: Voice) -> str:
    """How many goals are late over all accounts, and what those accounts pay; else how many are on the way."""
    f = voice.formats
    late, ahead, reached = (int(counts[name]["goals"]) if name in counts else 0 for name in STATES)
    if not counts:
        return "No goal is agreed with any account"
    if not late:
        on_way = f"{counted(ahead, 'goal', f)} {'is' if ahead == 1 else 'are'} on the way"
        return f"No goal is late; {on_way}, {f.count(reached)} reached"
    accounts = int(counts["late"]["accounts"])
    opening = f"{counted(late, 'goal', f)} {'is' if late == 1 else 'are'} late at {counted(accounts, 'account', f)}"
    pays = f" that {'pays' if accounts == 1 else 'pay'} {f.money(counts['late']['arr'])}"
    opening += pays if voice.company.has_arr else ""
    return fitting(f"{opening}; {f.count(ahead)} on the way", opening, limit=PANEL)


def state(goal: Mapping[str, Any], week: date, f: Formats) -> str:
    """How a goal stands, with the day it is, was or will be."""
    if goal["state"] == "reached":
        after = (goal["reached_on"] - goal["due_on"]).days if goal["due_on"] else 0
        said = f"reached {f.day(goal['reached_on'])}"
        return f"{said}, {counted(after, 'day', f)} late" if after > 0 else said
    if goal["state"] == "late":
        days = (week - goal["due_on"]).days
        return f"late by {counted(days, 'day', f)}" if days else "due today"
    return f"due {f.day(goal['due_on'])}" if goal["due_on"] else "no due day"


def way(goal: Mapping[str, Any], f: Formats) -> str:
    """From where to where, in the unit agreed."""
    ends = [goal["baseline"], goal["target"]]
    if all(missing(end) for end in ends):
        return "no target given"
    if missing(ends[0]):
        return f"to {amount(ends[1], goal['unit'], f)}"
    if missing(ends[1]):
        return f"from {amount(ends[0], goal['unit'], f)}, no target given"
    return f"{f.value(ends[0], '')} → {amount(ends[1], goal['unit'], f)}"


def brought(goal: Mapping[str, Any], f: Formats) -> str:
    """What a goal brought the client, and how the client rated it."""
    parts = [] if missing(goal["value"]) else [f"{f.money(goal['value'])} of value"]
    parts += [] if missing(goal["rating"]) else [f"rated {f.count(goal['rating'])} of 5"]
    return joined(parts)


def _of(goals: Sequence[Mapping[str, Any]], wanted: str) -> list[Mapping[str, Any]]:
    return [goal for goal in goals if goal["state"] == wanted]
