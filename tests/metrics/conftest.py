"""A small scorer: hand-written accounts, weeks and measure values in, view scores out."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from metrics.catalog import Measure, Scorecard
from metrics.engines import DuckEngine
from metrics.score import make_scores, put_scorecards

AS_OF = date(2026, 6, 28)
VALUE = ["measure", "account_id", "item", "as_of", "numerator", "denominator", "evidence_on"]


def measure(name: str, **more: Any) -> Measure:
    """A measure as a head would declare it; only what scoring reads matters."""
    head = {
        "name": name, "label": name, "unit": "ratio", "owner": "Support", "rollup": "mean", "absent": "no data",
        "source": "tickets", "reads": ("weeks",), "needs": ("tickets.ticket_id",), "says": "{value}, was {before}",
        "comment": "-", "sql": "-",
        "path": Path(name),
    }  # fmt: skip
    return Measure(**(head | more))


def entry(name: str, red: float = 0, green: float = 1, **more: Any) -> dict[str, Any]:
    return {"name": name, "red": red, "green": green, **more}


def card(*groups: list[dict[str, Any]], name: str = "vendor_risk", weights: tuple[float, ...] = ()) -> Scorecard:
    """A scorecard of groups of entries, equal weights unless named."""
    named = [
        {"name": f"g{n}", "title": f"G{n}", "measures": entries, "weight": weights[n] if weights else 1.0}
        for n, entries in enumerate(groups)
    ]
    return Scorecard.model_validate(
        {"name": name, "title": name, "side": "vendor", "question": "?", "audience": "internal", "groups": named}
    )


@pytest.fixture
def scored() -> Callable[..., pd.DataFrame]:
    """Score hand-written values: (measure, account, numerator, denominator[, item, evidence_on]) on one week end."""

    def score(
        scorecard: Scorecard, values: list[tuple[Any, ...]], accounts: list[dict[str, Any]] | None = None, **more: Any
    ) -> pd.DataFrame:
        engine = DuckEngine(duckdb.connect())
        _tables(engine, values, accounts or [{"account_id": "a"}], more)
        known = {e.measure: more.get("measures", {}).get(e.measure, measure(e.measure)) for e in scorecard.entries}
        missing = {name: more.get("missing", {}).get(name, []) for name in known}
        put_scorecards(engine, {scorecard.name: scorecard}, known, missing)
        make_scores(engine, {scorecard.name: scorecard}, AS_OF, lambda *step: None)
        score.engine = engine  # type: ignore[attr-defined]
        return engine.rows("select * from view_scores order by account_id").set_index("account_id")

    return score


def _tables(engine: DuckEngine, values: list[tuple[Any, ...]], accounts: list[dict[str, Any]], more: dict) -> None:
    account_rows = [{"segment": None, "industry": None, "arr": 100.0, "age_days": 900} | row for row in accounts]
    frame = pd.DataFrame(account_rows).astype({"segment": "string", "industry": "string"})
    engine.put("accounts", frame.assign(region="", csm=""))
    engine.table("weeks", "select cast($day as date) as as_of, 1 as week_no, true as is_shown", {"day": AS_OF})
    last = more.get("last_on", AS_OF)
    engine.table(
        "source_days",
        "select 'tickets' as source, date '2020-01-01' as first_on, cast($last as date) as last_on",
        {"last": last},
    )
    engine.table("source_weeks", "select source, as_of from source_days, weeks where as_of <= last_on + cast(6 as int)")
    engine.table("account_weeks", "select account_id, as_of, week_no, arr, 1 as seats, age_days from accounts, weeks")
    _overrides(engine, more.get("overrides", []))
    engine.table("products", "select unnest($products) as product_id", {"products": more.get("products", ["p1"])})
    rows = [(v[0], v[1], *(v[4:5] or [""]), AS_OF, v[2], v[3], *(v[5:6] or [None])) for v in values]
    typed = pd.DataFrame(rows, columns=VALUE).astype({"numerator": float, "denominator": float})
    engine.connection.register("typed", typed)
    engine.table(
        "measure_values",
        "select measure, account_id, item, cast(as_of as date) as as_of, numerator, denominator, "
        "cast(evidence_on as date) as evidence_on from typed",
    )
    engine.view("item_values", "select * from measure_values where item <> ''")


OVERRIDE = {
    "override_id": 1, "account_id": "a", "view": "vendor_risk", "starts_on": AS_OF, "ends_on": date(2026, 7, 28),
    "status": "green", "points": 87.5, "expires_on": date(2026, 7, 28), "author": "Meera", "reason": "we spoke",
}  # fmt: skip


def _overrides(engine: DuckEngine, overrides: list[dict[str, Any]]) -> None:
    """The columns of `overrides` that scoring reads."""
    frame = pd.DataFrame([OVERRIDE | row for row in overrides], columns=list(OVERRIDE))
    texts = dict.fromkeys(("account_id", "view", "status", "author", "reason"), "string")
    engine.put("typed_overrides", frame.astype(texts | {"override_id": "int64", "points": float}))
    days = ", ".join(f"cast({name} as date) as {name}" for name in ("starts_on", "ends_on", "expires_on"))
    engine.table(
        "overrides",
        f"select override_id, account_id, view, status, points, author, reason, {days} from typed_overrides",
    )
