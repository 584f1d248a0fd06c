"""A company small enough to add up by head: source rows in, the tables of customer value out."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd
import pytest

from metrics.engines import DuckEngine
from metrics.value import make_value
from tests.measures.conftest import Laboratory

AS_OF = "2026-06-30"
FIRST = "2025-07-01"
Rows = Iterable[Mapping[str, Any]]


class Company:
    """The tables that `make_value` leaves, as rows."""

    def __init__(self, laboratory: Laboratory) -> None:
        self.laboratory, self.engine = laboratory, DuckEngine(laboratory.connection)

    def make(self, as_of: str, first: str, fiscal_year_starts: int, tables: Mapping[str, Rows]) -> "Company":
        self.laboratory.fill({"weeks": [{"as_of": as_of}], **tables})
        make_value(self.engine, date.fromisoformat(as_of), date.fromisoformat(first), fiscal_year_starts)
        return self

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        return self.laboratory.run(select)

    def frame(self, table: str) -> pd.DataFrame:
        return self.engine.rows(f"select * from {table}")

    def movements(self, kind: str, period: str) -> dict[Any, tuple[str, int]]:
        """Movement and amount of each account in a period."""
        found = self.rows(
            f"select account_id, movement, amount from arr_movements where kind = '{kind}' and period = '{period}'"
        )
        return {account: (movement, int(amount)) for account, movement, amount in found}

    def bridge(self, kind: str, period: str) -> dict[str, int]:
        """ARR by step of a period's bridge."""
        found = self.rows(
            f"select movement, sum(amount) from arr_bridges where kind = '{kind}' and period = '{period}' group by all"
        )
        return {movement: int(amount) for movement, amount in found}


@pytest.fixture(scope="session")
def value_laboratory() -> Iterator[Laboratory]:
    made = Laboratory()
    yield made
    made.connection.close()


@pytest.fixture
def valued(value_laboratory: Laboratory) -> Iterator[Callable[..., Company]]:
    """`valued(subscriptions=[…])`: the tables of value on 30 June 2026, with the periods of the year before it.

    A second call in one test starts from nothing again.
    """
    value_laboratory.run("begin")

    def made(as_of: str = AS_OF, first: str = FIRST, fiscal_year_starts: int = 1, **tables: Rows) -> Company:
        value_laboratory.run("rollback")
        value_laboratory.run("begin")
        return Company(value_laboratory).make(as_of, first, fiscal_year_starts, tables)

    yield made
    value_laboratory.run("rollback")


def line(account: str, arr: float, starts: str, ends: str | None = None, **more: Any) -> dict[str, Any]:
    """A subscription line."""
    return {
        "subscription_id": f"{account}-{starts}-{arr}",
        "account_id": account,
        "arr": arr,
        "starts_on": date.fromisoformat(starts),
        "ends_on": date.fromisoformat(ends) if ends else None,
        **more,
    }


def bill(account: str, revenue: float, on: str, **more: Any) -> dict[str, Any]:
    """An invoice line."""
    return {"account_id": account, "net_revenue": revenue, "invoiced_on": date.fromisoformat(on), **more}
