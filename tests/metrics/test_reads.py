"""Read tables: what the screens show agrees with the scores and rules it is made from."""

from datetime import date, timedelta

import duckdb
import numpy as np
import pandas as pd
import pytest

from data.contract import SOURCES
from metrics.engines import DuckEngine
from metrics.reads import READS_FOLDER
from metrics.xmr import signal

AS_OF = date(2026, 6, 28)


def points_of(kind: int, weeks: int, rng: np.random.Generator) -> list[float | None]:
    """A series of one of four kinds: calm, with gaps, with a step at the end, flat."""
    calm = (60 + 5 * rng.standard_normal(weeks)).clip(0, 100)
    if kind == 1:
        return [None if rng.random() < 0.2 else float(value) for value in calm]
    if kind == 2:
        calm[-rng.integers(1, 10) :] -= rng.integers(5, 40)
    return [50.0] * weeks if kind == 3 else [float(value) for value in calm.clip(0, 100)]


def expected_arrow(points: list[float | None]) -> str:
    """What the XmR chart says of a series, where it says so by its limits and the last four weeks went that way."""
    series = pd.Series(points, dtype=float).tail(52)
    fired = signal(series)
    if fired is None or fired.rule != "outside limits" or len(series) < 5:
        return ""
    went_up, went_down = series.iloc[-1] > series.iloc[-5], series.iloc[-1] < series.iloc[-5]
    return fired.direction if (went_up if fired.direction == "up" else went_down) else ""


def test_arrows_in_sql_are_those_of_the_xmr_chart():
    """One rule book: the SQL over all accounts and the function over one series never disagree."""
    rng = np.random.default_rng(3)
    series = {account: points_of(account % 4, int(rng.integers(3, 60)), rng) for account in range(400)}
    rows = [
        ("v", account, AS_OF - timedelta(weeks=len(points) - 1 - nth), value)
        for account, points in series.items()
        for nth, value in enumerate(points)
    ]
    engine = DuckEngine(duckdb.connect())
    engine.put("typed", pd.DataFrame(rows, columns=["view", "account_id", "as_of", "points"]))
    engine.table("view_scores", "select view, account_id, cast(as_of as date) as as_of, points from typed")
    found = engine.rows(
        (READS_FOLDER / "view_signals.sql").read_text(encoding="utf-8"),
        {"limits_after": AS_OF - timedelta(weeks=52), "as_of": AS_OF},
    ).set_index("account_id")["signal"]
    for account, points in series.items():
        assert found.get(account, "") == expected_arrow(points), f"account {account}: {points}"
    assert {"up", "down", ""} >= set(found) >= {"down", ""}


@pytest.mark.parametrize("table", ["view_now", "view_bands", "account_recent", "account_views", "entry_bands"])
def test_every_read_table_of_the_sample_has_rows(sample, table):
    assert sample.execute(f"select count(*) from {table}").fetchall()[0][0] > 0


def test_view_now_is_view_scores_laid_side_by_side(sample):
    wrong = sample.execute(
        """
        select count(*)
        from view_now as n
        join view_scores as v on v.account_id = n.account_id and v.as_of = n.as_of and v.view = 'vendor_risk'
        where v.status <> n.vendor_risk_status or v.points is distinct from n.vendor_risk_points
        """
    ).fetchall()[0][0]
    assert wrong == 0


def test_bands_of_each_view_and_week_hold_every_scored_account_once(sample):
    rows = sample.execute(
        """
        with banded as (select view, as_of, sum(accounts) as n, sum(arr) as arr from view_bands group by view, as_of),
        scored as (select as_of, count(*) as n, sum(weight_arr) as arr from scored_weeks group by as_of)
        select count(*) from banded as b join scored as s on s.as_of = b.as_of
        where b.n <> s.n or abs(b.arr - s.arr) > 0.01
        """
    ).fetchall()
    assert rows == [(0,)]


def test_the_worst_measure_is_the_one_with_the_fewest_points(sample):
    wrong = sample.execute(
        """
        with least as (
            select account_id, as_of, min(points) as points from account_recent
            where view = 'vendor_risk' and item = '' group by account_id, as_of
        )
        select count(*)
        from view_now as n
        join account_recent as r
            on r.account_id = n.account_id and r.as_of = n.as_of and r.view = 'vendor_risk' and r.item = ''
            and r.entry = n.vendor_risk_worst
        join least as l on l.account_id = n.account_id and l.as_of = n.as_of
        where r.points > l.points + 0.001
        """
    ).fetchall()[0][0]
    assert wrong == 0


def test_nothing_adds_the_seven_views_up(sample):
    """No column of any table mixes views: every score column belongs to one view or stands beside its view's name."""
    views = {row[0] for row in sample.execute("select distinct view from view_scores").fetchall()}
    columns = sample.execute("select table_name, column_name from duckdb_columns() where not internal").fetchall()
    tables = {table: {column for name, column in columns if name == table} for table, _ in columns}
    for table, names in tables.items():
        if table in SOURCES:
            continue  # what the company itself brings: an answer to a survey is a score of its own
        says_which = names & {"view", "entry_no", "override_id"}  # a measure's place and an override are of one view
        mixed = {name for name in names if name in {"points", "score", "health", "total"}}
        assert not mixed or says_which, f"{table} holds {mixed} without saying of which view"
        assert not {name for name in names if "total" in name or "overall" in name}, table
        scored = {name for name in names if not says_which and name.endswith(("_points", "_status"))}
        assert all(any(name.startswith(view) for view in views) for name in scored), table


def test_moved_recent_holds_what_moved_each_view_that_changed_band(sample):
    """Every move of every week a screen can be set to has the measures whose points changed, and no other row."""
    views = [row[0] for row in sample.execute("select distinct view from scorecard").fetchall()]
    moves = " union all ".join(
        f"""
        select account_id, as_of, '{view}' as view from view_now
        where {view}_status <> {view}_was and {view}_status in ('red', 'amber', 'green')
            and {view}_was in ('red', 'amber', 'green')
        """
        for view in views
    )
    expected = f"""
        with said as (
            select m.account_id, m.as_of, m.view, r.entry,
                max(case when r.as_of = m.as_of then r.points end) as points,
                max(case when r.as_of < m.as_of then r.points end) as points_before,
                max(case when r.as_of = m.as_of then r.value end) as value,
                max(case when r.as_of = m.as_of then r.status end) as status
            from ({moves}) as m
            join account_recent as r
                on r.account_id = m.account_id and r.view = m.view and r.item = '' and r.as_of in (m.as_of, m.as_of - 7)
            where m.as_of > (select min(as_of) from view_now)
            group by all
        )
        select account_id, as_of, view, entry, value, points, status, points_before from said
        where points is distinct from points_before
        """
    found = "select account_id, as_of, view, entry, value, points, status, points_before from moved_recent"
    for one, other in ((expected, found), (found, expected)):
        assert sample.execute(f"select * from ({one}) except select * from ({other}) limit 3").fetchall() == []
    assert sample.execute(f"select count(*) from ({found})").fetchall()[0][0] > 50
