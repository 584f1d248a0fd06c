"""The tables `concentration` and `account_shares`: what lies on few accounts, over time and account by account."""

from dataclasses import asdict, fields
from pathlib import Path

import pandas as pd

from metrics.engines import Engine, Values
from metrics.profit.shares import KINDS, Concentration, concentration
from metrics.profit.table import FOLDER as PROFIT_FOLDER
from metrics.score import RECENT_WEEKS

FOLDER = Path(__file__).parent
CONCENTRATION_TABLES = ("concentration", "account_shares")
"""What `make_concentration` leaves for screens."""
STEPS = ("share_ends", "share_amounts", "account_shares")
REVENUE_STEPS = ("profit_edges", "profit_lines", "profit_parts")
QUARTER_WEEKS = 13
COUNTS = ("accounts", "to_80", "tied", "below_zero")
FIGURES = tuple(field.name for field in fields(Concentration))


def make_concentration(engine: Engine) -> None:
    """Both tables, for the recent week ends and the last week end of every whole quarter.

    Reads `weeks`, `period_ends`, `settings`, `account_profit`, `scored_weeks`, `view_scores`, `invoices`, `tickets`,
    `touchpoints`, `service_costs` and `source_days`.
    """
    _step(engine, "share_ends", {"recent_weeks": RECENT_WEEKS, "quarter_weeks": QUARTER_WEEKS})
    _older_revenue(engine)
    _step(engine, "share_amounts")
    engine.put("concentration_rows", _concentration(engine))
    engine.table("concentration", _typed())
    _step(engine, "account_shares")
    for name in ("older_revenue", "share_ends", "share_amounts", "concentration_rows"):
        engine.drop(name)


def _concentration(engine: Engine) -> pd.DataFrame:
    """One row per kind of `KINDS` and week end with an amount: the figures of `Concentration`, and `is_short`.

    `is_short`: its source begins within the profit window, which therefore holds less than a whole one. Week ends are
    taken one by one: the database would sort all of them at once, at a multiple of the time.
    """
    points = engine.rows(
        """
        select distinct s.kind, s.as_of,
            coalesce(d.first_on > e.after_on + cast(1 as int) and e.after_on > date '0001-01-01', false) as is_short
        from share_amounts as s
        join share_ends as e on e.as_of = s.as_of
        left join source_days as d
            on d.source = case s.kind when 'revenue' then 'invoices' when 'tickets' then 'tickets' end
        """
    )
    points = points[points["kind"].isin(KINDS)].sort_values(["kind", "as_of"])
    rows = [
        {"kind": kind, "as_of": as_of.date(), "is_short": bool(is_short)} | asdict(_figures(engine, kind, as_of))
        for kind, as_of, is_short in points[["kind", "as_of", "is_short"]].itertuples(index=False)
    ]
    return pd.DataFrame(rows, columns=["kind", "as_of", "is_short", *FIGURES])


def _typed() -> str:
    """The select that gives the columns of `concentration` their types, also where there are no rows."""
    figures = "".join(
        f",\n    cast({name} as {'bigint' if name in COUNTS else 'double'}) as {name}" for name in FIGURES
    )
    return f"""
        select
            cast(kind as varchar) as kind,
            cast(as_of as date) as as_of,
            cast(is_short as boolean) as is_short{figures}
        from concentration_rows
        order by kind, as_of
        """


def _figures(engine: Engine, kind: str, as_of: pd.Timestamp) -> Concentration:
    amounts = engine.rows(
        "select cast(amount as double) as amount from share_amounts where kind = $kind and as_of = $as_of",
        {"kind": kind, "as_of": as_of.date()},
    )
    return concentration(amounts["amount"])


def _older_revenue(engine: Engine) -> None:
    """The table `older_revenue`: revenue of the windows that `account_profit` does not hold, by its own steps."""
    engine.table("profit_ends", "select as_of from share_ends where not is_recent")
    for nth, name in enumerate(REVENUE_STEPS, start=1):
        engine.table(name, (PROFIT_FOLDER / f"{nth:02}_{name}.sql").read_text(encoding="utf-8"))
    engine.table(
        "older_revenue", "select as_of, account_id, revenue from profit_parts where (select count(*) from invoices) > 0"
    )
    for name in REVENUE_STEPS:
        engine.drop(name)


def _step(engine: Engine, name: str, values: Values | None = None) -> None:
    nth = STEPS.index(name) + 1
    engine.table(name, (FOLDER / f"{nth:02}_{name}.sql").read_text(encoding="utf-8"), values)
