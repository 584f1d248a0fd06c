"""Overrides: a person sets the band of one view of one account, with a reason and for a time; the rule's stays beside.

An override stands in the weeks from `week`, the one whose value the person saw, up to the day it expires, is withdrawn
or is replaced by a later one of the same account and view. Nothing is ever changed or removed: what a person said, and
what the rule said then, can be held against what followed.
"""

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, insert, or_, select, update

from data.company import VIEWS
from data.journal.limits import DAYS, LONGEST_REASON, MOST_DAYS, POINTS
from data.journal.opening import Journal
from data.journal.tables import overrides
from data.journal.words import NotTaken, paragraph, person, stored

__all__ = ["Entry", "NotTaken", "Override", "enter", "every_override", "standing", "withdraw"]

WHY = "Say why: a value by hand needs a reason."


@dataclass(frozen=True)
class Override:
    """One override as the journal holds it."""

    override_id: int
    account_code: str
    view: str
    made_at: datetime
    made_on: date
    week: date
    author: str
    is_verified: bool
    rule_points: float | None
    rule_status: str
    status: str
    points: float
    reason: str
    expires_on: date
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    withdrawn_week: date | None
    replaced_week: date | None
    """The first week in which a later one stands in its place."""

    @property
    def ends_on(self) -> date:
        """The first day it no longer stands on."""
        return min(day for day in (self.expires_on, self.withdrawn_week, self.replaced_week) if day is not None)

    def stands_in(self, week: date) -> bool:
        """Whether the value of this week is the person's."""
        return self.week <= week < self.ends_on


@dataclass(frozen=True)
class Entry:
    """What a person enters: the band for a view of an account, over what the rule says in the week they look at."""

    account_code: str
    view: str
    week: date
    rule_points: float | None
    rule_status: str
    status: str
    reason: str
    author: str
    is_verified: bool = False
    days: int = DAYS


def enter(journal: Journal, entry: Entry, now: datetime | None = None) -> int:
    """Store an override; its number comes back. Raises `NotTaken` for what can't be stored, and `JournalError`."""
    made_at = now or datetime.now(UTC)
    row = _row(entry, made_at, journal.place.today(made_at))
    with journal.writing() as connection:
        key = connection.execute(insert(overrides).values(**row)).inserted_primary_key
        assert key is not None
        return int(key[0])


def withdraw(journal: Journal, override_id: int, by: str, week: date, now: datetime | None = None) -> bool:
    """End an override with the week one looks at; False when there is none to end. Raises as `enter` does."""
    values = {
        "withdrawn_at": stored(now or datetime.now(UTC)),
        "withdrawn_by": person(by),
        "withdrawn_week": week,
    }
    is_open = and_(overrides.c.override_id == override_id, overrides.c.withdrawn_at.is_(None))
    with journal.writing() as connection:
        return connection.execute(update(overrides).where(is_open).values(**values)).rowcount == 1


def every_override(journal: Journal) -> list[Override]:
    """All overrides ever entered, newest first. Raises `JournalError`."""
    with journal.reading() as connection:
        return _read(connection, _terms()) if connection else []


def standing(journal: Journal, week: date, account_code: str | None = None) -> dict[tuple[str, str], Override]:
    """The overrides that stand in a week, by account code and view; of one account where it is named."""
    with journal.reading() as connection:
        if connection is None:
            return {}
        terms = _terms(overrides.c.account_code == account_code) if account_code is not None else _terms()
        all_of_them = terms.subquery()
        t = all_of_them.c
        ends = (_after(t.expires_on, week), _after(t.withdrawn_week, week), _after(t.replaced_week, week))
        found = _read(connection, select(all_of_them).where(t.week <= week, *ends).order_by(t.override_id))
    return {(one.account_code, one.view): one for one in found}


def _terms(*conditions: ColumnElement[bool]) -> Select[Any]:
    """Every override with the week a later one takes its place in."""
    later = func.min(overrides.c.week).over(
        partition_by=(overrides.c.account_code, overrides.c.view), order_by=overrides.c.override_id, rows=(1, None)
    )
    return (
        select(overrides, later.label("replaced_week"))
        .where(*conditions)
        .order_by(overrides.c.made_at.desc(), overrides.c.override_id.desc())
    )


def _after(day: ColumnElement[Any], week: date) -> ColumnElement[bool]:
    return or_(day.is_(None), day > week)


def _read(connection: Connection, chosen: Select[Any]) -> list[Override]:
    names = [field.name for field in fields(Override)]
    return [Override(**{name: row[name] for name in names}) for row in connection.execute(chosen).mappings()]


def _row(entry: Entry, made_at: datetime, made_on: date) -> dict[str, object]:
    """The row of an entry, once every part of it can be taken."""
    if entry.view not in VIEWS:
        raise NotTaken(f"There is no view called {entry.view}.")
    if entry.status not in POINTS:
        raise NotTaken(f"A band is one of {', '.join(POINTS)}.")
    if entry.status == entry.rule_status:
        raise NotTaken("The rule says the same already. Pick another band.")
    if not 1 <= entry.days <= MOST_DAYS:
        raise NotTaken(f"It can stand for 1 to {MOST_DAYS} days.")
    return {
        "account_code": entry.account_code,
        "view": entry.view,
        "made_at": stored(made_at),
        "made_on": made_on,
        "week": entry.week,
        "author": person(entry.author),
        "is_verified": entry.is_verified,
        "rule_points": entry.rule_points,
        "rule_status": entry.rule_status,
        "status": entry.status,
        "points": POINTS[entry.status],
        "reason": paragraph(entry.reason, "reason", WHY, LONGEST_REASON),
        "expires_on": max(made_on, entry.week) + timedelta(days=entry.days),
    }
