"""Which groups contradict each other: three pairs everybody knows, and those a company declares."""

import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass

import pandas as pd

from data.company import FILE, VIEWS, Company, CompanyError
from data.company import Conflict as Declared
from data.errors import did_you_mean
from metrics.catalog import Scorecard
from metrics.engines import Engine
from metrics.score.limits import EXPANSION_WORDS


@dataclass(frozen=True)
class Conflict:
    """One side of an account is green, the other red: views with a group each, or '' for a view as a whole."""

    conflict: str
    label: str
    words: str
    green_view: str
    green_grp: str
    red_view: str
    red_grp: str
    is_declared: bool = False

    @property
    def sides(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """The green and the red side."""
        return (self.green_view, self.green_grp), (self.red_view, self.red_grp)


OUTCOMES = "vendor_outcomes"
BUILT_IN = (
    Conflict(
        "locked_in_detractor", "Locked-in detractor", "stays, but would not speak for us",
        OUTCOMES, "retention", OUTCOMES, "advocacy",
    ),
    Conflict(
        "sticky_not_growing", "Sticky, not growing", "stays, but buys no more",
        OUTCOMES, "retention", OUTCOMES, "expansion",
    ),
    Conflict(
        "leaving_advocate", "Leaving advocate", "speaks well of us, but may leave",
        OUTCOMES, "advocacy", OUTCOMES, "retention",
    ),
)  # fmt: skip
"""The paradoxes the source article names."""


def conflicts(company: Company, cards: Mapping[str, Scorecard]) -> list[Conflict]:
    """The built-in conflicts, then the declared ones whose views are on. Raises `CompanyError` for a wrong name."""
    found = list(BUILT_IN)
    for declared in company.conflicts:
        conflict = _declared(company, declared, cards)
        if conflict.conflict in {other.conflict for other in found}:
            raise _wrong(company, declared, "there is a conflict of this name already. Give it another one")
        found.append(conflict)
    return [each for each in found if all(_is_on(cards, *side) for side in each.sides)]


def _declared(company: Company, declared: Declared, cards: Mapping[str, Scorecard]) -> Conflict:
    name = re.sub(r"\W+", "_", declared.name.casefold()).strip("_")
    if not name:
        raise _wrong(company, declared, "the name has no letter. Lists call the conflict by it")
    green, red = (_side(company, declared, key, cards) for key in ("green", "red"))
    if green == red:
        raise _wrong(company, declared, "green and red are the same side. Name two that may contradict each other")
    words = f"{_words(cards, *green, 'green')}, {_words(cards, *red, 'red')}"
    return Conflict(name, declared.name, words, *green, *red, is_declared=True)


def _side(company: Company, declared: Declared, key: str, cards: Mapping[str, Scorecard]) -> tuple[str, str]:
    """View and group of "view.group" or "view"; the groups of a view that is off are not known."""
    written = str(getattr(declared, key))
    view, _, grp = written.partition(".")
    if view not in VIEWS:
        near = did_you_mean(view, VIEWS)
        raise _wrong(company, declared, f'{key} = "{written}" names no view.{near} Views are {", ".join(VIEWS)}')
    known = [group.name for group in cards[view].groups] if view in cards else [grp]
    if "." in written and grp not in known:
        near = did_you_mean(grp, known)
        raise _wrong(
            company, declared, f"{key} = \"{written}\": {view} has no group '{grp}'.{near} It has {', '.join(known)}"
        )
    return view, grp


def _wrong(company: Company, declared: Declared, trouble: str) -> CompanyError:
    return CompanyError(f"{company.folder / FILE}: in the conflict '{declared.name}', {trouble}.")


def _is_on(cards: Mapping[str, Scorecard], view: str, grp: str) -> bool:
    return view in cards and (not grp or grp in {group.name for group in cards[view].groups})


def _words(cards: Mapping[str, Scorecard], view: str, grp: str, band: str) -> str:
    """ "Vendor Outcomes, Retention green"; a view that is off has its name for a title."""
    if view not in cards:
        return f"{view} {band}"
    card = cards[view]
    group = "".join(f", {group.title}" for group in card.groups if group.name == grp)
    return f"{card.title}{group} {EXPANSION_WORDS[band] if card.is_expansion else band}"


def put_conflict_kinds(engine: Engine, kinds: Collection[Conflict]) -> None:
    """`conflict_kinds`: those both of whose sides have a connected measure, in their order."""
    there = _connected_sides(engine)
    rows = [each for each in kinds if set(each.sides) <= there]
    frame = pd.DataFrame([asdict(each) for each in rows], columns=list(Conflict.__dataclass_fields__))
    frame.insert(0, "nth", range(1, len(rows) + 1))
    text = dict.fromkeys(frame.columns.drop(["nth", "is_declared"]), "string")
    engine.put("conflict_kinds", frame.astype(text | {"nth": "int32", "is_declared": bool}))


def _connected_sides(engine: Engine) -> set[tuple[str, str]]:
    """Views and groups with a connected measure; a view as a whole has the group ''."""
    rows = engine.rows("select distinct view, grp from entries where is_connected")
    return {(str(view), grp) for view, name in zip(rows["view"], rows["grp"], strict=True) for grp in (str(name), "")}
