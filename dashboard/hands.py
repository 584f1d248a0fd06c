"""Values by hand on a screen: laid over the rows of a build, marked, and with what the rule says kept beside."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.format import Formats
from dashboard.marks import EXPANSION, word
from dashboard.reads.overrides import ByHand, Rule

if TYPE_CHECKING:
    from data.journal.overrides import Override


@dataclass(frozen=True)
class Hand:
    """One value by hand: the person's, the rule's, and in words whose they are."""

    override: "Override"
    rule: Rule
    source: str
    """Who set it and until when, and what the rule says."""

    @property
    def words(self) -> str:
        """All of it, for a mark that has no room."""
        return f"{self.source}. Reason: {self.override.reason}"


def overlay(
    rows: Iterable[Mapping[str, Any]], found: ByHand, views: Sequence[str], formats: Formats
) -> list[dict[str, Any]]:
    """Rows of accounts, with `VIEW_status` and `VIEW_points` side by side, as they are with what people set.

    `hands` of a row holds each view that is by hand. An arrow is for a signal of the rule alone, so it goes.
    """
    return [_overlaid(dict(row), found, views, formats) for row in rows]


def _overlaid(row: dict[str, Any], found: ByHand, views: Sequence[str], formats: Formats) -> dict[str, Any]:
    row["hands"] = {}
    for view in views:
        key = (row["account_code"], view)
        rule = found.built.get(key) or Rule(row[f"{view}_status"], row[f"{view}_points"])
        override = found.standing.get(key)
        if override:
            row["hands"][view] = Hand(override, rule, beside(override, rule, formats))
            row |= {f"{view}_status": override.status, f"{view}_points": override.points, f"{view}_signal": None}
        elif key in found.built:
            row |= {f"{view}_status": rule.status, f"{view}_points": rule.points}
    return row


def since_the_build(row: Mapping[str, Any], found: ByHand, formats: Formats) -> Hand | None:
    """The value by hand that a move of a build, `account_code`, `view` and `now`, does not know of yet."""
    key = (row["account_code"], row["view"])
    override, rule = found.standing.get(key), Rule(row["now"], None)
    return Hand(override, rule, beside(override, rule, formats)) if override and key not in found.built else None


def beside(override: "Override", rule: Rule, formats: Formats) -> str:
    """Ada (unverified), until 24 Dec 2026; the rule says red, 31 points."""
    checked = "" if override.is_verified else " (unverified)"
    points = "" if rule.points is None else f", {formats.count(rule.points)} points"
    says = word(rule.status, override.view == EXPANSION).lower()
    return f"{override.author}{checked}, until {formats.day(override.ends_on)}; the rule says {says}{points}"
