"""From a staged source to its table: what can be loaded is, the rest is set aside, and every row is counted."""

from dataclasses import dataclass

import duckdb

from data.columns import SQL_TYPES, Column, Source
from data.currency import converted, find_rates
from data.ids import number_people
from data.lines import broken
from data.matching import Matched, matched
from data.raw_rows import RawRows
from data.repeats import REPEATS, create_repeats, find_repeats
from data.set_aside import SET_ASIDE, gather_set_aside, write_refused_rows
from data.sql import one, run
from data.staging import SCRATCH, score_max, staged

PEOPLE = {"contact_id": "contact_codes", "user_id": "user_codes"}
"""Ids of people, and the table that numbers them."""

UNSORTED_ABOVE = 20_000_000
"""Above, sorting by account costs more than it saves the few reads of a single account."""


@dataclass(frozen=True)
class Counts:
    """Where the rows of a source went."""

    rows_in: int
    loaded: int
    refused: int
    unmatched: int
    duplicates: int

    @property
    def add_up(self) -> bool:
        return self.rows_in == self.loaded + self.refused + self.unmatched + self.duplicates


def create_table(connection: duckdb.DuckDBPyConnection, source: Source) -> None:
    """Make the empty table of a source in the warehouse."""
    columns = ", ".join(f"{name} {kind}" for name, kind in _table_columns(source))
    run(connection, f"create or replace table {source.name} ({columns})")


def settle(connection: duckdb.DuckDBPyConnection, source: Source, rows: RawRows, currency: str) -> Counts:
    """Load what can be loaded of a staged source into its table; where every row went comes back."""
    foreign_to = currency if source.money and "currency" in rows.columns else None
    if foreign_to:
        find_rates(connection, source, foreign_to)
    for column, codes in PEOPLE.items():
        if column in rows.columns:
            number_people(connection, source.name, column, codes)
    found = matched(source, foreign_to)
    create_repeats(connection)
    if source.key[0] in rows.columns:
        find_repeats(connection, source, found)
    gather_set_aside(connection, source, foreign_to)
    _load(connection, source, found, converts=foreign_to is not None)
    write_refused_rows(connection, source, rows)
    return _count(connection, source)


def _table_columns(source: Source) -> list[tuple[str, str]]:
    """Names and types of the source's table: the contract's columns, ids as numbers, and the text of two ids."""
    columns = []
    for column in source.columns:
        columns.append((column.name, "integer" if _is_numbered(source, column.name) else SQL_TYPES[column.kind]))
        if column.name in _kept_codes(source):
            columns.append((column.name.replace("_id", "_code"), "varchar"))
    return columns


def _is_numbered(source: Source, column: str) -> bool:
    return column in ("account_id", "parent_account_id", *PEOPLE)


def _kept_codes(source: Source) -> tuple[str, ...]:
    """Ids whose text is kept beside their number."""
    return {"accounts": ("account_id",), "contacts": ("contact_id",)}.get(source.name, ())


def _load(connection: duckdb.DuckDBPyConnection, source: Source, found: Matched, converts: bool) -> None:
    """Fill the source's table, sorted by account and day."""
    people = " ".join(
        f"left join {SCRATCH}.{codes} as {codes} on {codes}.code = s.{column}"
        for column, codes in PEOPLE.items()
        if source.column(column)
    )
    columns = ", ".join(_loaded(source, column, converts) for column in source.columns)
    has_repeats = one(connection, f"select count(*) from {REPEATS}") > 0
    repeats = f"and s.rowid not in (select place from {REPEATS})" if has_repeats else ""
    is_large = one(connection, f"select count(*) from {staged(source)}") > UNSORTED_ABOVE
    order = "" if is_large else f"order by {', '.join(_order(source))}"
    rows = f"from {found.tables} {people} where {found.condition} {repeats}"
    run(connection, f"insert into {source.name} select {columns} {rows} {order}")


def _loaded(source: Source, column: Column, converts: bool) -> str:
    """A column of the source's table, as SQL over the staged row and what it was joined to."""
    name = column.name
    if name in PEOPLE:
        number = f"{PEOPLE[name]}.number"
        return f"{number}, s.{name}" if name in _kept_codes(source) else number
    if name == "account_id":
        return "a.account_id, a.account_code" if name in _kept_codes(source) else "a.account_id"
    if name == "parent_account_id":
        return "parent.account_id"
    if name == "currency":
        return "upper(s.currency)"
    if converts and name in source.money:
        return converted(name)
    if name == "score_max":
        return score_max("s.score_max")
    return "coalesce(s.rated_on, s.achieved_on)" if (source.name, name) == ("goals", "rated_on") else f"s.{name}"


def _order(source: Source) -> list[str]:
    known = [f"s.{source.known_on}"] if source.known_on else []
    return [*(["a.account_id"] if source.column("account_id") else []), *known, "s.rowid"]


def _count(connection: duckdb.DuckDBPyConnection, source: Source) -> Counts:
    parsed = int(one(connection, f"select count(*) from {staged(source)} where is_row"))
    unparsed = int(one(connection, f"select count(*) from {broken(source)}"))
    aside = dict(run(connection, f"select kind, count(*) from {SET_ASIDE} group by kind"))
    return Counts(
        rows_in=parsed + unparsed,
        loaded=int(one(connection, f"select count(*) from {source.name}")),
        refused=aside.get("refused", 0) + unparsed,
        unmatched=aside.get("unmatched", 0),
        duplicates=aside.get("duplicate", 0),
    )
