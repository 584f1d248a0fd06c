"""What holds between a measure and its place in a scorecard: who answers for it, what it is called, what is wrong."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from metrics.catalog import Entry, Group, Measure, Scorecard

MOST_SUBJECTIVE = 2
MOST_WEIGHT = 0.15
"""How many measures of a view our own staff may enter, and the largest share of it each may have (domain 1.4)."""

OWN_KEYS = ("item", "label", "unit", "owner", "valid_days", "why")
"""What the entry of a measure of the company's own has to say beside red and green."""


def placed(entry: "Entry", measure: "Measure") -> "Measure":
    """The measure as its entry has it: one of the company's own takes label, unit, owner and words from there."""
    if not measure.is_own:
        return measure
    words = {
        "label": entry.label,
        "unit": entry.unit,
        "owner": entry.owner,
        "says": entry.says or f"{entry.label} {{value}}, was {{before}}",
        "valid_days": entry.valid_days,
        "is_subjective": bool(entry.is_subjective),
    }
    return measure.model_copy(update=words)


def owner(group: "Group", entry: "Entry", measure: "Measure") -> str:
    """Who answers for a measure in a view: the entry says so, else its group, else the measure."""
    return entry.owner or group.owner or measure.owner


def group_owner(group: "Group", measures: "Mapping[str, Measure]") -> str:
    """Who answers for a group: its own owner, else the one all its measures have; '' where they have several."""
    owners = {owner(group, entry, measures[entry.measure]) for entry in group.entries}
    return group.owner or (owners.pop() if len(owners) == 1 else "")


def own_troubles(entry: "Entry", measure: "Measure") -> Iterator[str]:
    """What is wrong where an entry declares a measure of the company's own, or declares one that is not."""
    if not measure.is_own:
        for key in ("label", "unit", "says", "is_subjective"):
            if getattr(entry, key) is not None:
                yield f"'{entry.name}' declares its {key} in {measure.path.name}. Leave '{key}' out."
        return
    for key in OWN_KEYS:
        if not getattr(entry, key):
            yield f"'{entry.name}' is a measure of your own, so the key '{key}' is needed."
            return
    for word in ("{value}", "{before}"):
        if entry.says is not None and word not in entry.says:
            yield f"'says' of '{entry.name}' has no {word}. It is a clause such as '{{value}} tonnes, was {{before}}'."


def card_troubles(card: "Scorecard", measures: "Mapping[str, Measure]") -> Iterable[str]:
    """What is wrong with a scorecard as a whole: too much of our own staff's judgement, a risk nobody answers for."""
    yield from _subjective_troubles(card, measures)
    for group in card.groups:
        if card.name == "vendor_risk" and not group_owner(group, measures):
            yield (
                f"'{group.name}' has measures of several owners. One function answers for each risk: "
                "give the group an owner."
            )


def _subjective_troubles(card: "Scorecard", measures: "Mapping[str, Measure]") -> Iterator[str]:
    if card.subjective_why is not None:
        return
    shares = {
        entry.name: _largest_share(card, group, entry)
        for group in card.groups
        for entry in group.entries
        if placed(entry, measures[entry.measure]).is_subjective
    }
    way_out = 'or say why in words: subjective_why = "…" beside the title.'
    if len(shares) > MOST_SUBJECTIVE:
        named = ", ".join(f"'{name}'" for name in shares)
        yield f"{named} are entered by our own staff, and a view has two of those at most. Leave some out, {way_out}"
    for name, share in shares.items():
        if share > MOST_WEIGHT + 1e-9:
            yield (
                f"'{name}' is entered by our own staff and has {share * 100:.3g} % of the view, more than 15 %. "
                f"Give it less weight, {way_out}"
            )


def _largest_share(card: "Scorecard", group: "Group", entry: "Entry") -> float:
    """The share of the view an entry has by its weight, or by the heaviest one of its exceptions."""
    weight = max([entry.weight, *(rule.weight for rule in entry.exceptions if rule.weight is not None)])
    others = sum(other.weight for other in group.entries if other is not entry)
    of_view = group.weight / sum(each.weight for each in card.groups)
    return of_view * weight / (weight + others)
