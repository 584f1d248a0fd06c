"""What a load did, source by source: where every row went, and which days each source covers."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import duckdb

from data.columns import Source
from data.company import Company
from data.contract import REFERENCES, SOURCES
from data.settling import Counts
from data.sql import one, run

SHOWN_AT_MOST = 20
"""Rows of each source and kind that a report shows; the warehouse keeps them all."""


@dataclass(frozen=True)
class SourceReport:
    """Where the rows of a source went, and the days it covers; no days when its rows have no date."""

    source: str
    file: str
    is_connected: bool
    rows_in: int
    loaded: int
    refused: int
    unmatched: int
    duplicates: int
    first_on: date | None
    complete_to: date | None
    complete_to_is_declared: bool
    note: str


@dataclass(frozen=True)
class Note:
    """A remark on a file that was loaded all the same; `source` is empty when it belongs to none."""

    source: str
    file: str
    note: str


@dataclass(frozen=True)
class RowSetAside:
    """A row that was refused, unmatched or a duplicate, with the value that decided it and the reason."""

    source: str
    file: str
    line: int
    column_name: str
    value: str | None
    reason: str
    kind: str


@dataclass(frozen=True)
class LoadReport:
    """A whole load as plain data. It is good when nothing in `troubles` stands against a build."""

    sources: list[SourceReport]
    notes: list[Note] = field(default_factory=list)
    set_aside: list[RowSetAside] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not self.troubles

    def as_dict(self) -> dict[str, Any]:
        """The report with nothing but lists, texts, numbers and days in it."""
        return {"is_good": self.is_good, **asdict(self)}


@dataclass(frozen=True)
class Loaded:
    """A source that was loaded: its file as it is shown, and where its rows went."""

    file: str
    counts: Counts


NOTHING = Loaded("", Counts(0, 0, 0, 0, 0))


def write_reports(
    connection: duckdb.DuckDBPyConnection, company: Company, loaded: dict[str, Loaded], notes: list[Note], today: date
) -> LoadReport:
    """Write the report tables of the warehouse; the same as plain data comes back."""
    _write_connected_columns(connection, loaded)
    reports = _with_days(connection, company, loaded, today)
    _write(connection, "load_report", SourceReport, reports)
    _write(connection, "load_notes", Note, notes)
    _write_source_days(connection, reports)
    return LoadReport(reports, notes, _set_aside(connection))


def _write_connected_columns(connection: duckdb.DuckDBPyConnection, loaded: dict[str, Loaded]) -> None:
    """The columns with a value in at least one loaded row, and in how many."""
    run(
        connection,
        "create or replace table connected_columns (source varchar, column_name varchar, rows_with_value bigint)",
    )
    for name in loaded:
        columns = [column.name for column in SOURCES[name].columns]
        counts = connection.execute(
            f"select {', '.join(f'count({column})' for column in columns)} from {name}"
        ).fetchall()
        rows = [(name, column, count) for column, count in zip(columns, counts[0], strict=True) if count]
        if rows:
            connection.executemany("insert into connected_columns values (?, ?, ?)", rows)


def _with_days(
    connection: duckdb.DuckDBPyConnection, company: Company, loaded: dict[str, Loaded], today: date
) -> list[SourceReport]:
    """Every source with the days it covers, by contract rule 3."""
    days = {name: _days(connection, SOURCES[name]) for name in loaded}
    newest = _newest_event_day(company, days, today)
    reports = []
    for name, source in SOURCES.items():
        first, last = days.get(name, (None, None))
        declared = company.settings_of(name).complete_to
        complete_to, note = _complete_to(source, first, last, declared, newest)
        at = loaded.get(name, NOTHING)
        reports.append(
            SourceReport(
                source=name,
                file=at.file,
                is_connected=at.counts.loaded > 0,
                **vars(at.counts),
                first_on=first,
                complete_to=complete_to,
                complete_to_is_declared=declared is not None and first is not None,
                note=note,
            )
        )
    return reports


def _days(connection: duckdb.DuckDBPyConnection, source: Source) -> tuple[date | None, date | None]:
    """The days of the first and last row that is known from a day; None without such a row."""
    if source.known_on is None:
        return None, None
    known = f"cast({source.known_on} as date)"
    first, last = run(connection, f"select min({known}), max({known}) from {source.name}")[0]
    return first, last


def _newest_event_day(company: Company, days: dict[str, tuple[date | None, date | None]], today: date) -> date:
    """The newest day any event source reaches; today when there is no event."""
    lasts = [last for name, (_, last) in days.items() if SOURCES[name].is_event and last is not None]
    declared = [company.settings_of(name).complete_to for name in days if SOURCES[name].is_event]
    return max([*lasts, *(day for day in declared if day is not None)], default=today)


def _complete_to(
    source: Source, first: date | None, last: date | None, declared: date | None, newest: date
) -> tuple[date | None, str]:
    """The last day a source is complete for, and in words how that is known."""
    if first is None or last is None:
        return None, ""
    if declared is not None:
        return declared, "complete to the day company.toml declares"
    if source.is_quiet:
        return newest, "complete to the newest event: of any source, for a quiet month is not a broken feed"
    return last, "complete to its last row"


def _write_source_days(connection: duckdb.DuckDBPyConnection, reports: list[SourceReport]) -> None:
    """First and last day of every source with dated rows; references have their own, as they may stay away long."""
    run(connection, "create or replace table source_days (source varchar, first_on date, last_on date)")
    days = [(each.source, each.first_on, each.complete_to) for each in reports if each.first_on is not None]
    given = one(connection, "select min(happened_on) from touchpoints where kind = 'reference'")
    if given is not None:
        touchpoints = next(each for each in reports if each.source == "touchpoints")
        newest = max(each.complete_to for each in reports if each.complete_to and SOURCES[each.source].is_event)
        last = touchpoints.complete_to if touchpoints.complete_to_is_declared else newest
        days.append((REFERENCES, given, last))
    if days:
        connection.executemany("insert into source_days values (?, ?, ?)", days)


def _write(connection: duckdb.DuckDBPyConnection, table: str, kind: type, rows: list[Any]) -> None:
    """A report table with a column for every field of `kind`."""
    types = {"int": "bigint", "bool": "boolean", "str": "varchar"}
    fields = {name: types.get(getattr(of, "__name__", ""), "date") for name, of in kind.__annotations__.items()}
    run(
        connection,
        f"create or replace table {table} ({', '.join(f'{name} {type_}' for name, type_ in fields.items())})",
    )
    if rows:
        places = ", ".join("?" for _ in fields)
        connection.executemany(f"insert into {table} values ({places})", [list(vars(row).values()) for row in rows])


def _set_aside(connection: duckdb.DuckDBPyConnection) -> list[RowSetAside]:
    """The first rows of every source and kind that were set aside, by line."""
    rows = run(
        connection,
        f"""
        select source, file, line, column_name, value, reason, kind
        from (
            select *, row_number() over (partition by source, kind order by line) as nth from refused_rows
        ) as numbered
        where nth <= {SHOWN_AT_MOST}
        order by source, kind, line
        """,
    )
    return [RowSetAside(*row) for row in rows]
