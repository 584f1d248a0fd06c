"""The tables of customer value: how ARR moved, what was retained, what is due, and what winning accounts costs."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from metrics.engines import Engine
from metrics.value.periods import Period, Quarter, period_ends, quarters, quarters_to, year_before
from metrics.value.repeat import models

FOLDER = Path(__file__).parent
VALUE_TABLES = (
    "period_ends", "value_sources", "first_paid", "arr_movements", "arr_bridges", "retention_now", "cohorts",
    "renewals", "account_renewals", "tenures", "margins", "cac", "clv_model", "account_clv",
)  # fmt: skip
"""What `make_value` leaves for screens; its other tables only feed these."""
STEPS = tuple(path.stem.split("_", 1)[1] for path in sorted(FOLDER.glob("*.sql")))
FIGURE_STEPS = (
    "paid_spans", "value_sources", "first_paid", "arr_days", "arr_movements", "retention_now", "tenures", "margins",
    "cac",
)  # fmt: skip
"""The steps that the figures of one day need."""
FIGURE_QUARTERS = 5
"""The four whole quarters before a day, and the one that runs on it."""
COHORT_QUARTERS = 13
RENEWAL_QUARTERS = 5
"""The running quarter and the four after it."""


def make_value(engine: Engine, as_of: date, first: date, fiscal_year_starts: int) -> None:
    """Every table of `VALUE_TABLES`, as known on `as_of`, with the months and quarters since `first`.

    Reads `accounts`, `subscriptions`, `invoices`, `acquisition_costs`, `finance`, `source_days` and `numbers`. The last
    14 weeks and the end of every month are compared with the year before.
    """
    periods = period_ends(first, as_of, fiscal_year_starts)
    recent = [as_of - timedelta(weeks=nth) for nth in range(14)]
    put_days(engine, periods, recent, fiscal_year_starts)
    make_steps(engine, STEPS, as_of)
    is_contractual = bool(engine.rows("select is_contractual from value_sources")["is_contractual"].iloc[0])
    model, values = models(engine.rows("select * from purchases order by account_id"), is_contractual)
    engine.put("clv_model", model)
    engine.put("account_clv", values)
    for name in {*STEPS, "value_days", "retention_days", "margin_days", "cohort_quarters", "renewal_quarters"}:
        if name not in VALUE_TABLES:
            engine.drop(name)


def make_figure_tables(engine: Engine, as_of: date, fiscal_year_starts: int) -> None:
    """The tables that the figures of one day are read from, with the quarters of the year before it."""
    quarters_of_year = quarters_to(as_of, FIGURE_QUARTERS, fiscal_year_starts)
    periods = period_ends(quarters_of_year[0].cohort_on, as_of, fiscal_year_starts)
    put_days(engine, [each for each in periods if each.kind == "quarter"], [as_of], fiscal_year_starts)
    make_steps(engine, FIGURE_STEPS, as_of)


def put_days(engine: Engine, periods: Sequence[Period], weeks: Sequence[date], fiscal_year_starts: int) -> None:
    """The small tables that say which days, periods and quarters the steps compute, up to the last of `weeks`."""
    as_of = max(weeks)
    compared = sorted({*weeks, *(each.closes_on for each in periods)})
    then = [year_before(day) for day in compared]
    needed = {*compared, *then, *(each.opens_on for each in periods)}
    margins = {as_of, *(each.closes_on for each in periods if each.kind == "quarter")}
    engine.put("period_ends", pd.DataFrame([asdict(each) for each in periods]))
    engine.put("retention_days", pd.DataFrame({"as_of": compared, "then_on": then}))
    engine.put("margin_days", pd.DataFrame({"as_of": sorted(margins)}))
    engine.put("value_days", pd.DataFrame({"day_on": sorted(needed)}))
    engine.put("cohort_quarters", _frame(quarters_to(as_of, COHORT_QUARTERS, fiscal_year_starts)))
    engine.put("renewal_quarters", _frame(quarters(as_of, RENEWAL_QUARTERS, fiscal_year_starts)))


def make_steps(engine: Engine, names: Sequence[str], as_of: date) -> None:
    """The tables of some steps, in their order, from the days of `put_days`."""
    for path in sorted(FOLDER.glob("*.sql")):
        name = path.stem.split("_", 1)[1]
        if name in names:
            select = path.read_text(encoding="utf-8")
            values: dict[str, Any] = {"as_of": as_of} if "$as_of" in select else {}
            engine.table(name, select, values)


def _frame(rows: Sequence[Quarter]) -> pd.DataFrame:
    return pd.DataFrame([asdict(row) for row in rows])
