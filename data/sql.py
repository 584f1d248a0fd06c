"""SQL from Python, where nothing can be bound: names, file paths and choices inside a statement."""

import re
from pathlib import Path
from typing import Any

import duckdb


def name(identifier: str) -> str:
    """An identifier, quoted."""
    return '"' + identifier.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text literal, quoted."""
    return "'" + value.replace("'", "''") + "'"


def file(path: Path) -> str:
    """A path as a text literal in which no character stands for others."""
    return text(re.sub(r"([*?\[])", r"[\1]", str(path)))


def run(connection: duckdb.DuckDBPyConnection, statement: str, **values: Any) -> list[tuple[Any, ...]]:
    """All rows of a statement, which may be none; values are bound by name."""
    return connection.execute(statement, values or None).fetchall()


def one(connection: duckdb.DuckDBPyConnection, statement: str, **values: Any) -> Any:
    """The first column of the first row of a statement."""
    return run(connection, statement, **values)[0][0]
