"""A company with books: source rows in, every table of profit out, on one connection that is emptied in between."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from metrics.engines import DuckEngine
from metrics.profit import make_profit
from tests.measures.conftest import Laboratory

AS_OF = "2026-06-28"
WEEKS = 70
Rows = Iterable[Mapping[str, Any]]


class Books:
    """The tables that `make_profit` leaves, as rows."""

    def __init__(self) -> None:
        self.laboratory = Laboratory()
        self.laboratory.run("create table scored_weeks (account_id varchar, as_of date)")
        self.engine = DuckEngine(self.laboratory.connection)
        self.is_begun = False

    def make(
        self, as_of: str = AS_OF, ends: int = 1, window: int = 52, live: Iterable[str] = (), **tables: Rows
    ) -> "Books":
        """The company with these rows; `ends` week ends up to `as_of`, accounts `live` in every week."""
        if self.is_begun:
            self.laboratory.run("rollback")
        self.laboratory.run("begin")
        self.is_begun = True
        last = date.fromisoformat(as_of)
        weeks = [last - timedelta(weeks=nth) for nth in reversed(range(WEEKS))]
        settings = [{"inactive_after_weeks": 52, "profit_window_weeks": window, "profit_band": 0.02}]
        self.laboratory.fill({"weeks": [{"as_of": week} for week in weeks], "settings": settings, **tables})
        if live:
            scored = [{"account_id": account, "as_of": week} for account in live for week in weeks]
            self.laboratory.insert("scored_weeks", scored)
        self.engine.put("profit_ends", pd.DataFrame({"as_of": weeks[-ends:]}))
        make_profit(self.engine, last)
        return self

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        return self.laboratory.run(select)

    def given(self, pool: str = "rent", month: str | None = None) -> dict[str, float]:
        """What each account is given of a pool."""
        where = f"pool = '{pool}'" + (f" and month = date '{month}-01'" if month else "")
        found = self.rows(f"select account_id, sum(amount) from account_overheads where {where} group by all")
        return {account: float(amount) for account, amount in found}

    def left(self) -> dict[str, tuple[Decimal, Decimal, Decimal, str | None]]:
        """Amount, allocated, unallocated and why, by pool."""
        found = self.rows("select pool, amount, allocated, unallocated, why from overhead_left")
        return {pool: (amount, allocated, unallocated, why) for pool, amount, allocated, unallocated, why in found}

    def keep(self) -> None:
        """Let other cursors see the tables."""
        self.laboratory.run("commit")
        self.is_begun = False

    def close(self) -> None:
        self.laboratory.connection.close()


def pool(amount: object = 100, driver: str | None = "revenue", month: str = "2026-05", name: str = "rent", **more: Any):
    """A row of overheads."""
    return {
        "month": date.fromisoformat(f"{month}-01"),
        "pool": name,
        "amount": Decimal(str(amount)),
        "driver": driver,
        **more,
    }


def year_of_pools(last: str = "2026-05", **more: Any) -> list[dict[str, Any]]:
    """The same pool in twelve months, the last of which is given."""
    year, month = (int(part) for part in last.split("-"))
    numbers = [year * 12 + month - 1 - nth for nth in range(12)]
    return [pool(month=f"{number // 12}-{number % 12 + 1:02}", **more) for number in numbers]


def line(account: str, net: object = 100, on: str = "2026-05-10", **more: Any) -> dict[str, Any]:
    """An invoice line; `net` is its revenue, and nothing of it is cost."""
    line.nth += 1  # type: ignore[attr-defined]
    days = {name: date.fromisoformat(day) for name, day in more.items() if name.endswith("_on") and day}
    money = {name: Decimal(str(value)) for name, value in more.items() if name in ("list_revenue", "product_cost")}
    return {
        "invoice_line_id": f"L{line.nth}",  # type: ignore[attr-defined]
        "account_id": account,
        "invoiced_on": date.fromisoformat(on),
        "net_revenue": Decimal(str(net)),
        "product_cost": Decimal(0),
        **more,
        **days,
        **money,
    }


line.nth = 0  # type: ignore[attr-defined]


def minutes(account: str, worked: float, on: str = "2026-05-10") -> dict[str, Any]:
    """A service cost told in minutes, at no money."""
    return {
        "account_id": account,
        "incurred_on": date.fromisoformat(on),
        "activity": "support",
        "amount": Decimal(0),
        "minutes": worked,
    }
