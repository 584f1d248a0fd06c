"""Staging a source from its file, and again where the first way of reading it was not the right one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import duckdb

from data.clean_text import Snapshot
from data.columns import Source
from data.company import Company
from data.csv_files import open_grown_csv
from data.errors import SourceError
from data.lines import counted_lines, note_broken_records
from data.raw_rows import RawRows
from data.reading import open_rows
from data.sql import run
from data.staging import stage


def stage_file(
    connection: duckdb.DuckDBPyConnection, company: Company, source: Source, path: Path, work: Path, today: date
) -> RawRows | None:
    """The raw rows of a source's file, which are staged now; None when the file is empty. Raises `SourceError`."""
    rows = open_rows(connection, company, source, path, work)
    if rows is None:
        return None
    stage_rows = partial(_stage, connection, company, source, today)
    if rows.csv is None:
        return _stage_typed(connection, rows, stage_rows)
    try:
        staged = _stage_csv(connection, source, rows, stage_rows)
    except SourceError:
        if Snapshot.of(path) == rows.csv.before:
            raise
    else:
        if Snapshot.of(path) == rows.csv.before:
            return staged
    again = open_grown_csv(path, rows, source, company.settings_of(source.name), work)
    return again and _stage_csv(connection, source, again, stage_rows)


def _stage(connection: duckdb.DuckDBPyConnection, company: Company, source: Source, today: date, rows: RawRows) -> None:
    for table in (rows.csv.rejects, f"{rows.csv.rejects}_scan") if rows.csv else ():
        run(connection, f"drop table if exists {table}")
    stage(connection, source, rows, company.settings_of(source.name), company.time_zone, today)
    note_broken_records(connection, source, rows.csv)


def _stage_typed(
    connection: duckdb.DuckDBPyConnection, rows: RawRows, stage_rows: Callable[[RawRows], None]
) -> RawRows:
    try:
        stage_rows(rows)
    except duckdb.Error as trouble:
        # A select runs while its rows are read, so its errors may come as late as this.
        raise SourceError(f"{rows.file}: {str(trouble).strip()}") from None
    finally:
        if rows.registered:
            connection.unregister(rows.registered)
    return rows


def _stage_csv(
    connection: duckdb.DuckDBPyConnection, source: Source, rows: RawRows, stage_rows: Callable[[RawRows], None]
) -> RawRows:
    """The rows, staged in the first way in which every line of the file is accounted for.

    Several threads can't read a file whose quoted fields hold line ends, and whether it has any is only known then.
    """
    assert rows.csv is not None
    expected, trouble = rows.csv.text.lines - rows.csv.header_lines, "a quote in it is opened and never closed"
    for attempt in (rows, replace(rows, relation=rows.csv.one_thread)):
        try:
            stage_rows(attempt)
        except duckdb.Error as error:
            trouble = str(error).strip().splitlines()[0]
            continue
        if counted_lines(connection, source) == expected:
            return attempt
    raise SourceError(f"{rows.file}: can't be read as CSV: {trouble}. Write it again, with quotes in pairs.")
