"""Measures and scorecards as checked objects: what every file in `measures/` and `scorecards/` declares.

A mistake in one of them is a `CatalogError` that names the file, the trouble and the way out.
"""

from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from data.company import VIEWS
from data.errors import did_you_mean
from metrics.declarations import CatalogError, checked, measure_text, text_of, toml_of
from metrics.placing import card_troubles, own_troubles

__all__ = [
    "VIEWS", "Cap", "CatalogError", "Entry", "Exception_", "Group", "Measure", "Scorecard",
    "measures", "own_entries", "read_measure", "read_scorecard", "scorecards",
]  # fmt: skip

HERE = Path(__file__).parent
Unit = Literal[
    "ratio", "money", "days", "cases", "defects", "requests", "events", "acts", "deals", "people", "units",
    "of 5", "per seat", "NPS",
]  # fmt: skip
"""How a value is written: ratios as percent, money as money, anything else as a number before this word."""


class Declared(BaseModel):
    """Read from a file once, never changed after."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Measure(Declared):
    """One number about one account in one week, as its file in `measures/` declares it.

    `needs` are the columns without which the measure is not connected; "a.b or c.d" is met by either. `source` is the
    source whose first and last day decide between zero, no data and stale. `says` is a clause with {value} and
    {before}, without the account's name. `item` names what a measure has several values of. With `items` it has one
    for every value of that column, its rows are sparse, and a value without a row counts as zero. Where `is_own`, every
    item is a measure of the company's own, and the scorecard's entry declares what the head declares for others.
    """

    name: str
    label: str
    unit: Unit
    owner: str
    rollup: Literal["ratio", "mean", "sum", "none"]
    absent: Literal["zero", "no data", "na", "worst"]
    source: str
    reads: tuple[str, ...] = Field(min_length=1)
    needs: tuple[str, ...] = Field(min_length=1)
    says: str
    valid_days: int | None = Field(default=None, gt=0)
    na: str | None = None
    item: str | None = None
    items: str | None = None
    is_subjective: bool = False
    is_own: bool = False
    comment: str = Field(min_length=1)
    sql: str = Field(min_length=1)
    path: Path

    def missing(self, connected: Collection[str]) -> list[str]:
        """The needs that no connected column or source meets, in the order the head names them."""
        return [need for need in self.needs if not any(one in connected for one in need.split(" or "))]


class Exception_(Declared):
    """Where other thresholds hold: an account must fit everything named here, and the first that fits wins."""

    segment: str | None = None
    industry: str | None = None
    item: str | None = None
    age_from_days: int | None = Field(default=None, ge=0)
    age_to_days: int | None = Field(default=None, gt=0)
    red: float | None = None
    green: float | None = None
    weight: float | None = Field(default=None, ge=0)
    na: bool = False


class Entry(Declared):
    """The place of a measure in a view: `red` scores 0, `green` scores 100, `why` says who says so.

    `label`, `unit`, `says` and `is_subjective` are those of a measure of the company's own; others declare them in
    their file.
    """

    measure: str = Field(validation_alias="name")
    item: str = ""
    owner: str | None = None
    weight: float = Field(default=1.0, gt=0)
    red: float
    green: float
    valid_days: int | None = Field(default=None, gt=0)
    why: str = ""
    label: str | None = Field(default=None, min_length=1)
    unit: str | None = Field(default=None, min_length=1)
    says: str | None = None
    is_subjective: bool | None = None
    exceptions: tuple[Exception_, ...] = ()

    @property
    def name(self) -> str:
        """The measure's name, with the item behind it where the entry is about one."""
        return f"{self.measure}:{self.item}" if self.item else self.measure


class Group(Declared):
    """Measures of one view that are read together. `owner` answers for all of them that name nobody else."""

    name: str
    title: str
    owner: str | None = None
    weight: float = Field(default=1.0, gt=0)
    entries: tuple[Entry, ...] = Field(validation_alias="measures", min_length=1)


class Cap(Declared):
    """What a mean may hide: while a measure or a group `is` in a band, the view has at most so many points.

    Caps only ask for bands, never for what is missing: what nobody delivered lowers no score.
    """

    name: str = Field(min_length=1)
    measure: str | None = None
    group: str | None = None
    band: Literal["red", "amber", "green"] = Field(validation_alias="is")
    most: float = Field(ge=0, lt=100)


