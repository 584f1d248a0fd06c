"""Strategies of the profit plan: what is done for the profit of one account or a group, by whom, by when, worth what.

A strategy is open until a person closes it as done or dropped. Nothing else of it ever changes and nothing is removed,
so that what was expected can be held against what followed.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, insert, select, update

from data.journal.limits import (
    ENDINGS,
    GROUPS,
    LONGEST_GROUP,
    LONGEST_STRATEGY,
    MOST_EXPECTED,
    TYPES,
)
from data.journal.opening import Journal
from data.journal.tables import strategies
from data.journal.words import NotTaken, line, paragraph, person, stored

PLACES = 10_000
"""Parts a unit of currency is kept in."""

LISTED = tuple(column for column in strategies.c if column.name != "members")


@dataclass(frozen=True)
class Strategy:
    """One strategy as the journal holds it, its accounts aside: `members_of` gives them."""

    strategy_id: int
    account_code: str | None
    group_by: str | None
    group_value: str | None
    type: str
    what: str
    owner: str
    expected: Decimal
    """Profit a year, in the company's currency."""
    profit_then: Decimal | None
    """Profit of its accounts in the window that ended with `week`; None where it was not known."""
    week: date
    due_on: date
    status: str
    author: str
    is_verified: bool
    made_at: datetime
    made_on: date
    closed_at: datetime | None
    closed_on: date | None
    closed_by: str | None

    @property
    def is_open(self) -> bool:
        return self.status == "open"

    def is_overdue(self, day: date) -> bool:
        """Whether it is still open after the day it was due on."""
        return self.is_open and self.due_on < day


@dataclass(frozen=True)
class NewStrategy:
    """What a person enters, with the accounts it is for and their profit in the week looked at."""

    type: str
    what: str
    owner: str
    expected: Decimal
    due_on: date
    week: date
    members: Sequence[str]
    author: str
    is_verified: bool = False
    account_code: str | None = None
    group_by: str | None = None
    group_value: str | None = None
    profit_then: Decimal | None = None


def add(journal: Journal, new: NewStrategy, now: datetime | None = None) -> int:
    """Store a strategy; its number comes back. Raises `NotTaken` for what can't be stored, and `JournalError`."""
    made_at = now or datetime.now(UTC)
    made_on = journal.place.today(made_at)
    row = _row(new, made_on) | {"made_at": stored(made_at), "made_on": made_on, "status": "open"}
    with journal.writing() as connection:
        key = connection.execute(insert(strategies).values(**row)).inserted_primary_key
        assert key is not None
        return int(key[0])


def close(journal: Journal, strategy_id: int, status: str, by: str, now: datetime | None = None) -> bool:
    """End an open strategy as done or dropped; False when there is none to end. Raises as `add` does."""
    if status not in ENDINGS:
        raise NotTaken("Say how it ended: done or dropped.")
    closed_at = now or datetime.now(UTC)
    values = {
        "status": status,
        "closed_at": stored(closed_at),
        "closed_on": journal.place.today(closed_at),
        "closed_by": person(by),
    }
    is_open = and_(strategies.c.strategy_id == strategy_id, strategies.c.status == "open")
    with journal.writing() as connection:
        return connection.execute(update(strategies).where(is_open).values(**values)).rowcount == 1


def every_strategy(journal: Journal) -> list[Strategy]:
    """All strategies ever entered: the open ones by due day, then the closed ones, newest first. `JournalError`."""
    with journal.reading() as connection:
        rows = connection.execute(select(*LISTED)).mappings().all() if connection else []
    found = [_strategy(dict(row)) for row in rows]
    still = sorted((one for one in found if one.is_open), key=lambda one: (one.due_on, one.strategy_id))
    ended = [one for one in found if not one.is_open]
    return still + sorted(ended, key=lambda one: (one.closed_at or one.made_at, one.strategy_id), reverse=True)


def members_of(journal: Journal, strategy_id: int) -> list[str]:
    """The codes of the accounts a strategy was made for; none for a strategy there is not. Raises `JournalError`."""
    asked = select(strategies.c.members).where(strategies.c.strategy_id == strategy_id)
    with journal.reading() as connection:
        found = connection.execute(asked).scalar() if connection else None
    return [str(code) for code in json.loads(found)] if found else []


def _strategy(row: dict[str, Any]) -> Strategy:
    expected, then = row.pop("expected_units"), row.pop("profit_then_units")
    return Strategy(**row, expected=_money(expected), profit_then=None if then is None else _money(then))


def _row(new: NewStrategy, today: date) -> dict[str, object]:
    """The row of a new strategy, once every part of it can be taken."""
    if new.type not in TYPES:
        raise NotTaken(f"A strategy is one of {', '.join(TYPES)}.")
    if new.due_on < today:
        raise NotTaken("The day it is due has passed. Pick one ahead.")
    return _for_whom(new) | {
        "type": new.type,
        "what": paragraph(new.what, "text", "Say what will be done.", LONGEST_STRATEGY),
        "owner": line(new.owner, "name of the owner", "Say who owns it: a strategy without an owner is a wish."),
        "expected_units": _expected(new.expected),
        "profit_then_units": None if new.profit_then is None else _units(new.profit_then),
        "week": new.week,
        "due_on": new.due_on,
        "author": person(new.author),
        "is_verified": new.is_verified,
    }


def _for_whom(new: NewStrategy) -> dict[str, object]:
    """The account, or the rule of the group, and who is in it."""
    members = list(new.members)
    if new.account_code:
        return {"account_code": new.account_code, "members": json.dumps(members or [new.account_code])}
    if new.group_by not in GROUPS:
        raise NotTaken("Say whom it is for: one account, or a group of them.")
    value = line(new.group_value or "", "name of the group", "Say which group it is for.", LONGEST_GROUP)
    if not members:
        raise NotTaken(f"No account is in this {new.group_by}. Pick another group.")
    return {"group_by": new.group_by, "group_value": value, "members": json.dumps(members)}


def _expected(amount: Decimal) -> int:
    if not amount.is_finite() or not 0 < amount <= MOST_EXPECTED:
        raise NotTaken(f"Say what profit it is to bring a year: an amount above 0, at most {MOST_EXPECTED:,}.")
    return _units(amount)


def _units(amount: Decimal) -> int:
    return int((amount * PLACES).to_integral_value())


def _money(units: int) -> Decimal:
    return Decimal(units) / PLACES
