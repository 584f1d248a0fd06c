"""A small laboratory: hand-written source rows in, the values of one measure or the rows of one staging table out."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pytest

from data.contract import REFERENCES, SOURCES, SQL_TYPES
from metrics.catalog import measures
from metrics.compute import staging_files

AS_OF = date(2026, 6, 28)
LONG_AGO = date(2020, 1, 1)
LEAD_WEEKS = 52
STAGING = {name: path.read_text(encoding="utf-8") for name, path in staging_files()}
Rows = Iterable[Mapping[str, Any]]
Measured = Callable[..., pd.DataFrame]

OTHER_TABLES = {
    "weeks": "as_of date, week_no integer, is_shown boolean",
    "numbers": "n integer",
    "settings": "inactive_after_weeks integer, profit_window_weeks integer, profit_band double",
    "source_days": "source varchar, first_on date, last_on date",
    "own_measures": "measure varchar",
}


class Laboratory:
    """Empty source tables on one connection; every experiment is rolled back."""

    def __init__(self, id_type: str = "varchar") -> None:
        self.connection = duckdb.connect()
        for name, source in SOURCES.items():
            columns = (
                f"{column.name} {id_type if column.name == 'account_id' else SQL_TYPES[column.kind]}"
                for column in source.columns
            )
            self.run(f"create table {name} ({', '.join(columns)})")
        for name, columns_text in OTHER_TABLES.items():
            self.run(f"create table {name} ({columns_text})")
        self.run("insert into numbers select n from generate_series(0, 120) as s(n)")
        self.run("insert into settings values (52, 52, 0.02)")

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql).fetchall()

    def select(self, sql: str, tables: Mapping[str, Rows]) -> pd.DataFrame:
        """What a select brings over the given tables, all others empty and the staging it reads made before."""
        self.run("begin")
        try:
            self.fill(tables)
            self.stage(sql)
            return self.connection.execute(sql).df()
        finally:
            self.run("rollback")

    def fill(self, tables: Mapping[str, Rows]) -> None:
        """Insert the rows, and what they leave unsaid: weeks, accounts, and the days a source delivered for."""
        given = {name: list(rows) for name, rows in tables.items()}
        weeks = _weeks([_day(row["as_of"]) for row in given.pop("weeks", [{"as_of": AS_OF}])])
        given.setdefault("accounts", [{"account_id": one, "joined_on": LONG_AGO} for one in _accounts(given)])
        given.setdefault("source_days", _source_days(given, weeks))
        if "settings" in given:
            self.run("delete from settings")
        for name, rows in {"weeks": weeks, **given}.items():
            if rows:
                self.insert(name, rows)

    def insert(self, table: str, rows: list[Mapping[str, Any]]) -> None:
        """Add rows to a table; a column that a row leaves out is null."""
        columns = list(dict.fromkeys(column for row in rows for column in row))
        batch = pa.Table.from_pylist([{column: row.get(column) for column in columns} for row in rows])
        self.connection.register("batch", batch)
        self.run(f"insert into {table} by name select * from batch")
        self.connection.unregister("batch")

    def stage(self, sql: str) -> None:
        """Make the staging tables that a select reads, and those they read."""
        for name in _staging_for(sql):
            self.run(f"create table {name} as {STAGING[name]}")


def _weeks(shown: list[date]) -> list[dict[str, Any]]:
    lead = [min(shown) - timedelta(weeks=n) for n in range(LEAD_WEEKS, 0, -1)]
    every = [*lead, *(min(shown) + timedelta(weeks=n) for n in range((max(shown) - min(shown)).days // 7 + 1))]
    return [{"as_of": day, "week_no": nth, "is_shown": day in shown} for nth, day in enumerate(every, start=1)]


def _accounts(given: Mapping[str, list[Mapping[str, Any]]]) -> list[Any]:
    named = [
        row["account_id"] for name, rows in given.items() if name in SOURCES for row in rows if "account_id" in row
    ]
    return sorted({one for one in named if one is not None})


def _source_days(given: Mapping[str, Any], weeks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    names = [name for name in given if name in SOURCES and name != "accounts"]
    names += [REFERENCES] if "touchpoints" in names else []
    return [{"source": name, "first_on": LONG_AGO, "last_on": weeks[-1]["as_of"]} for name in names]


def _staging_for(sql: str) -> list[str]:
    words = _words(sql)
    for name in reversed(STAGING):
        if name in words:
            words |= _words(STAGING[name])
    return [name for name in STAGING if name in words]


def _words(sql: str) -> set[str]:
    return set(re.findall(r"\b(?:from|join)\s+(\w+)", re.sub(r"--.*", "", sql)))


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


@pytest.fixture(scope="session")
def laboratory() -> Iterator[Laboratory]:
    """Source tables with text ids, empty between experiments."""
    made = Laboratory()
    yield made
    made.connection.close()


@pytest.fixture
def measured(laboratory: Laboratory) -> Measured:
    """`measured("open_cases", tickets=[…])`: the rows of a measure by account, with `value` = numerator ÷ denominator.

    One shown week (28 June 2026) and its lead-in unless `weeks` are given; accounts, where not given, joined long ago;
    a given source delivered in every week unless `source_days` say otherwise.
    """

    def measure(name: str, **tables: Rows) -> pd.DataFrame:
        rows = laboratory.select(measures()[name].sql, tables)
        rows["value"] = rows["numerator"].astype(float) / rows["denominator"].astype(float)
        return rows.sort_values(["account_id", "item", "as_of"]).set_index("account_id")

    return measure


@pytest.fixture
def staged(laboratory: Laboratory) -> Measured:
    """`staged("account_weeks", subscriptions=[…])`: the rows of a staging table."""

    def stage(name: str, **tables: Rows) -> pd.DataFrame:
        return laboratory.select(f"select * from {name}", tables)

    return stage


def weeks_to(as_of: str, n: int) -> list[dict[str, str]]:
    """The n week ends up to as_of."""
    return [{"as_of": (date.fromisoformat(as_of) - timedelta(weeks=n - 1 - w)).isoformat()} for w in range(n)]


def days_before(n: int, as_of: date = AS_OF) -> str:
    """The day n days before the shown week end."""
    return (as_of - timedelta(days=n)).isoformat()