class Scorecard(Declared):
    """The weighted measures of one question. `is_own_proposal` marks what no source article defines.

    `subjective_why` says in words why more rests on what our own staff enter than two measures of 15 % each. Of the
    `caps` whose condition holds, the first in the file counts.
    """

    name: str
    title: str
    side: Literal["vendor", "client"]
    question: str
    audience: str
    is_own_proposal: bool = Field(default=False, validation_alias="ours")
    subjective_why: str | None = Field(default=None, min_length=1)
    groups: tuple[Group, ...] = Field(min_length=1)
    caps: tuple[Cap, ...] = ()

    @property
    def is_expansion(self) -> bool:
        """Whether it speaks of untapped, partial and penetrated, and never raises an alarm."""
        return self.name == "vendor_expansion"

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry of every group, in the order of the file."""
        return tuple(entry for group in self.groups for entry in group.entries)


@cache
def measures() -> dict[str, Measure]:
    """Every shipped measure by name, in alphabetical order."""
    return {path.stem: read_measure(path) for path in sorted((HERE / "measures").glob("*.sql"))}


def read_measure(path: Path) -> Measure:
    """What one measure file declares, says and selects."""
    head, comment, sql = measure_text(path)
    measure = checked(Measure, head | {"name": path.stem, "comment": comment, "sql": sql, "path": path}, path)
    for word in ("{value}", "{before}"):
        if word not in measure.says:
            raise CatalogError(path, f"'says' has no {word}. It is a clause such as '{{value}} open, was {{before}}'.")
    return measure


def scorecards(folder: Path | None = None, views: Collection[str] = VIEWS) -> dict[str, Scorecard]:
    """The scorecards of `views` by name, in the fixed order of the seven.

    Files of the same name in `folder` replace the shipped ones. A file there that is called like no view is an error,
    not silently without effect.
    """
    own = {path.stem: path for path in sorted(folder.glob("*.toml"))} if folder is not None else {}
    for name, path in own.items():
        if name not in VIEWS:
            known = ", ".join(VIEWS)
            raise CatalogError(path, f"no view is called '{name}'.{did_you_mean(name, VIEWS)} Views are {known}.")
    files = {name: own.get(name, HERE / "scorecards" / f"{name}.toml") for name in VIEWS if name in views}
    return {name: read_scorecard(path) for name, path in files.items()}


def own_entries(cards: Iterable[Scorecard]) -> list[Entry]:
    """The entries that declare a measure of the company's own."""
    return [entry for card in cards for entry in card.entries if measures()[entry.measure].is_own]


def read_scorecard(path: Path) -> Scorecard:
    """What one scorecard file declares, checked against the measures."""
    card = checked(Scorecard, toml_of(text_of(path), path) | {"name": path.stem}, path)
    for trouble in _troubles(card):
        raise CatalogError(path, trouble)
    return card


def _troubles(card: Scorecard) -> Iterable[str]:
    """What is wrong between the parts of a scorecard, in words."""
    names = [entry.name for entry in card.entries]
    yield from (f"'{name}' stands here more than once." for name in sorted({n for n in names if names.count(n) > 1}))
    wrong = [trouble for entry in card.entries for trouble in _entry_troubles(entry)]
    yield from wrong
    if wrong:
        return
    for place, weighed in (("the groups", card.groups), *((f"'{g.name}'", g.entries) for g in card.groups)):
        if len({"weight" in part.model_fields_set for part in weighed}) > 1:
            yield f"some of {place} have a weight and some have none. Give all of them one, or none for equal weights."
    for cap in card.caps:
        yield from _cap_troubles(card, cap)
    yield from card_troubles(card, measures())


def _cap_troubles(card: Scorecard, cap: Cap) -> Iterable[str]:
    if [other.name for other in card.caps].count(cap.name) > 1:
        yield f"the cap '{cap.name}' stands here more than once. A name tells readers which cap holds a score down."
    if (cap.measure is None) == (cap.group is None):
        yield f"the cap '{cap.name}' needs a measure or a group, one of them."
        return
    kind, name = ("measure", cap.measure) if cap.measure is not None else ("group", cap.group)
    known = [entry.name for entry in card.entries] if kind == "measure" else [group.name for group in card.groups]
    if name not in known:
        yield (
            f"the cap '{cap.name}' names the {kind} '{name}', which this scorecard has not."
            f"{did_you_mean(str(name), known)} It has {', '.join(known)}."
        )


def _entry_troubles(entry: Entry) -> Iterable[str]:
    known = measures()
    if entry.measure not in known:
        yield (
            f"no measure is called '{entry.measure}'.{did_you_mean(entry.measure, known)} "
            "Measures are the files in metrics/measures/."
        )
        return
    if known[entry.measure].item is None:
        for item in filter(None, (entry.item, *(rule.item for rule in entry.exceptions))):
            yield f"'{entry.measure}' has no items, so it can't have the item '{item}'. Leave 'item' out."
    yield from own_troubles(entry, known[entry.measure])
    if entry.red == entry.green:
        yield _same(entry.name, entry.red)
    for rule in entry.exceptions:
        yield from _exception_troubles(entry, rule)


def _exception_troubles(entry: Entry, rule: Exception_) -> Iterable[str]:
    red = entry.red if rule.red is None else rule.red
    if red == (entry.green if rule.green is None else rule.green):
        yield _same(entry.name, red)
    if not rule.model_fields_set & {"segment", "industry", "item", "age_from_days", "age_to_days"}:
        yield f"an exception of '{entry.name}' fits every account. Name a segment, an industry, an item or an age."
    if not rule.model_fields_set & {"red", "green", "weight", "na"}:
        yield f"an exception of '{entry.name}' changes nothing. Give it red, green, weight or na."


def _same(name: str, value: float) -> str:
    return f"red and green of '{name}' are both {value:g}. They must differ: red scores 0, green scores 100."
