"""Overrides: a person sets the band of one view of one account, with a reason and for a time; the rule's stays beside.

An override stands in the weeks from `week`, the one whose value the person saw, up to the day it expires, is withdrawn
or is replaced by a later one of the same account and view. Nothing is ever changed or removed: what a person said, and
what the rule said then, can be held against what followed.
"""

import re
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, insert, or_, select, update

from data.company import VIEWS
from data.errors import UserError
from data.journal.limits import DAYS, LONGEST_NAME, LONGEST_REASON, MOST_DAYS, POINTS
from data.journal.opening import Journal
from data.journal.tables import overrides

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
"""Characters that no database, page or sheet shows, and those that turn the writing around them."""


class NotTaken(UserError):
    """An entry that can't be taken as it is; the message says what to change."""


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
        "withdrawn_at": _stored(now or datetime.now(UTC)),
        "withdrawn_by": _name(by),
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
        "made_at": _stored(made_at),
        "made_on": made_on,
        "week": entry.week,
        "author": _name(entry.author),
        "is_verified": entry.is_verified,
        "rule_points": entry.rule_points,
        "rule_status": entry.rule_status,
        "status": entry.status,
        "points": POINTS[entry.status],
        "reason": _reason(entry.reason),
        "expires_on": max(made_on, entry.week) + timedelta(days=entry.days),
    }


def _stored(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def _reason(words: str) -> str:
    plain = UNPRINTABLE.sub("", words.replace("\r\n", "\n")).strip()
    if not plain:
        raise NotTaken("Say why: a value by hand needs a reason.")
    if len(plain) > LONGEST_REASON:
        raise NotTaken(f"The reason has {len(plain):,} characters; {LONGEST_REASON:,} fit.")
    return plain


def _name(words: str) -> str:
    plain = " ".join(UNPRINTABLE.sub("", words).split())
    if not plain:
        raise NotTaken("Say who you are: a value by hand needs a name.")
    if len(plain) > LONGEST_NAME:
        raise NotTaken(f"The name has {len(plain):,} characters; {LONGEST_NAME} fit.")
    return plain
