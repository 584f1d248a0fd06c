"""Why an account changed band: the measure that moved its view most, in the words the measure declares."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.format import Formats, missing
from dashboard.reads.company import Card, Place

Said = tuple[float | None, float | None, str]
"""Value, points and status of a measure; nobody asks for the status of the week before."""
Rows = dict[str, Said]
"""What the measures of one account said in one view and week."""


def indexed(rows: pd.DataFrame) -> dict[tuple[int, str], tuple[Rows, Rows]]:
    """The rows of `reads.reasons` by account and view: what its measures said in the week, and the week before."""
    found: dict[tuple[int, str], tuple[Rows, Rows]] = {}
    names = ("account_id", "view", "entry", "value", "points", "status", "value_before", "points_before")
    for account, view, entry, value, points, status, old, old_points in zip(
        *(rows[name].tolist() for name in names), strict=True
    ):
        now, before = found.setdefault((account, view), ({}, {}))
        if isinstance(status, str):
            now[entry] = (value, points, status)
        before[entry] = (old, old_points, "")
    return found


@dataclass(frozen=True)
class Why:
    """The words for a change, and the measure they are about (None where no single measure explains it)."""

    words: str
    place: Place | None


def why(card: Card, step: float, now: Rows, before: Rows, formats: Formats) -> Why:
    """Why one account moved up (`step` above zero) or down in a view, from its measures this week and last."""
    both = [place for place in card.connected if _points(now, place) is not None and _points(before, place) is not None]
    pushes = [(place.share * ((_points(now, place) or 0) - (_points(before, place) or 0)), place) for place in both]
    helpful = [(push, place) for push, place in pushes if push * step > 0]
    if helpful:
        _, place = max(helpful, key=lambda found: abs(found[0]))
        return Why(said(place, now[place.entry], before[place.entry], formats), place)
    return _fewer_or_more(card, now, before)


def said(place: Place, now: Said, before: Said, formats: Formats) -> str:
    """The measure's own words with both values; in points where it has no value of its own."""
    if missing(now[0]) or missing(before[0]):
        return f"{place.label}: {formats.count(now[1])} points, was {formats.count(before[1])}"
    value, old = formats.values(now[0], before[0], place.unit)
    return place.says.replace("{value}", value).replace("{before}", old).replace("{unit}", place.unit)


def _fewer_or_more(card: Card, now: Rows, before: Rows) -> Why:
    """A view can also move because a measure stopped or began to count."""
    for place in card.connected:
        if _points(before, place) is not None and _points(now, place) is None:
            state = now[place.entry][2] if place.entry in now else "no data"
            return Why(f"{place.label} no longer counts: {'NA' if state == 'na' else state}", place)
    for place in card.connected:
        if _points(now, place) is not None and _points(before, place) is None:
            return Why(f"{place.label} counts for the first time", place)
    return Why("several measures moved a little", None)


def _points(rows: Rows, place: Place) -> float | None:
    points = rows[place.entry][1] if place.entry in rows else None
    return None if missing(points) else points


def most_named(found: Sequence[Why]) -> tuple[Place, int] | None:
    """The measure that explains most of the changes, and how many; None when none explains two."""
    counts: dict[str, int] = {}
    for one in found:
        if one.place:
            counts[one.place.label] = counts.get(one.place.label, 0) + 1
    label = max(counts, key=lambda name: counts[name], default=None)
    if label is None or counts[label] < 2:
        return None
    return next(one.place for one in found if one.place and one.place.label == label), counts[label]
