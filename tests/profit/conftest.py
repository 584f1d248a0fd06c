"""A company small enough to add up by head: invoice lines and service costs in, rows of `account_profit` out."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

import duckdb
import pandas as pd
import pytest

from metrics.engines import DuckEngine
from metrics.profit import make_account_profit
from tests.profit.books import Books

SOURCES = {
    "invoices": {
        "account_id": "varchar",
        "invoiced_on": "date",
        "net_revenue": "decimal(18, 4)",
        "product_cost": "decimal(18, 4)",
        "starts_on": "date",
        "ends_on": "date",
    },
    "service_costs": {
        "account_id": "varchar",
        "incurred_on": "date",
        "amount": "decimal(18, 4)",
        "minutes": "double",
        "hourly_rate": "decimal(18, 4)",
    },
}
Rows = Iterable[Mapping[str, object]]
Profits = Callable[..., pd.DataFrame]


@pytest.fixture
def engine() -> Iterable[DuckEngine]:
    connection = duckdb.connect()
    yield DuckEngine(connection)
    connection.close()


@pytest.fixture
def sources(engine: DuckEngine) -> Callable[..., None]:
    """Puts the rows of a test into the source tables; a key that is left out is missing."""

    def put(invoices: Rows = (), service_costs: Rows = ()) -> None:
        for name, rows in (("invoices", invoices), ("service_costs", service_costs)):
            columns = ", ".join(f"{column} {kind}" for column, kind in SOURCES[name].items())
            engine.connection.execute(f"create or replace table {name} ({columns})").fetchall()
            for row in rows:
                marks = ", ".join(f"${column}" for column in row)
                engine.connection.execute(
                    f"insert into {name} ({', '.join(row)}) values ({marks})", dict(row)
                ).fetchall()

    return put


@pytest.fixture
def profits(engine: DuckEngine, sources: Callable[..., None]) -> Profits:
    """`account_profit` by as_of (ISO text) and account_id, money as Decimal."""

    def made(ends: Iterable[str] = ("2026-06-28",), window: int = 52, band: float = 0.0, **rows: Rows) -> pd.DataFrame:
        sources(**rows)
        engine.put("settings", pd.DataFrame({"profit_window_weeks": [window], "profit_band": [band]}))
        engine.put("profit_ends", pd.DataFrame({"as_of": [date.fromisoformat(end) for end in ends]}))
        make_account_profit(engine)
        found = engine.connection.execute("select * from account_profit").fetchall()
        columns = [column[0] for column in engine.connection.execute("select * from account_profit").description]
        table = pd.DataFrame(found, columns=columns, dtype=object)
        table["as_of"] = table["as_of"].astype(str)
        return table.set_index(["as_of", "account_id"])

    return made


@pytest.fixture(scope="session")
def shared_books() -> Iterable[Books]:
    made = Books()
    yield made
    made.close()


@pytest.fixture
def books(shared_books: Books) -> Callable[..., Books]:
    """`books(overheads=[…], invoices=[…])`: the tables of profit of a company with these rows."""
    return shared_books.make
