"""What the loaded sources say in a few numbers: the sums a company can hold against its own books.

Each file in `sums/` is one select over a source. Its columns are named `name | unit | label`; a first column `item`
makes one number per row of it, as deals per stage.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

SUMS = Path(__file__).parent / "sums"


@dataclass(frozen=True)
class Fact:
    """One number about one source. `unit` is money, rows, ratio, days, points, or the things counted."""

    source: str
    name: str
    label: str
    value: float | int
    unit: str


def facts(connection: duckdb.DuckDBPyConnection) -> list[Fact]:
    """The numbers of every source that has rows; what cannot be said, as a late share without payments, is left out.

    Reads the source tables as they were loaded, and nothing that is made from them.
    """
    return [fact for path in sorted(SUMS.glob("*.sql")) for fact in _facts_of(connection, path)]


def _facts_of(connection: duckdb.DuckDBPyConnection, path: Path) -> Iterator[Fact]:
    """The facts of one file; none while its source is empty."""
    source = path.stem.partition("_by_")[0]
    if not connection.execute(f"select 1 from {source} limit 1").fetchall():
        return
    result = connection.execute(path.read_text(encoding="utf-8"))
    columns = [column[0] for column in result.description]
    for row in result.fetchall():
        yield from _facts_of_row(source, dict(zip(columns, row, strict=True)))


def _facts_of_row(source: str, row: dict[str, object]) -> Iterator[Fact]:
    item = row.pop("item", None)
    for column, value in row.items():
        name, unit, label = column.split(" | ")
        if isinstance(value, Decimal):
            value = round(float(value), 4)  # the places the warehouse keeps
        if isinstance(value, int | float):
            named = (name, label) if item is None else (f"{name}:{item}", f"{label}, {item}")
            yield Fact(source, *named, value, unit)
