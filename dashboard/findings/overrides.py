"""What is said of values by hand: how one stands beside the rule's, how it ended, and who was right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.format import missing
from dashboard.marks import word
from dashboard.reads.overrides import ByHand
from dashboard.voice import Voice, counted, fitting, spelled

RANK = {"red": 0, "amber": 1, "green": 2}

WHO_WAS_RIGHT = (
    "Whose band was nearer to what the rule says in the first week after the term; both alike is neither. "
    "When the account had left by then, whoever had it lower was right. Without a score in that week, and for "
    "accounts that left in Expansion, nobody can tell."
)
"""The rule of the last column, as the screen states it."""


@dataclass(frozen=True)
class Ending:
    """How one override stands: its state, who was right (person, rule, neither, or nothing yet), and in words."""

    state: str
    right: str
    words: str


def ending(row: Mapping[str, Any], latest: date, expansion: bool) -> Ending:
    """The ending of one row of the list, seen from the latest week."""
    state = _state(row, latest)
    if state == "stands":
        return Ending(state, "", "still stands")
    if row["ends_on"] <= row["week"]:
        return Ending(state, "", "stood in no week")
    if missing(row.get("ended_as_of")):
        return Ending(state, "", "known from the next build")
    return Ending(state, *_judged(row, expansion))


def _state(row: Mapping[str, Any], latest: date) -> str:
    if row["ends_on"] > latest and row["ends_on"] > row["week"]:
        return "stands"
    if row["ends_on"] == row["withdrawn_week"]:
        return "withdrawn"
    return "replaced" if row["ends_on"] == row["replaced_week"] else "expired"


def _judged(row: Mapping[str, Any], expansion: bool) -> tuple[str, str]:
    """Who was right, and why."""
    human, rule, now = (RANK.get(row[name]) for name in ("status", "rule_status", "ended_status"))
    assert human is not None
    if not row["is_live"]:
        if expansion:
            return "unknown", "the account left"
        is_lower = human < rule if rule is not None else human == 0
        right = "person" if is_lower else "rule" if rule is not None else "neither"
        return right, "the account left"
    if now is None:
        return "unknown", f"the rule says {word(row['ended_status'], expansion).lower()}"
    far, rule_far = abs(now - human), abs(now - rule) if rule is not None else 1
    right = "person" if far < rule_far else "neither" if far == rule_far or rule is None else "rule"
    return right, f"the rule says {word(row['ended_status'], expansion).lower()}"


def title(endings: Sequence[Ending], voice: Voice) -> str:
    """How many values stand by hand, and who was right in those that ended."""
    f = voice.formats
    stand = sum(one.state == "stands" for one in endings)
    judged = [one.right for one in endings if one.right in ("person", "rule", "neither")]
    if not endings:
        return "No value was ever set by hand: every band is the rule’s"
    some = counted(stand, "value", f) if stand else "No value"
    opening = f"{some} {'stand' if stand > 1 else 'stands'} by hand"
    if not judged:
        return f"{opening}; none that ended can be judged yet"
    if len(judged) == 1:
        right = {"person": "the person", "rule": "the rule", "neither": "neither"}[judged[0]]
        return f"{opening}; in the one that ended, {right} was right"
    n, people, rule = (spelled(n, f) for n in (len(judged), judged.count("person"), judged.count("rule")))
    return fitting(
        f"{opening}; of the {n} that ended, people were right in {people} and the rule in {rule}",
        f"{opening}; people were right in {people} of {n} that ended",
        opening,
    )


def waiting(hands: ByHand, voice: Voice) -> str:
    """What the footer line says of values by hand that totals do not hold yet."""
    if not hands.is_reached:
        return "the journal can’t be reached: values by hand as the build took them"
    if not hands.waiting:
        return ""
    return f"totals take {voice.formats.count(hands.waiting)} by hand from the next build"
