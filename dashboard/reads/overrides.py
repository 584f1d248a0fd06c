"""Reads of values by hand: what the journal says now, beside what the last build took of it."""

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard.reads.warehouse import Generation, Scope
from data.journal.place import JournalError, Place

if TYPE_CHECKING:
    from data.journal.opening import Journal
    from data.journal.overrides import Override

Key = tuple[str, str]
"""Account code and view."""

OUT_OF_REACH = 15.0
"""Seconds a journal that did not answer is left alone: no click waits for it again and again."""

_log = logging.getLogger(__name__)
_failed: dict[Place, float] = {}


@dataclass(frozen=True)
class Rule:
    """What the rule says where a person says something else."""

    status: str
    points: float | None


@dataclass(frozen=True)
class ByHand:
    """The values by hand of one week."""

    standing: Mapping[Key, "Override"] = field(default_factory=dict)
    built: Mapping[Key, Rule] = field(default_factory=dict)
    """The rule's values where the build took a person's, whether or not it stands any longer."""
    waiting: int = 0
    """How many differ from what the build took: they count in totals from the next build."""
    is_reached: bool = True
    """Whether the journal answered; else only what the build took is known."""


def journal_of(generation: Generation) -> "Journal | None":
    """The journal of the company whose generation this is; None as long as nothing was entered. `JournalError`."""
    place = _place(generation)
    return _journal(place) if place.is_begun else None


def journal_to_write(generation: Generation) -> "Journal":
    """The same journal, which is made by the first entry. Raises `JournalError`."""
    return _journal(_place(generation))


def _place(generation: Generation) -> Place:
    return Place.in_folder(generation.path.parent.parent)


@cache
def _journal(place: Place) -> "Journal":
    # Imported here: as long as nobody enters anything, the server does without the database library.
    from data.journal.opening import Journal

    return Journal(place)


def by_hand(generation: Generation, scope: Scope, week: date) -> ByHand:
    """The values by hand of a week. A journal that does not answer leaves those the build took."""
    condition, params = scope.clause("a.")
    taken = generation.ask(
        f"""
        select a.account_code, o.view, o.override_id, o.rule_status, o.rule_points
        from overridden as o join accounts as a on a.account_id = o.account_id
        where o.as_of = $week and {condition}
        """,
        params | {"week": week},
    )
    rows = {(str(row["account_code"]), str(row["view"])): row for row in taken.to_dict("records")}
    ids = {key: int(row["override_id"]) for key, row in rows.items()}
    built = {key: _rule(row["rule_status"], row["rule_points"]) for key, row in rows.items()}
    found = _standing(generation, week, bool(ids))
    if found is None:
        return ByHand(_as_built(generation, week, ids), built, 0, False)
    codes = _codes_now(generation, scope, week, {code for code, _ in found})
    in_order = sorted(found.values(), key=lambda one: one.override_id)
    standing = {(codes[one.account_code], one.view): one for one in in_order if one.account_code in codes}
    waiting = sum(ids.get(key) != one.override_id for key, one in standing.items()) + len(ids.keys() - standing.keys())
    return ByHand(standing, built, waiting)


def all_overrides(generation: Generation, scope: Scope) -> pd.DataFrame:
    """Every override ever entered for an account of the scope, newest first, with what followed.

    `as_of` is the week in which the rule spoke again, `is_live` whether the account was still live in it,
    `ended_status` and `ended_points` what the rule said; null as long as it stands. `is_known` is false for an account
    that is not among the accounts, which only the whole company shows. Raises `JournalError`.
    """
    from dataclasses import asdict

    journal = journal_of(generation)
    if journal is None:
        return pd.DataFrame()
    from data.journal.overrides import every_override

    found = pd.DataFrame([asdict(one) | {"ends_on": one.ends_on} for one in every_override(journal)])
    if found.empty:
        return found
    names = _names(generation, scope, found["account_code"].unique().tolist())
    ends = generation.ask("select * from override_ends")
    joined = found.merge(names, "left", "account_code").merge(ends, "left", "override_id")
    joined["is_known"] = joined["account_id"].notna()
    return joined if scope.is_all else joined[joined["is_known"]].reset_index(drop=True)


def _standing(generation: Generation, week: date, is_expected: bool) -> Mapping[Key, "Override"] | None:
    """What the journal says stands in a week; None when it did not answer, or is gone with what a build has of it."""
    try:
        journal = journal_of(generation)
        if journal is None:
            return None if is_expected else {}
        if time.monotonic() - _failed.get(journal.place, -OUT_OF_REACH) < OUT_OF_REACH:
            return None
        from data.journal.overrides import standing

        try:
            return standing(journal, week)
        except JournalError:
            _failed[journal.place] = time.monotonic()
            raise
    except JournalError as trouble:
        _log.warning("%s", trouble)
        return None


def _as_built(generation: Generation, week: date, ids: Mapping[Key, int]) -> dict[Key, "Override"]:
    """The overrides the build took, by its own table."""
    if not ids:
        return {}
    from data.journal.overrides import Override

    rows = generation.ask(
        "select * from overrides where starts_on <= $week and ends_on > $week order by override_id", {"week": week}
    )
    names = Override.__dataclass_fields__
    taken = {}
    for row in rows.rename(columns={"starts_on": "week"}).to_dict("records"):
        plain = {name: _day(row.get(name)) for name in names}
        taken[plain["account_code"], plain["view"]] = Override(**plain)
    return {key: one for key, one in taken.items() if key in ids}


def _rule(status: Any, points: Any) -> Rule:
    return Rule(str(status), None if points != points else float(points))


def _day(value: Any) -> Any:
    """A day as a date, a missing value as None."""
    if value is None or value != value:
        return None
    return value.date() if isinstance(value, pd.Timestamp) and value == value.normalize() else value


def _codes_now(generation: Generation, scope: Scope, week: date, codes: set[str]) -> dict[str, str]:
    """The code each of these goes by today, an alias too, of the accounts of the scope that are live in a week."""
    if not codes:
        return {}
    condition, params = scope.clause("n.")
    rows = generation.ask(
        f"""
        select n.account_code as code, n.account_code
        from view_now as n where n.as_of = $week and list_contains($codes, n.account_code) and {condition}
        union all
        select l.alias, n.account_code
        from account_aliases as l join view_now as n on n.account_id = l.account_id
        where n.as_of = $week and list_contains($codes, l.alias) and {condition}
        """,
        params | {"week": week, "codes": tuple(sorted(codes))},
    )
    return dict(zip(rows["code"], rows["account_code"], strict=True))


def _names(generation: Generation, scope: Scope, codes: Sequence[str]) -> pd.DataFrame:
    condition, params = scope.clause()
    return generation.ask(
        f"""
        select account_code, account_id, name, csm from accounts
        where list_contains($codes, account_code) and {condition}
        """,
        params | {"codes": tuple(codes)},
    )
