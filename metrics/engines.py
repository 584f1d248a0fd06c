"""Where the SQL runs. Everything above this file knows tables and selects, never the database behind them."""

from collections.abc import Collection, Mapping
from typing import Any, Protocol

import duckdb
import pandas as pd

Values = Mapping[str, Any]
UNITS = {"bytes": 1, "KiB": 2**10, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}
"""How the database writes sizes."""


class Engine(Protocol):
    """Runs the selects of `metrics/` over whole tables."""

    def table(self, name: str, select: str, values: Values | None = None) -> None:
        """Make (or make anew) the table `name` from a select."""

    def append(self, name: str, select: str, values: Values | None = None) -> None:
        """Add the rows of a select to the table `name`, columns by position."""

    def put(self, name: str, rows: pd.DataFrame) -> None:
        """Make (or make anew) the table `name` from a small frame."""

    def view(self, name: str, select: str) -> None:
        """Make (or make anew) `name` as a select over kept tables, run whenever it is read."""

    def rows(self, select: str, values: Values | None = None) -> pd.DataFrame:
        """A small result."""

    def drop(self, name: str) -> None:
        """Forget a table that only later steps of a build needed."""

    def room(self) -> int:
        """Bytes of memory a select may take; joins that need more have to be cut into spans."""


class DuckEngine:
    """DuckDB on one connection.

    Tables named in `kept` are made in the first database of the search path, all others in `scratch`, a database
    attached under that name and thrown away after the build. Without `scratch` every table is kept.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, scratch: str | None = None, kept: Collection[str] = ()
    ) -> None:
        self.connection, self._scratch, self._kept = connection, scratch, frozenset(kept)

    def table(self, name: str, select: str, values: Values | None = None) -> None:
        self._run(f"create or replace table {self._place(name)} as {select}", values)

    def append(self, name: str, select: str, values: Values | None = None) -> None:
        self._run(f"insert into {self._place(name)} {select}", values)

    def put(self, name: str, rows: pd.DataFrame) -> None:
        self.connection.register("put_rows", rows)
        self.table(name, "select * from put_rows")
        self.connection.unregister("put_rows")

    def view(self, name: str, select: str) -> None:
        self._run(f"create or replace view {self._place(name)} as {select}")

    def rows(self, select: str, values: Values | None = None) -> pd.DataFrame:
        return self.connection.execute(select, dict(values or {})).df()

    def drop(self, name: str) -> None:
        self._run(f"drop table if exists {self._place(name)}")

    def room(self) -> int:
        limit = str(self.rows("select current_setting('memory_limit') as room")["room"].iloc[0])
        number, unit = limit.split()
        return int(float(number) * UNITS[unit])

    def _place(self, name: str) -> str:
        return name if self._scratch is None or name in self._kept else f"{self._scratch}.{name}"

    def _run(self, statement: str, values: Values | None = None) -> None:
        # A statement owns the connection until its result is read.
        self.connection.execute(statement, dict(values or {})).fetchall()
