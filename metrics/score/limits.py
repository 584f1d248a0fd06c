"""Caps: what they are called and say, and when they fire."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from metrics.catalog import Cap, Measure, Scorecard
from metrics.engines import Engine
from metrics.placing import placed

EDGES = {"red": (-1, 50), "amber": (50, 75), "green": (75, 100)}
"""The bands of groups, views and means over items: above the one, up to the other."""

ENDS = {"red": "{0} <= 0", "amber": "{0} > 0 and {0} < 100", "green": "{0} >= 100"}
"""The bands of a single measure: red and green at its thresholds only."""

EXPANSION_WORDS = {"red": "untapped", "amber": "partial", "green": "penetrated"}


@dataclass(frozen=True)
class Limit:
    """A cap over something connected: its number in the file, and the measure or group it looks at.

    `fires` says whether it does as things are, `could` whether it might once the missing is there, `must` whether it
    does whatever comes.
    """

    nth: int
    most: float
    fires: str
    could: str
    must: str
    entry_no: int | None = None


def _on_group(nth: int, cap: Cap, no: int) -> Limit:
    """What is missing lets a group have any points between its `low` and its `high`."""
    above, upto = EDGES[cap.band]
    low, high = f"round(low_{no}, 9)", f"round(high_{no}, 9)"
    return Limit(
        nth,
        cap.most,
        fires=f"scored_{no} > {above} and scored_{no} <= {upto}",
        could=f"{high} > {above} and {low} <= {upto}",
        must=f"{low} > {above} and {high} <= {upto}",
    )


def _on_measure(nth: int, cap: Cap, no: int, is_mean: bool) -> Limit:
    """A measure that is missing might have any points."""
    above, upto = EDGES[cap.band]
    at = f"round(at_{nth}, 9)"
    fires = f"{at} > {above} and {at} <= {upto}" if is_mean else ENDS[cap.band].format(f"at_{nth}")
    return Limit(nth, cap.most, fires, could=f"coalesce({fires}, left_{nth} is null)", must=fires, entry_no=no)


def limits(engine: Engine, card: Scorecard, groups: Mapping[str, int]) -> Iterator[Limit]:
    """The caps of a view that look at something connected; `groups` are the numbers of its connected groups."""
    rows = engine.rows(
        "select entry, entry_no, has_items and item = '' as is_mean from entries where view = $view and is_connected",
        {"view": card.name},
    )
    means = dict(zip(rows["entry"], rows["is_mean"], strict=True))
    numbers = dict(zip(rows["entry"], rows["entry_no"], strict=True))
    for nth, cap in enumerate(card.caps, start=1):
        if cap.group is not None and cap.group in groups:
            yield _on_group(nth, cap, groups[cap.group])
        elif cap.measure in numbers:
            yield _on_measure(nth, cap, int(numbers[cap.measure]), bool(means[cap.measure]))


def put_caps(engine: Engine, cards: Mapping[str, Scorecard], measures: Mapping[str, Measure]) -> None:
    """`caps`: name, words and most points of each cap, in the order of its file; also of those that cannot fire."""
    rows = [
        (card.name, nth, cap.name, _words(card, cap, measures), cap.most)
        for card in cards.values()
        for nth, cap in enumerate(card.caps, start=1)
    ]
    frame = pd.DataFrame(rows, columns=["view", "nth", "name", "words", "most"])
    text = dict.fromkeys(("view", "name", "words"), "string")
    engine.put("caps", frame.astype(text | {"nth": "int32", "most": float}))


def _words(card: Scorecard, cap: Cap, measures: Mapping[str, Measure]) -> str:
    band = EXPANSION_WORDS[cap.band] if card.is_expansion else cap.band
    return f"{_looked_at(card, cap, measures)} is {band}: {cap.most:g} points at most"


def _looked_at(card: Scorecard, cap: Cap, measures: Mapping[str, Measure]) -> str:
    """The label of a cap's measure, with the item it is about, or the title of its group."""
    if cap.group is not None:
        return next(group.title for group in card.groups if group.name == cap.group)
    entry = next(entry for entry in card.entries if entry.name == cap.measure)
    measure = placed(entry, measures[entry.measure])
    item = f", {entry.item.replace('_', ' ')}" if entry.item and not measure.is_own else ""
    return measure.label + item
