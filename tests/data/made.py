"""A company folder made of a few files, and what loading it gives."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from data.company import Company, read_company
from data.loading import LoadReport, load_all

TODAY = date(2026, 11, 22)
ACCOUNTS = "account_id,name\nA1,Ada\nB2,Bo\n"


@dataclass
class Loaded:
    """A finished load: its report, and the database it filled."""

    report: LoadReport
    connection: duckdb.DuckDBPyConnection

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(select).fetchall()

    def column(self, select: str) -> list[Any]:
        return [value for value, *_ in self.rows(select)]

    def counts(self, source: str) -> tuple[int, int, int, int, int]:
        """Rows in, loaded, refused, unmatched, duplicates."""
        at = next(each for each in self.report.sources if each.source == source)
        return at.rows_in, at.loaded, at.refused, at.unmatched, at.duplicates

    def notes(self, source: str) -> str:
        return "; ".join(note.note for note in self.report.notes if note.source == source)

    @property
    def reasons(self) -> list[tuple[int, str, str | None, str]]:
        """Line, column, value and reason of everything that was set aside, by line."""
        return self.rows("select line, column_name, value, reason from refused_rows order by line")


def put(folder: Path, files: dict[str, str | bytes], settings: str = "") -> Company:
    """A company folder with these source files; a file's name without suffix is CSV. Two accounts if none are given."""
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    (folder / "company.toml").write_text(f'name = "Acme"\n{settings}', encoding="utf-8")
    for name, content in {"accounts": ACCOUNTS, **files}.items():
        path = folder / "sources" / (name if "." in name else f"{name}.csv")
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_company(folder)


def loaded(company: Company, today: date = TODAY) -> Loaded:
    """What loading a company gives, whatever it refuses."""
    connection = duckdb.connect()
    report, _ = load_all(company, connection, today)
    return Loaded(report, connection)
