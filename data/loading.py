"""Loading: from the source files of a company to typed tables, with every row accounted for."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from textwrap import shorten

import duckdb

from data.columns import Source
from data.company import Company
from data.contract import SOURCES
from data.errors import SourceError, UserError
from data.ids import lost_parents, make_codes, map_aliases, number_accounts
from data.load_report import Loaded, LoadReport, Note, RowSetAside, write_reports
from data.raw_rows import RawRows
from data.reading import Found, find_files, shown
from data.set_aside import create_refused_rows
from data.settling import Counts, create_table, settle
from data.sql import one, run, text
from data.staging import SCRATCH, staged
from data.staging_files import stage_file

__all__ = ["LoadReport", "SourceError", "TooManyRefused", "load", "load_all"]

Progress = Callable[[str], None]

FIRST = ("account_aliases", "accounts", "rates")
"""Sources others need: ids are read by the first two, money by the third."""


class TooManyRefused(UserError):
    """A source lost more rows than company.toml allows; `report` tells where every row of every source went."""

    def __init__(self, report: LoadReport, troubles: list[str]) -> None:
        super().__init__("\n".join(troubles))
        self.report = report


@dataclass
class _Load:
    """A load at work: what it loads from where, and what it has met so far."""

    company: Company
    connection: duckdb.DuckDBPyConnection
    today: date
    work: Path
    loaded: dict[str, Loaded] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)


def load(
    company: Company,
    connection: duckdb.DuckDBPyConnection,
    today: date,
    progress: Progress = lambda line: None,
) -> LoadReport:
    """Load every source into the tables of the contract, and write the report tables beside them.

    Raises `SourceError` when files can't be loaded at all, `TooManyRefused` when more rows are refused or unmatched
    than company.toml allows. The report tables are written in either case, as far as the load came.
    """
    report, unreadable = load_all(company, connection, today, progress)
    if unreadable:
        raise SourceError("\n".join(unreadable))
    if report.troubles:
        raise TooManyRefused(report, report.troubles)
    return report


def load_all(
    company: Company, connection: duckdb.DuckDBPyConnection, today: date, progress: Progress = lambda line: None
) -> tuple[LoadReport, list[str]]:
    """The report of a load whatever it met, and the sentences on files that could not be loaded.

    Raises `SourceError` only where nothing could be loaded without: the folder and the accounts.
    """
    found = find_files(company)
    with _scratch(connection) as work:
        this = _Load(company, connection, today, work)
        this.notes += [Note("", "sources", note) for note in found.notes]
        _create_tables(connection)
        _load_sources(this, found, progress)
        report = write_reports(connection, company, this.loaded, this.notes, today)
    report.troubles.extend([*this.unreadable, *_above_limits(company, report)])
    return report, this.unreadable


@contextmanager
def _scratch(connection: duckdb.DuckDBPyConnection) -> Iterator[Path]:
    """A folder for copies, and the attached database `loading`, both beside the warehouse and gone afterwards.

    Rows keep the order of their file only as long as DuckDB is told so.
    """
    path = one(connection, "select path from duckdb_databases() where database_name = current_database()")
    work = Path(tempfile.mkdtemp(prefix="sevenviews-")) if path is None else Path(path).with_suffix(".loading")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    keeps_order = one(connection, "select current_setting('preserve_insertion_order')")
    try:
        run(connection, f"attach {text(str(work / 'staged.duckdb'))} as {SCRATCH}")
        run(connection, "set preserve_insertion_order = true")
        yield work
    finally:
        run(connection, f"set preserve_insertion_order = {keeps_order}")
        run(connection, f"detach database if exists {SCRATCH}")
        shutil.rmtree(work, ignore_errors=True)


def _create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    for source in SOURCES.values():
        create_table(connection, source)
    create_refused_rows(connection)
    make_codes(connection)


def _load_sources(this: _Load, found: Found, progress: Progress) -> None:
    """Stage and settle every source that has a file; aliases are staged before the accounts and settled after them."""
    order = [name for name in (*FIRST, *SOURCES) if name in found.files]
    aliases: RawRows | None = None
    for nth, name in enumerate(dict.fromkeys(order), start=1):
        progress(f"loading {nth} of {len(found.files)}: {shown(this.company, found.files[name])}")
        rows = _staged(this, SOURCES[name], found.files[name])
        if name == "account_aliases" and rows is not None:
            aliases = rows
            map_aliases(this.connection)
            continue
        if name == "accounts":
            if rows is not None:
                number_accounts(this.connection)
            _settle(this, SOURCES["account_aliases"], aliases)
        _settle(this, SOURCES[name], rows)


def _staged(this: _Load, source: Source, path: Path) -> RawRows | None:
    """The raw rows of a source that has been staged; None when its file is empty or can't be loaded."""
    file = shown(this.company, path)
    try:
        rows = stage_file(this.connection, this.company, source, path, this.work, this.today)
    except SourceError as trouble:
        if source.name == "accounts":
            raise
        this.unreadable.append(str(trouble))
        return None
    if rows is None:
        this.loaded[source.name] = Loaded(file, Counts(0, 0, 0, 0, 0))
        this.notes.append(Note(source.name, file, "is empty, without even a header"))
        return None
    if rows.unknown:
        known = f"columns the contract does not know were left out: {', '.join(rows.unknown)}"
        this.notes.append(Note(source.name, file, known))
    this.notes += [Note(source.name, file, note) for note in rows.notes]
    return rows


def _settle(this: _Load, source: Source, rows: RawRows | None) -> None:
    """Load a staged source and forget what was staged. Raises `AssertionError` should a row be unaccounted for."""
    if rows is None:
        return
    counts = settle(this.connection, source, rows, this.company.currency)
    if not counts.add_up:
        raise AssertionError(f"{rows.file}: rows in are not loaded + refused + unmatched + duplicates: {counts}")
    this.loaded[source.name] = Loaded(rows.file, counts)
    if source.name == "accounts" and (lost := lost_parents(this.connection)):
        this.notes.append(Note(source.name, rows.file, f"{lost:,} parents are no accounts and were left empty"))
    run(this.connection, f"drop table {staged(source)}")


def _above_limits(company: Company, report: LoadReport) -> Iterator[str]:
    """A sentence for every source that lost more rows than it may."""
    for each in report.sources:
        for kind, lost, limit in (
            ("refused", each.refused, company.max_refused),
            ("unmatched", each.unmatched, company.max_unmatched),
        ):
            if lost > limit * each.rows_in:
                first = next(row for row in report.set_aside if (row.source, row.kind) == (each.source, kind))
                yield (
                    f"{each.file}: {lost:,} of {each.rows_in:,} rows ({lost / each.rows_in:.1%}) are {kind}, more than "
                    f"the {limit:.1%} that max_{kind} in company.toml allows. The first: {_told(first)}. "
                    "Mend the file or raise the limit."
                )


def _told(row: RowSetAside) -> str:
    """A row that was set aside, in words."""
    value = "" if row.value is None else f" = '{shorten(row.value, 60, placeholder='…')}'"
    return f"line {row.line}, {row.column_name or 'the whole row'}{value}: {row.reason}"
