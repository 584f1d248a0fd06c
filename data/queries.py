"""`.sql` sources: a company's own select that maps the columns of an export to ours.

A company's select is trusted as its code is: it may read any file this process may. It is one select, run in a
database of its own, so it can neither change a table nor write a file. Relative paths start at the company folder.
"""

from pathlib import Path

import duckdb

from data.columns import Source
from data.company import Company
from data.errors import SourceError
from data.headers import match_headers
from data.raw_rows import RawColumn, RawRows
from data.sql import name, one
from data.workbooks import raw_table_names, raw_tables

SETTINGS = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}


def open_query(
    connection: duckdb.DuckDBPyConnection, path: Path, file: str, source: Source, company: Company, work: Path
) -> RawRows:
    """The rows of a select, streamed into `connection` as it reads them."""
    sql = _one_select(path, file)
    memory_limit = one(connection, "select current_setting('memory_limit')")
    own = duckdb.connect(config={**SETTINGS, "memory_limit": memory_limit, "temp_directory": str(work / "spill")})
    try:
        own.execute("set file_search_path = $path", {"path": str(_without_comma(company.folder.resolve(), work))})
        for table, rows in raw_tables(company.folder / "raw", sql):
            own.register(table, rows)
        own.execute("set lock_configuration = true")
        found = own.sql(sql).columns
        headers = match_headers(source, file, found)
        columns = {column: name(found[place]) for column, place in headers.places.items()}
        wanted = own.sql(f"select {', '.join(columns.values())} from (\n{sql}\n) as mapped")
        connection.register(f"{source.name}_query", wanted.to_arrow_reader())
    except duckdb.Error as trouble:
        raise SourceError(query_trouble(file, company.folder / "raw", trouble)) from None
    return RawRows(
        file=file,
        relation=f"{source.name}_query",
        columns={
            column: RawColumn(sql_name, str(kind))
            for (column, sql_name), kind in zip(columns.items(), wanted.types, strict=True)
        },
        all_columns=list(columns.values()),
        unknown=headers.unknown,
        registered=f"{source.name}_query",
        held=own,
    )


def query_trouble(file: str, raw: Path, trouble: duckdb.Error) -> str:
    """What is wrong with a select, with the tables it may name when it names one that is not there."""
    words = str(trouble).strip()
    if "raw_" in words and "does not exist" in words:
        tables = ", ".join(raw_table_names(raw)) or f"none: there is no workbook in {raw}"
        return f"{file}: {words.splitlines()[0]} Tables made of workbooks: {tables}."
    if "excel extension" in words:
        return f"{file}: {words.splitlines()[0]} Put the workbook into {raw} and select from raw_FILE_SHEET."
    if "No files found" in words:
        return f"{file}: {words} Paths start at the company folder, {raw.parent}."
    return f"{file}: {words}"


def _one_select(path: Path, file: str) -> str:
    """The text of the select, without the semicolon at its end."""
    try:
        sql = path.read_text(encoding="utf-8-sig")
        statements = duckdb.extract_statements(sql)
    except UnicodeDecodeError:
        raise SourceError(f"{file}: is not UTF-8 text. Save it as UTF-8.") from None
    except duckdb.Error as trouble:
        raise SourceError(f"{file}: {trouble}") from None
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise SourceError(f"{file}: must be one select and nothing else; it has {len(statements)} statements.")
    return str(statements[0].query).strip().rstrip(";")


def _without_comma(folder: Path, work: Path) -> Path:
    """The folder, or a link to it: DuckDB takes a comma for the end of a search path."""
    if "," not in str(folder):
        return folder
    link = work / "company"
    if not link.exists():
        link.symlink_to(folder, target_is_directory=True)
    return link
