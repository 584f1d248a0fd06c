"""What *Definitions* says: how many measures can be told, where one of them turns red, what makes an exception."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dashboard.format import Formats, missing
from dashboard.reads.company import Card
from dashboard.reads.dictionary import Defined, Rule, Source
from dashboard.voice import PANEL, Voice, capital, counted, fitting, joined, spelled

NAMED = {"segment": "segment", "industry": "industry", "item": ""}


def title(every: Sequence[Defined], voice: Voice) -> str:
    """How many measures have the columns they need, and what most of the others wait for."""
    f = voice.formats
    used = [one for one in every if one.rules]
    waiting = [one for one in used if one.missing]
    owners = len({rule.place.owner for one in used for rule in one.rules})
    answer = f"{spelled(owners, f)} {'function answers' if owners == 1 else 'functions answer'} for them"
    if not waiting:
        return f"All {counted(len(used), 'measure', f)} of the views can be told; {answer}"
    sources = list(dict.fromkeys(name.split(" or ")[0].split(".")[0] for one in waiting for name in one.missing))
    known = f"{f.count(len(used) - len(waiting))} of {counted(len(used), 'measure', f)} can be told"
    n = f"the other {f.count(len(waiting))} {'waits' if len(waiting) == 1 else 'wait'} for"
    if len(waiting) == len(used):
        known, n = f"None of {counted(len(used), 'measure', f)} can be told", "they wait for"
    return fitting(
        f"{known}; {n} {joined(sources)}",
        f"{known}; {n} {', '.join(sources[:3])} and more",
        f"{known}; {n} {counted(len(sources), 'source', f)}",
    )


def listed(shown: int, every: int, voice: Voice) -> str:
    """How many measures the list holds, of all."""
    f = voice.formats
    if shown == every:
        return f"{counted(every, 'measure', f)}, each defined once"
    return f"{capital(spelled(shown, f))} of {counted(every, 'measure', f)} {'fits' if shown == 1 else 'fit'}"


def views(cards: Sequence[Card], voice: Voice) -> str:
    """How many views have all their measures connected, and which lacks most."""
    f = voice.formats
    lacking = [card for card in cards if len(card.connected) < len(card.places)]
    if not lacking:
        return f"All {counted(len(cards), 'view', f)} have every measure connected"
    worst = max(lacking, key=lambda card: len(card.places) - len(card.connected))
    n = f"{len(worst.places) - len(worst.connected)} of {counted(len(worst.places), 'measure', f)}"
    return fitting(f"{worst.title} lacks most: {n} wait for their columns", f"{worst.title} lacks {n}", limit=PANEL)


def one(found: Defined, voice: Voice) -> str:
    """Where the measure is red and where green; or what it waits for."""
    if found.missing:
        return fitting(
            f"{found.label} waits for {joined(found.missing)}",
            f"{found.label} waits for {found.missing[0]} and more",
            f"{found.label} is not connected",
            limit=PANEL,
        )
    if not found.rules:
        return f"{found.label} is measured and counts in no view"
    words = thresholds(found.rules[0], voice.formats)
    return fitting(f"{found.label} is {words}", f"It is {words}", limit=PANEL)


def thresholds(rule: Rule, formats: Formats) -> str:
    """Red at 5 or more, green at 1 or less; in Expansion untapped and penetrated."""
    return _between(rule, rule.place.red, rule.place.green, formats)


def _between(rule: Rule, red: float, green: float, formats: Formats) -> str:
    low, high = ("untapped", "penetrated") if rule.card.is_expansion else ("red", "green")
    unit = rule.place.unit
    worse, better = ("or more", "or less") if red > green else ("or less", "or more")
    first = f"{low} at {formats.value(red, unit)} {worse}"
    return f"{first}, {high} at {formats.value(green, unit)} {better}"


def exception(rule: Rule, given: Mapping[str, Any], formats: Formats) -> str:
    """For whom other thresholds or weights hold, and which."""
    given = {**given, "item": given.get("item_name") or given.get("item")}
    whom = [f"{word} {given[name]}".strip() for name, word in NAMED.items() if given.get(name) is not None]
    whom += [_age(given)] if given.get("age_from_days") is not None or given.get("age_to_days") is not None else []
    return f"{capital(joined(whom))}: {'; '.join(_changed(rule, given, formats))}"


def _age(given: Mapping[str, Any]) -> str:
    first, until = given.get("age_from_days"), given.get("age_to_days")
    if first is None:
        return f"accounts younger than {until} days"
    return f"accounts of {first} days or more" if until is None else f"accounts of {first} to {until} days"


def _changed(rule: Rule, given: Mapping[str, Any], formats: Formats) -> list[str]:
    if given.get("na"):
        return ["NA"]
    red, green, weight = given.get("red"), given.get("green"), given.get("weight")
    found = []
    if red is not None or green is not None:
        low, high = rule.place.red if red is None else red, rule.place.green if green is None else green
        found.append(_between(rule, float(low), float(high), formats))
    if weight is not None:
        found.append("does not count" if weight == 0 else f"weight {formats.number(weight, 2)}")
    return found


def meaning(declared: Mapping[str, Any]) -> list[str]:
    """What the measure means, paragraph by paragraph: a line of its file may end anywhere."""
    return [" ".join(part.split()) for part in str(declared["words"]).split("\n\n")]


def absent(declared: Mapping[str, Any]) -> str:
    """What it means that no row is there."""
    return {
        "zero": "zero, while the source is complete",
        "na": "NA",
        "worst": "the worst value there is",
        "no data": "no data, which is not zero",
    }.get(str(declared["absent"]), str(declared["absent"]))


def rollup(declared: Mapping[str, Any]) -> str:
    """How the values of several accounts make one."""
    return {
        "ratio": "all numerators over all denominators",
        "mean": "the mean over accounts",
        "sum": "the sum over accounts",
        "none": "not at all: it holds for one account",
    }.get(str(declared["rollup"]), str(declared["rollup"]))


def age(source: Source, week: date, formats: Formats) -> str:
    """Up to when a source is complete, and how far that lies behind the week."""
    if not source.is_connected:
        return "not connected"
    if missing(source.complete_to) or source.complete_to is None:
        return "has no date to go by"
    behind = (week - source.complete_to).days
    said = "declared" if source.is_declared else "by its newest row"
    until = f"complete to {formats.day(source.complete_to)}, {said}"
    return until if behind <= 0 else f"{until}: {behind} {'day' if behind == 1 else 'days'} behind"
