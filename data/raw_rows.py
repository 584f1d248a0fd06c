"""The rows of a source as its file has them: something DuckDB can select from, and what is known about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.clean_text import PlainText, Snapshot


@dataclass(frozen=True)
class RawColumn:
    """A column of a file: how SQL names it, and its DuckDB type."""

    sql: str
    type: str


@dataclass(frozen=True)
class CsvText:
    """What only a CSV file has: its text, the state the file was in, and the table of records that do not parse.

    Up to the end of the header there are `header_records` records, blank lines among them, on `header_lines` lines.
    `one_thread` is the relation as a single thread reads it.
    """

    text: PlainText
    before: Snapshot
    header_records: int
    header_lines: int
    rejects: str
    one_thread: str


@dataclass(frozen=True)
class RawRows:
    """A relation, and where each contract column stands in it.

    `relation` can stand behind `from`. A row without a value in any of `all_columns` is no row, where `skips_empty`.
    `beyond` is the column with what a row has more than the header. `first_line` is the line of the first row.
    `registered` is the name under which rows that come from Python are known; `held` keeps alive what they come from.
    """

    file: str
    relation: str
    columns: Mapping[str, RawColumn]
    all_columns: Sequence[str]
    unknown: Sequence[str] = ()
    first_line: int = 1
    skips_empty: bool = False
    beyond: str | None = None
    csv: CsvText | None = None
    notes: tuple[str, ...] = ()
    registered: str | None = None
    held: object = None
