"""The tables of profit: revenue, costs and profit of every account per week end, overheads, the ledger, drivers."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from metrics.engines import Engine

FOLDER = Path(__file__).parent
STEPS = ("profit_edges", "profit_lines", "profit_parts", "account_profit")
"""Tables in the order they are made; all but the last only feed the next."""
PROFIT_TABLES = (
    "account_profit", "account_overheads", "overhead_left", "overhead_windows", "overhead_signs", "ledger_months",
    "driver_scores", "driver_costs",
)  # fmt: skip
"""What `make_profit` leaves for screens; its other tables only feed these."""


def make_account_profit(engine: Engine) -> None:
    """The table `account_profit` for the week ends in `profit_ends`, sorted by week end and account.

    Reads `profit_ends`, `settings` (profit_window_weeks, profit_band), `invoices` and `service_costs`.
    """
    _make(engine, STEPS)
    _drop(engine, STEPS[:-1])


def make_profit(engine: Engine, as_of: date) -> None:
    """Every table of `PROFIT_TABLES` for the week ends in `profit_ends`, the last of which is `as_of`.

    `account_profit` as `make_account_profit` makes it, with overheads and prices beside it. Reads `overheads`,
    `finance`, `weeks` and `scored_weeks` too.
    """
    names = tuple(path.stem.split("_", 1)[1] for path in sorted(FOLDER.glob("*.sql")))
    _make(engine, names, as_of)
    engine.table("account_profit", "select * from profit_beside order by as_of, account_id")
    _drop(engine, names)


def _make(engine: Engine, names: Sequence[str], as_of: date | None = None) -> None:
    """The tables of some steps, in the order of their files."""
    for path in sorted(FOLDER.glob("*.sql")):
        name = path.stem.split("_", 1)[1]
        if name in names:
            select = path.read_text(encoding="utf-8")
            values: dict[str, Any] = {"as_of": as_of} if "$as_of" in select else {}
            engine.table(name, select, values)


def _drop(engine: Engine, names: Sequence[str]) -> None:
    """Forget the tables that only fed others."""
    for name in names:
        if name not in PROFIT_TABLES:
            engine.drop(name)


def missing_words(engine: Engine) -> str | None:
    """Why the company's profit cannot be computed at all, in words; None where it can."""
    lines = engine.rows("select count(*) as lines, count(product_cost) as with_cost from invoices").iloc[0]
    if not lines["lines"]:
        return "not connected: invoices"
    return None if lines["with_cost"] else "not connected: invoices.product_cost"


def notes(engine: Engine) -> list[str]:
    """What a reader must know beside the company's profit: costs left out, and lines that fall on one day."""
    counts = engine.rows(
        """
        select
            (select count(*) from service_costs) as service_costs,
            (select count(*) from invoices) as lines,
            (select count(*) from invoices where starts_on is null or ends_on is null or ends_on <= starts_on) as dated
        """
    ).iloc[0]
    said = []
    if counts["lines"] and not counts["service_costs"]:
        said.append("service costs not connected: profit is net revenue less product cost")
    if counts["dated"]:
        said.append(
            f"{counts['dated']:,} of {counts['lines']:,} invoice lines have no service period: "
            "they count in full on the day of the invoice"
        )
    return said
