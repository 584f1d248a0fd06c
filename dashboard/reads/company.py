"""What a warehouse says of its company: who it is, which views it has, which weeks and accounts one can choose."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dashboard.format import Formats
from dashboard.reads.warehouse import Generation, Scope
from data.company import AIMS

CHOSEN_WEEKS = 13


@dataclass(frozen=True)
class Company:
    """The company of a generation, and what its numbers rest on."""

    name: str
    as_of: date
    first_week: date
    generation: str
    built_at: datetime
    formats: Formats
    has_arr: bool
    profit_window_weeks: int
    profit_band: float
    profit_missing: str | None
    late_after_weeks: int
    owners: Mapping[str, str]
    definitions: str
    aim: tuple[str, str] | None
    """What customer success is for, where the company says so: the view that comes first, and the aim in words."""
    profit_notes: tuple[str, ...]
    """What a reader must know beside the profit: costs left out, invoices without a service period."""

    def owner(self, function: str) -> str:
        """The person who answers for a function or for its head; the function's own name where none is given."""
        return self.owners.get(function) or self.owners.get(department(function), function)


@dataclass(frozen=True)
class Place:
    """The place of one measure in a view."""

    entry: str
    grp: str
    grp_title: str
    measure: str
    label: str
    unit: str
    says: str
    owner: str
    red: float
    green: float
    share: float
    """Weight inside the view, over all its measures."""
    is_connected: bool
    missing_columns: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Card:
    """One view as the screens know it."""

    view: str
    title: str
    question: str
    side: str
    audience: str
    is_own_proposal: bool
    is_expansion: bool
    places: tuple[Place, ...]

    @property
    def short(self) -> str:
        """The title without the side it stands under."""
        first, _, rest = self.title.partition(" ")
        return rest if rest and first.lower() == self.side else self.title

    @property
    def connected(self) -> tuple[Place, ...]:
        """The measures that have all the columns they need."""
        return tuple(place for place in self.places if place.is_connected)

    @property
    def missing_columns(self) -> tuple[str, ...]:
        """What to connect, once each, in the order the scorecard asks for it."""
        return tuple(dict.fromkeys(name for place in self.places for name in place.missing_columns))

    @property
    def groups(self) -> dict[str, str]:
        """Titles of the groups with a connected measure, by name, in their order."""
        return {place.grp: place.grp_title for place in self.connected}

    def function(self, grp: str) -> str | None:
        """The function that answers for most of a group's weight; of the whole view for the group ''."""
        weights: dict[str, float] = {}
        for place in self.places:
            if grp in ("", place.grp):
                weights[place.owner] = weights.get(place.owner, 0.0) + place.share
        return max(weights, key=lambda owner: weights[owner], default=None)

    def place(self, entry: str | None) -> Place | None:
        """The measure of that name in this view."""
        return next((place for place in self.places if place.entry == entry), None)


def department(function: str) -> str:
    """The department a function's head leads: Support, for the head of Support."""
    return function.removeprefix("head of ")


def company(generation: Generation) -> Company:
    """The one row of `generation`, with the settings that screens obey."""
    return generation.once("company", lambda: _company(generation))


def _company(generation: Generation) -> Company:
    row = generation.ask("select * from generation").iloc[0]
    settings = generation.ask("select * from settings").iloc[0]
    missing = row["profit_missing"]
    return Company(
        name=row["company"],
        as_of=row["as_of"].date(),
        first_week=row["first_week"].date(),
        generation=row["generation"],
        built_at=row["built_at"].to_pydatetime(),
        formats=Formats(row["locale"], row["currency"]),
        has_arr=bool(row["has_arr"]),
        profit_window_weeks=int(row["profit_window_weeks"]),
        profit_band=float(row["profit_band"]),
        profit_missing=missing if isinstance(missing, str) else None,
        late_after_weeks=int(settings["late_after_weeks"]),
        owners=json.loads(row["owners"]),
        definitions=row["scorecards_hash"],
        aim=AIMS.get(str(settings.get("aim", ""))),
        profit_notes=_profit_notes(generation),
    )


def _profit_notes(generation: Generation) -> tuple[str, ...]:
    tables = set(generation.ask("select table_name from duckdb_tables()")["table_name"])
    if not {"invoices", "service_costs"} <= tables:
        return ()
    row = generation.ask(
        """
        select (select count(*) from service_costs) as costs, count(*) as lines,
            count(case when starts_on is null or ends_on is null then 1 end) as dated
        from invoices
        """
    ).iloc[0]
    notes = []
    if row["lines"] and not row["costs"]:
        notes.append("service costs not connected")
    if row["dated"]:
        some = "all" if row["dated"] == row["lines"] else f"{row['dated']:,} of"
        notes.append(f"{some} {row['lines']:,} invoice lines without a service period count on their day")
    return tuple(notes)


def cards(generation: Generation) -> tuple[Card, ...]:
    """The views that are on, in their fixed order."""
    return generation.once("cards", lambda: _cards(generation))


def _cards(generation: Generation) -> tuple[Card, ...]:
    by_view: dict[str, list[Mapping[Any, Any]]] = {}
    for row in generation.ask("select * from scorecard").to_dict("records"):
        by_view.setdefault(str(row["view"]), []).append(row)
    return tuple(_card(view, rows) for view, rows in by_view.items())


def _card(view: str, rows: Sequence[Mapping[Any, Any]]) -> Card:
    first = rows[0]
    in_group: dict[str, float] = {}
    for row in rows:
        in_group[row["grp"]] = in_group.get(row["grp"], 0.0) + row["weight"]
    groups = {row["grp"]: row["grp_weight"] for row in rows}
    whole = sum(groups.values())
    return Card(
        view=view,
        title=first["title"],
        question=first["question"],
        side=first["side"],
        audience=first["audience"],
        is_own_proposal=bool(first["ours"]),
        is_expansion=bool(first["is_expansion"]),
        places=tuple(
            _place(row, _share(row["grp_weight"], whole) * _share(row["weight"], in_group[row["grp"]])) for row in rows
        ),
    )


def _share(part: float, whole: float) -> float:
    """A part of a whole; not a number where all weights are 0."""
    return part / whole if whole else float("nan")


def _place(row: Mapping[Any, Any], share: float) -> Place:
    missing = tuple(name for name in str(row["missing_columns"] or "").split(", ") if name)
    named = ("entry", "grp", "grp_title", "measure", "label", "unit", "says", "owner", "red", "green", "why")
    item = f": {row['item']}" if row["item"] and not row.get("is_own") else ""
    values = {name: row[name] for name in named} | {"label": f"{row['label']}{item}"}
    return Place(**values, share=float(share), is_connected=bool(row["is_connected"]), missing_columns=missing)


def weeks(generation: Generation) -> list[date]:
    """The week ends a screen can be set to, newest first: the last thirteen that are shown."""
    rows = generation.ask("select as_of from weeks where is_shown order by as_of desc limit $n", {"n": CHOSEN_WEEKS})
    return [day.date() for day in rows["as_of"]]


def choices(generation: Generation, scope: Scope) -> dict[str, list[str]]:
    """Segments, regions and success leads one can choose, by name; those without one come last, as ''."""
    condition, params = scope.clause()
    rows = generation.ask(
        f"""
        select distinct segment, region, csm
        from view_now
        where as_of = (select max(as_of) from view_now) and {condition}
        """,
        params,
    )
    return {name: sorted(rows[name].unique(), key=lambda v: (v == "", v.casefold())) for name in rows.columns}
