"""Where the SQL runs. Everything above this file knows tables and selects, never the database behind them."""

from collections.abc import Mapping
from typing import Any, Protocol

import duckdb
import pandas as pd

Values = Mapping[str, Any]


class Engine(Protocol):
    """Runs the selects of `metrics/` over whole tables."""

    def table(self, name: str, select: str, values: Values | None = None) -> None:
        """Make (or make anew) the table `name` from a select."""

    def append(self, name: str, select: str, values: Values | None = None) -> None:
        """Add the rows of a select to the table `name`, columns by position."""

    def put(self, name: str, rows: pd.DataFrame) -> None:
        """Make (or make anew) the table `name` from a small frame."""

    def rows(self, select: str, values: Values | None = None) -> pd.DataFrame:
        """A small result."""

    def drop(self, name: str) -> None:
        """Forget a table that only later steps of a build needed."""


class DuckEngine:
    """DuckDB on one connection; tables are made in the first schema of its search path."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def table(self, name: str, select: str, values: Values | None = None) -> None:
        self.connection.execute(f"create or replace table {name} as {select}", dict(values or {})).fetchall()

    def append(self, name: str, select: str, values: Values | None = None) -> None:
        self.connection.execute(f"insert into {name} {select}", dict(values or {})).fetchall()

    def put(self, name: str, rows: pd.DataFrame) -> None:
        self.connection.register("put_rows", rows)
        self.table(name, "select * from put_rows")
        self.connection.unregister("put_rows")

    def rows(self, select: str, values: Values | None = None) -> pd.DataFrame:
        return self.connection.execute(select, dict(values or {})).df()

    def drop(self, name: str) -> None:
        self.connection.execute(f"drop table if exists {name}").fetchall()
