"""Scorecards as what scores one account, and as text that a later version of the program still reads."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from metrics.catalog import Entry, Group, Measure, Scorecard
from metrics.one_account import CapRule, Definition, Place, Rule
from metrics.placing import placed

WORDS = {
    "title", "question", "side", "audience", "is_own_proposal", "subjective_why", "owner", "why", "label", "unit",
    "says", "is_subjective",
}  # fmt: skip
"""What a scorecard says to readers; changing it moves no score."""


def cards_hash(cards: Mapping[str, Scorecard]) -> str:
    """Twelve characters that differ as soon as anything in the scorecards does."""
    return hashlib.sha256(cards_json(cards).encode()).hexdigest()[:12]


def cards_json(cards: Mapping[str, Scorecard]) -> str:
    """The scorecards as JSON."""
    return json.dumps({name: card.model_dump(mode="json") for name, card in cards.items()}, sort_keys=True)


def cards_from(text: str) -> dict[str, Scorecard]:
    """The scorecards of a JSON text; one that this version can't read as a scorecard is left out."""
    found = {}
    for name, values in json.loads(text).items():
        try:
            found[name] = Scorecard.model_validate(values, by_name=True)
        except ValidationError:
            continue
    return found


def scoring_part(card: Scorecard) -> Any:
    """What moves scores: the scorecard without its words. Two that agree in it score everybody alike."""
    return _without_words(card.model_dump(mode="json"))


def _without_words(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_words(each) for name, each in value.items() if name not in WORDS}
    return [_without_words(each) for each in value] if isinstance(value, list) else value


def definition_of(card: Scorecard, measures: Mapping[str, Measure], missing: Mapping[str, list[str]]) -> Definition:
    """One view as it scores an account. `missing` names what a measure lacks, or an entry by its own name.

    An entry whose measure is known no longer counts as not connected.
    """
    return Definition(
        view=card.name,
        groups={group.name: float(group.weight) for group in card.groups},
        places=tuple(_place(group, entry, measures, missing) for group in card.groups for entry in group.entries),
        caps=tuple(CapRule(cap.name, cap.most, cap.band, cap.measure, cap.group) for cap in card.caps),
    )


def _place(group: Group, entry: Entry, measures: Mapping[str, Measure], missing: Mapping[str, list[str]]) -> Place:
    known = measures.get(entry.measure)
    if known is None:
        return Place(entry.name, group.name, entry.measure, _rules(entry), entry.item, is_connected=False)
    measure = placed(entry, known)
    return Place(
        name=entry.name,
        grp=group.name,
        measure=entry.measure,
        rules=_rules(entry),
        item=entry.item,
        has_items=measure.item is not None,
        lists_products=measure.items is not None,
        source=measure.source,
        valid_days=entry.valid_days if entry.valid_days is not None else measure.valid_days,
        is_connected=not missing.get(entry.name, missing.get(entry.measure, [])),
    )


def _rules(entry: Entry) -> tuple[Rule, ...]:
    """The exceptions of an entry in their order, then its default."""
    exceptions = tuple(
        Rule(
            red=entry.red if rule.red is None else rule.red,
            green=entry.green if rule.green is None else rule.green,
            weight=entry.weight if rule.weight is None else rule.weight,
            is_na=rule.na,
            segment=rule.segment,
            industry=rule.industry,
            item=rule.item,
            age_from=rule.age_from_days or 0,
            age_to=Rule.age_to if rule.age_to_days is None else rule.age_to_days,
        )
        for rule in entry.exceptions
    )
    return (*exceptions, Rule(entry.red, entry.green, entry.weight))


def differences(old: Scorecard, new: Scorecard) -> list[str]:
    """What changed between two scorecards of a view as far as it moves scores, a clause each."""
    before, after = _placed(old), _placed(new)
    said = [f"{name} is new" for name in after if name not in before]
    said += [f"{name} is gone" for name in before if name not in after]
    for name, (group, entry) in after.items():
        if name in before:
            said += [f"{name}: {words}" for words in entry_differences(*before[name], group, entry)]
    weights = {group.name: group.weight for group in old.groups}
    said += [
        f"group {group.name}: weight {weights[group.name]:g} → {group.weight:g}"
        for group in new.groups
        if group.name in weights and weights[group.name] != group.weight
    ]
    return [*said, "caps"] if old.caps != new.caps else said


def _placed(card: Scorecard) -> dict[str, tuple[Group, Entry]]:
    return {entry.name: (group, entry) for group in card.groups for entry in group.entries}


def entry_differences(old_group: Group, old: Entry, new_group: Group, new: Entry) -> list[str]:
    """What changed between two entries of the same name as far as it moves scores."""
    said = [
        f"{name.replace('_', ' ')} {_plain(getattr(old, name))} → {_plain(getattr(new, name))}"
        for name in ("red", "green", "weight", "valid_days")
        if getattr(old, name) != getattr(new, name)
    ]
    if old_group.name != new_group.name:
        said.append(f"group {old_group.name} → {new_group.name}")
    return [*said, "exceptions"] if old.exceptions != new.exceptions else said


def _plain(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"
