"""Reads of the definitions a generation was built by: what each measure means, where it counts, what it rests on."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dashboard.reads.company import Card, Place, cards
from dashboard.reads.data import sources
from dashboard.reads.evidence import definitions
from dashboard.reads.warehouse import Generation
from dashboard.records import records


@dataclass(frozen=True)
class Rule:
    """The place of one measure in one view, with what only the definitions say of it."""

    card: Card
    place: Place
    item: str
    valid_days: int | None
    exceptions: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Source:
    """How fresh a source is that a measure rests on. `complete_to` is None for one without a date or a row."""

    name: str
    is_connected: bool
    complete_to: date | None
    is_declared: bool


@dataclass(frozen=True)
class Defined:
    """One measure of the dictionary; a measure of the company's own stands under the name its scorecard gives it."""

    key: str
    """What an address calls it: the measure, and the item behind a colon for one of the company's own."""
    label: str
    unit: str
    owner: str
    declared: Mapping[str, Any]
    rules: tuple[Rule, ...] = ()
    sources: tuple[Source, ...] = field(default=())

    @property
    def missing(self) -> tuple[str, ...]:
        """The columns to connect before it has a value; nothing where it has all, or counts in no view."""
        return tuple(dict.fromkeys(name for rule in self.rules for name in rule.place.missing_columns))


@dataclass(frozen=True)
class Cap:
    """An exception that keeps a view's points down while a measure or group of it is in some state."""

    view: str
    name: str
    words: str
    most: float


def dictionary(generation: Generation) -> tuple[Defined, ...]:
    """Every measure by label, those of the company's own among them."""
    return generation.once("dictionary", lambda: _dictionary(generation))


def caps(generation: Generation) -> tuple[Cap, ...]:
    """The caps of all views, in the order in which they are tried."""
    rows = generation.ask("select view, name, words, most from caps order by view, nth")
    return tuple(Cap(**row) for row in records(rows))


def find(generation: Generation, key: str) -> Defined | None:
    """The measure an address names: by its key, or by the entry of a view that is about one of its items."""
    every = {one.key: one for one in dictionary(generation)}
    return every.get(key) or every.get(key.partition(":")[0])


def _dictionary(generation: Generation) -> tuple[Defined, ...]:
    fresh = {row["source"]: row for row in records(sources(generation))}
    rules: dict[str, list[Rule]] = {}
    labels: dict[str, str] = {}
    declared = {row["measure"]: row for row in records(definitions(generation))}
    for rule, row in _rules(generation):
        key = row["entry"] if row.get("is_own") else row["measure"]
        rules.setdefault(key, []).append(rule)
        labels[key] = str(row["label"])
    own = {key.partition(":")[0] for key in rules if key not in declared}
    keys = [*(name for name in declared if name not in own), *(key for key in rules if key not in declared)]
    found = [_defined(key, labels, declared[key.partition(":")[0]], rules.get(key, []), fresh) for key in keys]
    return tuple(sorted(found, key=lambda one: one.label.casefold()))


def _defined(
    key: str, labels: Mapping[str, str], declared: Mapping[str, Any], rules: list[Rule], fresh: Mapping[str, Any]
) -> Defined:
    place = rules[0].place if rules else None
    return Defined(
        key=key,
        label=labels.get(key, str(declared["label"])),
        unit=place.unit if place else str(declared["unit"]),
        owner=place.owner if place else str(declared["owner"]),
        declared=declared,
        rules=tuple(rules),
        sources=tuple(_source(name, fresh[name]) for name in _named(str(declared["needs"])) if name in fresh),
    )


def _rules(generation: Generation) -> list[tuple[Rule, dict[str, Any]]]:
    """Every place of every measure in the views that are on, beside its row of the scorecard."""
    by_view = {card.view: card for card in cards(generation)}
    found = []
    for row in records(generation.ask("select * from scorecard")):
        card = by_view[row["view"]]
        place = card.place(row["entry"])
        if place is not None:
            given = tuple(json.loads(row["exceptions"]))
            days = None if row["valid_days"] is None else int(row["valid_days"])
            found.append((Rule(card, place, row["item"], days, given), row))
    return found


def _named(needs: str) -> list[str]:
    """The sources among the columns a measure needs, once each."""
    return list(dict.fromkeys(one.strip().split(".")[0] for need in needs.split(",") for one in need.split(" or ")))


def _source(name: str, row: Mapping[str, Any]) -> Source:
    return Source(name, bool(row["is_connected"]), row["complete_to"], bool(row["is_declared"]))
