"""Workbooks (Excel, OpenDocument) as Arrow tables: DuckDB's own reader would have to be downloaded at run time."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook

from data.errors import SourceError

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
EMPTY = ""
"""How calamine gives a cell without a value."""


@dataclass(frozen=True)
class Sheet:
    """A sheet as a table: its header's row in the sheet, and a column for each name, empty rows included."""

    header_row: int
    table: pa.Table


def read_sheet(path: Path, file: str, wanted: str) -> Sheet | None:
    """The sheet called `wanted`, else the first one; None when it is empty."""
    book = _open(path, file)
    names = {name.lower(): name for name in reversed(book.sheet_names)}
    first = next(iter(book.sheet_names), None)
    chosen = names.get(wanted.lower(), first)
    return None if chosen is None else _sheet(book, chosen)


def raw_tables(folder: Path, sql: str) -> Iterator[tuple[str, pa.Table]]:
    """The tables `raw_FILE_SHEET` a select names, from the workbooks in a folder and the folders within.

    A folder's name may stand in front, `raw_FOLDER_FILE_SHEET`, and must where two workbooks have the same name.
    """
    wanted = set(re.findall(r"\braw_\w+", sql.lower()))
    given: dict[str, Path] = {}
    for path in _workbooks(folder):
        names = _names(folder, path)
        if not any(table.startswith(f"{name}_") for table in wanted for name in names):
            continue
        book = _open(path, str(path))
        for sheet in book.sheet_names:
            for table in {f"{name}_{_identifier(sheet)}" for name in names} & wanted:
                if table in given:
                    raise SourceError(
                        f"{given[table]} and {path} are both called {table}. Write the name of the folder as well: "
                        f"{names[-1]}_{_identifier(sheet)}."
                    )
                given[table] = path
                found = _sheet(book, sheet)
                yield table, found.table if found else pa.table({})


def raw_table_names(folder: Path) -> list[str]:
    """Every table a select may name, for the error that says one is unknown."""
    return [
        f"{_names(folder, path)[0]}_{_identifier(sheet)}"
        for path in _workbooks(folder)
        for sheet in _open(path, str(path)).sheet_names
    ]


def _workbooks(folder: Path) -> list[Path]:
    return sorted(
        path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and not path.name.startswith("~")
    )


def _names(folder: Path, path: Path) -> list[str]:
    """What a workbook's tables begin with: its own name, and its folders' names in front."""
    inside = path.relative_to(folder).with_suffix("")
    return [f"raw_{_identifier(path.stem)}", f"raw_{_identifier('_'.join(inside.parts))}"]


def _identifier(name: str) -> str:
    return re.sub(r"\W+", "_", name).strip("_").lower()


def _open(path: Path, file: str) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(str(path))
    except (CalamineError, OSError) as trouble:
        raise SourceError(f"{file}: can't be opened as a workbook ({trouble}). Save it as .xlsx or .csv.") from None


def _sheet(book: CalamineWorkbook, name: str) -> Sheet | None:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    header = next((place for place, row in enumerate(rows) if any(cell != EMPTY for cell in row)), None)
    if header is None:
        return None
    names = _unique(_as_text(cell).strip() for cell in rows[header])
    columns = zip(*rows[header + 1 :], strict=True) if len(rows) > header + 1 else ((),) * len(names)
    return Sheet(header + 1, pa.table({name: _array(column) for name, column in zip(names, columns, strict=True)}))


def _unique(names: Iterable[str]) -> list[str]:
    """The names, made different from each other: an Arrow table needs that, a sheet does not."""
    unique: list[str] = []
    for place, name in enumerate(names, start=1):
        name = name or f"column_{place}"
        unique.append(name if name.lower() not in map(str.lower, unique) else f"{name}_{place}")
    return unique


def _array(cells: Sequence[Any]) -> pa.Array:
    """The cells of a column with one type where they have one, else as text."""
    values = [None if cell == EMPTY else cell for cell in cells]
    kinds = {type(value) for value in values} - {type(None)}
    if kinds == {float} or kinds == {bool} or kinds == {date}:
        return pa.array(values)
    if kinds and kinds <= {date, datetime}:
        return pa.array(values, pa.timestamp("us"))
    return pa.array([value if value is None else _as_text(value) for value in values], pa.string())


def _as_text(value: Any) -> str:
    """A cell as it would stand in a CSV file: 1001 for 1001.0."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat(sep=" ") if isinstance(value, datetime) else str(value)
