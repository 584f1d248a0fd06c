"""Read tables: everything a screen shows, made at build time so that no screen reads a big table."""

from datetime import date, timedelta
from pathlib import Path

from metrics.engines import Engine
from metrics.score import ACCOUNT_HISTORY_WEEKS, RECENT_WEEKS

READS_FOLDER = Path(__file__).parent
SIGNAL_WEEKS = 52


def make_reads(engine: Engine, views: list[str], as_of: date) -> None:
    """The read tables, from the scores of all weeks: by band, by account, what moved, families and openings."""
    engine.table("view_bands", _sql("view_bands"))
    engine.table("worst_entries", _sql("worst_entries"))
    engine.table(
        "view_signals", _sql("view_signals"), {"limits_after": as_of - timedelta(weeks=SIGNAL_WEEKS), "as_of": as_of}
    )
    recent = {"recent_after": as_of - timedelta(weeks=RECENT_WEEKS)}
    engine.table("view_lately", _sql("view_lately"), recent)
    engine.table("view_now", view_now(views), recent)
    engine.table("moved", _sql("moved"), recent)
    engine.table("moved_recent", _sql("moved_recent"))
    engine.table("conflicts", _sql("conflicts"), recent)
    engine.view("account_recent", _sql("account_recent"))
    engine.table(
        "account_views",
        "select account_id, view, as_of, points, status from view_scores where as_of > $after order by account_id",
        {"after": as_of - timedelta(weeks=ACCOUNT_HISTORY_WEEKS)},
    )
    engine.table("openings", _sql("openings"), {"as_of": as_of})
    engine.table("override_ends", _sql("override_ends"))
    engine.table("families", _sql("families"))
    engine.table("parents", _sql("parents"), recent)


PARTS = {
    "status": "status", "points": "points", "coverage": "coverage", "n": "n_measures", "of": "n_connected",
    "worst": "worst", "was": "was", "points_4w": "points_4w", "signal": "signal",
    "low": "low", "high": "high", "cap": "cap",
}  # fmt: skip
"""Columns of each view in `view_now`, after the view's name, and where they come from in `view_lately`."""


def view_now(views: list[str]) -> str:
    """The select of `view_now`: one row per account and recent week, the views side by side and never added."""
    columns = "".join(
        f",\n            {view}.{column} as {view}_{part}" for view in views for part, column in PARTS.items()
    )
    joins = "".join(
        f"""
        left join view_lately as {view}
            on {view}.view = '{view}' and {view}.account_id = s.account_id and {view}.as_of = s.as_of"""
        for view in views
    )
    return f"""
        select
            s.as_of, a.account_id, a.account_code, a.name,
            coalesce(a.segment, '') as segment, coalesce(a.region, '') as region, coalesce(a.industry, '') as industry,
            coalesce(a.country, '') as country, coalesce(a.csm, '') as csm, coalesce(a.sales_rep, '') as sales_rep,
            s.arr, s.seats, a.joined_on, s.weight_arr{columns}
        from scored_weeks as s
        join accounts as a on a.account_id = s.account_id{joins}
        where s.as_of > $recent_after
        order by s.as_of, s.weight_arr desc, a.account_id
        """


def _sql(name: str) -> str:
    return (READS_FOLDER / f"{name}.sql").read_text(encoding="utf-8")
