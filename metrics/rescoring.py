"""One week scored by other scorecards, beside the warehouse and without touching it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

import duckdb

from metrics.catalog import Measure, Scorecard
from metrics.engines import DuckEngine
from metrics.score import make_scores, put_scorecards

WEEK = {
    "weeks": "select * from weeks where as_of = $week",
    "source_weeks": "select * from source_weeks where as_of = $week",
    "measure_values": "select * from measure_values where as_of = $week",
    "account_weeks": """
        select s.account_id, s.as_of, w.week_no, s.arr, s.seats, s.age_days
        from scored_weeks as s join weeks as w on w.as_of = s.as_of
        where s.as_of = $week
        """,
}
"""What scoring reads of a single week, by the table it reads it from."""

ITEMS = "create view one_week.item_values as select * from one_week.measure_values where item <> ''"


@contextmanager
def one_week(connection: duckdb.DuckDBPyConnection, week: date) -> Iterator[DuckEngine]:
    """An engine that finds that week of the warehouse and makes every table in memory; afterwards all of it is gone."""
    (path,) = connection.execute("select current_setting('search_path')").fetchall()[0]
    connection.execute("attach ':memory:' as one_week").fetchall()
    try:
        for name, select in WEEK.items():
            connection.execute(f"create table one_week.{name} as {select}", {"week": week}).fetchall()
        connection.execute(ITEMS).fetchall()
        _search(connection, f"one_week.main,{path or 'main'}")
        yield DuckEngine(connection)
    finally:
        _search(connection, path)
        connection.execute("detach one_week").fetchall()


def rescore(
    engine: DuckEngine,
    cards: Mapping[str, Scorecard],
    measures: Mapping[str, Measure],
    missing: Mapping[str, list[str]],
    week: date,
) -> None:
    """`view_scores` of the engine's week by these scorecards."""
    put_scorecards(engine, cards, measures, missing)
    make_scores(engine, cards, week, lambda name, nth, n: None)


def _search(connection: duckdb.DuckDBPyConnection, path: str) -> None:
    connection.execute("set search_path = $path", {"path": path}).fetchall()
