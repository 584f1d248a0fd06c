"""Read tables: everything a screen shows, made at build time so that no screen reads a big table."""

from datetime import date, timedelta
from pathlib import Path

from metrics.engines import Engine
from metrics.score import ACCOUNT_HISTORY_WEEKS, RECENT_WEEKS

READS_FOLDER = Path(__file__).parent
SIGNAL_WEEKS = 52


def make_reads(engine: Engine, views: list[str], as_of: date) -> None:
    """`view_bands`, `view_now`, `account_recent`, `account_views`, from the scores of all weeks."""
    engine.table("view_bands", _sql("view_bands"))
    engine.table("worst_entries", _sql("worst_entries"))
    engine.table(
        "view_signals", _sql("view_signals"), {"limits_after": as_of - timedelta(weeks=SIGNAL_WEEKS), "as_of": as_of}
    )
    recent = {"recent_after": as_of - timedelta(weeks=RECENT_WEEKS)}
    engine.table("view_now", view_now(views), recent)
    engine.table("account_recent", "select * from recent order by account_id, as_of")
    engine.table(
        "account_views",
        "select account_id, view, as_of, points, status from view_scores where as_of > $after order by account_id",
        {"after": as_of - timedelta(weeks=ACCOUNT_HISTORY_WEEKS)},
    )


def view_now(views: list[str]) -> str:
    """The select of `view_now`: one row per account and recent week, the views side by side and never added."""
    columns = ",\n                ".join(_columns_of(view) for view in views)
    names = ", ".join(f"x.{view}_{part}" for view in views for part in PARTS)
    return f"""
        with lately as (
            select * from view_scores where as_of > $recent_after - cast(28 as int)
        ),
        scored as (
            select
                v.account_id, v.as_of, v.view, v.points, v.status, v.coverage, v.n_measures, v.n_connected,
                b.status as was, m.points as points_4w, w.worst, g.signal
            from lately as v
            left join lately as b
                on b.view = v.view and b.account_id = v.account_id and b.as_of = v.as_of - cast(7 as int)
            left join lately as m
                on m.view = v.view and m.account_id = v.account_id and m.as_of = v.as_of - cast(28 as int)
            left join worst_entries as w on w.view = v.view and w.account_id = v.account_id and w.as_of = v.as_of
            left join view_signals as g on g.view = v.view and g.account_id = v.account_id and g.as_of = v.as_of
            where v.as_of > $recent_after
        ),
        side_by_side as (
            select account_id, as_of,
                {columns}
            from scored
            group by account_id, as_of
        )
        select
            s.as_of, a.account_id, a.account_code, a.name,
            coalesce(a.segment, '') as segment, coalesce(a.region, '') as region, coalesce(a.industry, '') as industry,
            coalesce(a.country, '') as country, coalesce(a.csm, '') as csm, coalesce(a.sales_rep, '') as sales_rep,
            s.arr, s.seats, a.joined_on, s.weight_arr, {names}
        from scored_weeks as s
        join accounts as a on a.account_id = s.account_id
        join side_by_side as x on x.account_id = s.account_id and x.as_of = s.as_of
        where s.as_of > $recent_after
        order by s.as_of, s.weight_arr desc, a.account_id
        """


PARTS = {
    "status": "status", "points": "points", "coverage": "coverage", "n": "n_measures", "of": "n_connected",
    "worst": "worst", "was": "was", "points_4w": "points_4w", "signal": "signal",
}  # fmt: skip


def _columns_of(view: str) -> str:
    picked = [f"max(case when view = '{view}' then {column} end) as {view}_{part}" for part, column in PARTS.items()]
    return ",\n                ".join(picked)


def _sql(name: str) -> str:
    return (READS_FOLDER / f"{name}.sql").read_text(encoding="utf-8")
