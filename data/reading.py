"""From the files of a company folder to raw rows: one file a source, whatever its form."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from data.columns import Source
from data.company import Company
from data.contract import SOURCES
from data.csv_files import open_csv
from data.errors import SourceError, did_you_mean
from data.headers import match_headers
from data.queries import open_query
from data.raw_rows import RawColumn, RawRows
from data.sql import file as sql_file
from data.sql import name, run
from data.workbooks import SUFFIXES as WORKBOOKS
from data.workbooks import read_sheet

FORMS = (".csv", ".parquet", ".sql", *WORKBOOKS)
HEADER_BYTES = 4096
BESIDE = ("columns.md", "readme.md")


@dataclass(frozen=True)
class Found:
    """The file of each source that has one, and remarks on files that belong to none."""

    files: Mapping[str, Path]
    notes: tuple[str, ...]


def find_files(company: Company) -> Found:
    """The source files of a company. Raises `SourceError` for a source with two files, or without `accounts`."""
    if not company.sources.is_dir():
        raise SourceError(f"{company.sources}: there is no such folder. `sevenviews init {company.folder}` makes one.")
    given: dict[str, list[Path]] = {}
    notes = []
    for path in sorted(company.sources.iterdir()):
        if path.suffix.lower() in FORMS and path.stem.lower() in SOURCES:
            given.setdefault(path.stem.lower(), []).append(path)
        else:
            notes.extend(_left_out(path))
    files = {source: _only_one(source, paths) for source, paths in given.items()}
    if "accounts" not in files:
        raise SourceError(
            f"{company.sources}: there is no accounts file, the one source that is required. Put accounts.csv (or "
            ".parquet, .xlsx, .sql) there; it may be empty."
        )
    return Found(files, tuple(notes))


def _only_one(source: str, paths: list[Path]) -> Path:
    """The file of a source; a CSV file with nothing but a header, as `init` writes it, gives way to another."""
    filled = [path for path in paths if not _is_header_only(path)] or paths[:1]
    if len(filled) > 1:
        raise SourceError(
            f"{filled[0].parent}: {' and '.join(path.name for path in filled)} are both {source}. Keep one."
        )
    return filled[0]


def _is_header_only(path: Path) -> bool:
    if path.suffix.lower() != ".csv" or path.stat().st_size > HEADER_BYTES:
        return False
    return len(path.read_bytes().splitlines()) <= 1


def _left_out(path: Path) -> list[str]:
    """The remark on a file that is no source; none for what is known to lie beside them."""
    if path.name.startswith((".", "~")) or path.name.lower() in BESIDE:
        return []
    near = did_you_mean(path.stem, SOURCES) if path.stem.lower() not in SOURCES else ""
    return [f"{path.name} is not a source and was left out.{near}"]


def open_rows(
    connection: duckdb.DuckDBPyConnection, company: Company, source: Source, path: Path, work: Path
) -> RawRows | None:
    """The rows of a source's file; None when there is nothing in it, not even a header. Raises `SourceError`."""
    file, suffix = shown(company, path), path.suffix.lower()
    try:
        if suffix == ".csv":
            return open_csv(path, file, source, company.settings_of(source.name), work)
        if suffix == ".sql":
            return open_query(connection, path, file, source, company, work)
        if suffix == ".parquet":
            return _open_parquet(connection, path, file, source)
        return _open_workbook(connection, path, file, source)
    except OSError as trouble:
        raise SourceError(f"{file}: can't be read ({trouble.strerror or trouble}).") from None


def shown(company: Company, path: Path) -> str:
    """How a file is named to people: from the company folder on."""
    return path.relative_to(company.folder).as_posix()


def _open_parquet(connection: duckdb.DuckDBPyConnection, path: Path, file: str, source: Source) -> RawRows | None:
    """A Parquet file, or a folder of them as lakes write it."""
    if path.is_file() and not path.stat().st_size:
        return None
    pattern = sql_file(path) if path.is_file() else sql_file(path)[:-1] + "/**/*.parquet'"
    relation = f"read_parquet({pattern}, hive_partitioning = false, union_by_name = true)"
    try:
        described = run(connection, f"describe select * from {relation}")
    except duckdb.Error as trouble:
        raise SourceError(f"{file}: can't be read as Parquet ({str(trouble).splitlines()[0]}).") from None
    return _typed(source, file, relation, [(column, kind) for column, kind, *_ in described])


def _open_workbook(connection: duckdb.DuckDBPyConnection, path: Path, file: str, source: Source) -> RawRows | None:
    """The sheet that has the source's name, else the first."""
    sheet = read_sheet(path, file, source.name)
    if sheet is None:
        return None
    relation = f"{source.name}_sheet"
    connection.register(relation, sheet.table)
    described = run(connection, f"describe select * from {relation}")
    rows = _typed(source, file, relation, [(column, kind) for column, kind, *_ in described])
    return replace(rows, first_line=sheet.header_row + 1, skips_empty=True, registered=relation, held=sheet)


def _typed(source: Source, file: str, relation: str, described: list[tuple[str, str]]) -> RawRows:
    """Rows whose columns have types of their own."""
    headers = match_headers(source, file, [column for column, _ in described])
    return RawRows(
        file=file,
        relation=relation,
        columns={
            column: RawColumn(name(described[place][0]), described[place][1])
            for column, place in headers.places.items()
        },
        all_columns=[name(column) for column, _ in described],
        unknown=headers.unknown,
    )
