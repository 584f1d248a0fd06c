"""Company folders of a few hand-written rows, built as a user would build them."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import duckdb

from data.company import read_company
from data.generations import current
from metrics.build import build

AS_OF, TODAY = date(2026, 6, 28), date(2026, 6, 29)
Rows = Iterable[Mapping[str, object]]


def built(
    folder: Path, scorecards: Mapping[str, str], settings: str = "", **sources: Rows
) -> duckdb.DuckDBPyConnection:
    """The warehouse of a company with these rows and scorecards of its own, eight weeks up to 28 June 2026."""
    (folder / "sources").mkdir(parents=True)
    (folder / "scorecards").mkdir()
    words = f'name = "Hand-written"\nas_of = {AS_OF}\nhistory_weeks = 8\nwindow_lead_weeks = 4\n{settings}'
    (folder / "company.toml").write_text(words, encoding="utf-8")
    for name, text in scorecards.items():
        (folder / "scorecards" / f"{name}.toml").write_text(text, encoding="utf-8")
    for name, rows in sources.items():
        _write(folder / "sources" / f"{name}.csv", list(rows))
    build(read_company(folder), TODAY)
    return duckdb.connect(str(current(folder)), read_only=True)


def _write(path: Path, rows: list[Mapping[str, object]]) -> None:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
