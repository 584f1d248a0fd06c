"""The tables behind the five questions of the made-up company: books, goals, benchmarks, standards, retention."""

from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from metrics import people
from metrics.benchmarks import shipped
from metrics.value import SUMS

STAGES = ("<b>onboarding</b>", "support", "delivery")


def put_five(con: duckdb.DuckDBPyConnection, as_of: date, has_books: bool, has_standards: bool, is_paid: bool) -> None:
    """Each table with its rows, or empty where the company has none of it. Reads `driver_costs`."""
    _books(con, has_books)
    _standards(con, as_of, has_standards)
    rows = pd.DataFrame([row.model_dump() for row in shipped()]).astype({"year": "Int64"})
    con.register("given_rows", rows)
    con.execute("create table benchmark_rows as select * from given_rows").fetchall()
    con.unregister("given_rows")
    _retention(con, as_of, is_paid)
    sides = (Path(people.__file__).parent / "driver_sides.sql").read_text(encoding="utf-8")
    con.execute(f"create view driver_sides as {sides}").fetchall()


def turn_five(con: duckdb.DuckDBPyConnection) -> None:
    """Profit is loss, what was kept was not, and what was retained was lost."""
    con.execute("update finance set net_income = -net_income").fetchall()
    con.execute("update standard_weeks set kept = observed - kept").fetchall()
    con.execute("update retention_now set arr_kept = arr_kept / 2").fetchall()


def _books(con: duckdb.DuckDBPyConnection, has_rows: bool) -> None:
    """26 months up to October 2026: net income of 500,000 and more each month, 100 people who become 95; a goal."""
    con.execute(
        """
        create table finance as
        select cast(date '2024-09-01' + to_months(cast(n as int)) as date) as month,
            cast(500000 + 10000 * n as decimal(18, 4)) as net_income, 100 - n / 5.0 as fte
        from range(26) as r(n) where $has_rows
        """,
        {"has_rows": has_rows},
    ).fetchall()
    con.execute(
        """
        create table targets as
        select * from (values ('return_on_people', '2026', 90000.0), ('first_time_right', '2026', 0.95))
            as t(metric, period, value)
        where $has_rows
        """,
        {"has_rows": has_rows},
    ).fetchall()


def _standards(con: duckdb.DuckDBPyConnection, as_of: date, has_rows: bool) -> None:
    """Ten observations of each stage in 26 weeks, half at accounts; onboarding keeps 7 of 10, the others 9 and 10."""
    stages = ", ".join(f"('{stage}', {kept})" for stage, kept in zip(STAGES, (7, 9, 10), strict=True))
    con.execute(
        f"""
        create table standard_weeks as
        select cast(date '{as_of}' - cast(n as int) * 7 as date) as as_of, stage, stage || ' as promised' as standard,
            case when n % 2 = 0 then 'Enterprise' else '' end as segment, '' as region, '' as csm,
            n % 2 = 0 as has_account, 10 as observed, kept
        from range(26) as r(n), (values {stages}) as s(stage, kept)
        where $has_rows
        """,
        {"has_rows": has_rows},
    ).fetchall()


def _retention(con: duckdb.DuckDBPyConnection, as_of: date, is_paid: bool) -> None:
    """Every account pays 3 % more than a year before, where there are subscriptions."""
    zero = ", ".join(f"0.0 as {name}" for name in SUMS if name not in ("arr_then", "arr_kept"))
    con.execute(
        """
        create table if not exists value_sources as
        select $is_paid as is_contractual, true as has_invoices, null::date as invoices_first_on,
            false as has_join_reason, false as has_channel, null::int as costs_first_month,
            null::int as costs_last_month
        """,
        {"is_paid": is_paid},
    ).fetchall()
    con.execute(
        f"""
        create table if not exists retention_now as
        select date '{as_of}' - 84 as as_of, segment, region, csm, arr as arr_then, arr * 1.03 as arr_kept, {zero}
        from accounts where $is_paid
        """,
        {"is_paid": is_paid},
    ).fetchall()
