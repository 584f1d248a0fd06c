"""A CSV file as raw rows: its delimiter, its header, and how DuckDB is to read it."""

import csv
import io
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

from data.clean_text import BLANK, PlainText, Snapshot, plain_text
from data.columns import Source
from data.company import SourceSettings
from data.errors import SourceError
from data.headers import match_headers
from data.raw_rows import CsvText, RawColumn, RawRows
from data.sql import file as sql_file
from data.sql import text

DELIMITERS = (",", ";", "\t", "|")
HEADER_CHARACTERS = 1 << 20


@dataclass(frozen=True)
class Header:
    """The names in the first record with anything in it, and the records and physical lines up to its end."""

    names: tuple[str, ...]
    records: int
    lines: int


def open_csv(path: Path, file: str, source: Source, written: SourceSettings, work: Path) -> RawRows | None:
    """The rows of a CSV file; None when there is nothing in it, not even a header."""
    before = Snapshot.of(path)
    plain = plain_text(path, before.size, written.encoding, work / f"{source.name}.csv")
    return _rows(plain, before, file, source, written)


def open_grown_csv(path: Path, rows: RawRows, source: Source, written: SourceSettings, work: Path) -> RawRows | None:
    """The rows a file had when it was first looked at, up to its last whole line, although it has changed since."""
    assert rows.csv is not None
    before = rows.csv.before
    plain = plain_text(path, before.size, written.encoding, work / f"{source.name}.whole.csv", whole_lines=True)
    again = _rows(plain, before, rows.file, source, written)
    note = f"was written to while it was read; its first {before.size:,} bytes were taken, up to the last whole line"
    return again and replace(again, notes=(*again.notes, note))


def _rows(plain: PlainText, before: Snapshot, file: str, source: Source, written: SourceSettings) -> RawRows | None:
    delimiter, header = _header(plain, file, written.delimiter)
    if header is None:
        return None
    _refuse_open_quote(plain, delimiter, file)
    headers = match_headers(source, file, header.names)
    fields = [f"c{place}" for place in range(len(header.names))]
    rejects = f"{source.name}_rejects"
    relation = partial(_relation, plain, delimiter, header.records, [*fields, "beyond"], rejects)
    return RawRows(
        file=file,
        relation=relation("true"),
        columns={column: RawColumn(fields[place], "VARCHAR") for column, place in headers.places.items()},
        all_columns=fields,
        unknown=headers.unknown,
        first_line=header.lines + 1,
        skips_empty=True,
        beyond="beyond",
        csv=CsvText(plain, before, header.records, header.lines, rejects, one_thread=relation("false")),
        notes=_notes(plain, written.encoding, source.name),
    )


def _header(plain: PlainText, file: str, delimiter: str | None) -> tuple[str, Header | None]:
    """The delimiter and the header; no header when there is no record with anything in it."""
    with plain.path.open(encoding="utf-8", newline="\n") as lines:
        head = lines.read(HEADER_CHARACTERS)
    first = next((line for line in head.split("\n") if line.strip(BLANK + " ")), None)
    if first is None:
        return ",", None
    delimiter = delimiter or _delimiter(first)
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    try:
        for records, record in enumerate(reader, start=1):
            if any(field.strip(BLANK + " ") for field in record):
                return delimiter, Header(tuple(record), records, reader.line_num)
    except csv.Error as trouble:
        raise SourceError(f"{file}: its first row can't be read as a header ({trouble}).") from None
    return delimiter, None


def _refuse_open_quote(plain: PlainText, delimiter: str, file: str) -> None:
    """Raise `SourceError` when the last field is still within quotes: all rows behind the first of them would be lost.

    Quotes come in pairs, so only a file with an odd number of them has to be looked through.
    """
    if plain.quotes % 2 == 0:
        return
    last, began, ended = [""], 1, 0
    with plain.path.open(encoding="utf-8", newline="\n") as lines:
        # A blank line after the end: a record of its own, unless it falls within quotes.
        reader = csv.reader(chain(lines, ["\n", "\n"]), delimiter=delimiter)
        try:
            for record in reader:
                last, began, ended = record, ended + 1, reader.line_num
        except csv.Error:  # a field beyond any size
            last, began = ["", ""], ended + 1
    if last:
        raise SourceError(f"{file}: a quote is opened in line {began} and never closed. Close it, or write it twice.")


def _delimiter(line: str) -> str:
    """What stands between the fields of a header: the candidate met most often outside quotes, the first of equals."""
    bare = "".join(line.split('"')[::2])
    return max(DELIMITERS, key=bare.count)


def _relation(plain: PlainText, delimiter: str, skip: int, fields: list[str], rejects: str, parallel: str) -> str:
    quote = '"' if plain.has_quotes else ""
    columns = ", ".join(f"{text(field)}: 'varchar'" for field in fields)
    return (
        f"read_csv({sql_file(plain.path)}, columns = {{{columns}}}, auto_detect = false, header = false, "
        f"skip = {skip}, delim = {text(delimiter)}, quote = {text(quote)}, escape = {text(quote)}, new_line = '\\n', "
        f"null_padding = true, strict_mode = true, parallel = {parallel}, "
        f"store_rejects = true, rejects_table = {text(rejects)}, rejects_scan = {text(rejects + '_scan')})"
    )


def _notes(plain: PlainText, encoding: str | None, source: str) -> tuple[str, ...]:
    notes = []
    if plain.undecodable:
        notes.append(
            f"{plain.undecodable:,} characters could not be read as {encoding or 'utf-8'} and stand as \ufffd; name "
            f'the right encoding under [sources.{source}] of company.toml, as encoding = "latin-1"'
        )
    if plain.unprintable:
        notes.append(f"{plain.unprintable:,} unprintable characters were left out")
    return tuple(notes)
