"""Scenarios: assumptions saved by name. A later one of a name replaces the one before, which is kept."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import and_, insert, select, update
from sqlalchemy.exc import IntegrityError

from data.journal.limits import LONGEST_GROUP, MOST_ASSUMPTIONS
from data.journal.opening import Journal
from data.journal.tables import scenarios
from data.journal.words import NotTaken, line, person, stored


@dataclass(frozen=True)
class Scenario:
    """One scenario as the journal holds it; `replaced_at` is None for the one its name stands for."""

    scenario_id: int
    name: str
    assumptions: Mapping[str, str]
    author: str
    is_verified: bool
    made_at: datetime
    made_on: date
    replaced_at: datetime | None


def save(
    journal: Journal,
    name: str,
    assumptions: Mapping[str, str],
    author: str,
    is_verified: bool = False,
    now: datetime | None = None,
) -> int:
    """Store assumptions under a name; their number comes back. Raises `NotTaken`, and `JournalError`."""
    made_at = now or datetime.now(UTC)
    plain = line(name, "name of the scenario", "Give it a name, so that it is found again.")
    row = {
        "name": plain,
        "name_key": plain.casefold(),
        "assumptions": json.dumps(_checked(assumptions), sort_keys=True),
        "author": person(author),
        "is_verified": is_verified,
        "made_at": stored(made_at),
        "made_on": journal.place.today(made_at),
    }
    is_current = and_(scenarios.c.name_key == row["name_key"], scenarios.c.replaced_at.is_(None))
    with journal.writing() as connection:
        connection.execute(update(scenarios).where(is_current).values(replaced_at=row["made_at"]))
        try:
            key = connection.execute(insert(scenarios).values(**row)).inserted_primary_key
        except IntegrityError:
            raise NotTaken(f"Somebody else saved “{plain}” at the same moment. Save it once more.") from None
        assert key is not None
        return int(key[0])


def every_scenario(journal: Journal, replaced: bool = False) -> list[Scenario]:
    """The scenarios, newest first; with `replaced` also those a later one of the name stands for. `JournalError`."""
    asked = select(scenarios).order_by(scenarios.c.made_at.desc(), scenarios.c.scenario_id.desc())
    if not replaced:
        asked = asked.where(scenarios.c.replaced_at.is_(None))
    with journal.reading() as connection:
        rows = connection.execute(asked).mappings().all() if connection else []
    return [_scenario(dict(row)) for row in rows]


def _scenario(row: dict[str, Any]) -> Scenario:
    del row["name_key"]
    kept = json.loads(row.pop("assumptions"))
    return Scenario(**row, assumptions={str(name): str(value) for name, value in kept.items()})


def _checked(assumptions: Mapping[str, str]) -> dict[str, str]:
    """Assumptions short enough to be an address: each name and value, and how many."""
    if not assumptions:
        raise NotTaken("Nothing is assumed yet. Set a lever, then save.")
    if len(assumptions) > MOST_ASSUMPTIONS:
        raise NotTaken(f"There are {len(assumptions)} assumptions; {MOST_ASSUMPTIONS} fit.")
    for name, value in assumptions.items():
        if len(name) > LONGEST_GROUP or len(value) > LONGEST_GROUP:
            raise NotTaken(f"An assumption has more than {LONGEST_GROUP} characters.")
    return dict(assumptions)
