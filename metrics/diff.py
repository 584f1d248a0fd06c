"""What other scorecards would do: accounts and ARR that change band in each view, from what is built already."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from data.company import Company
from data.errors import UserError
from data.generations import current, generation_name
from metrics.catalog import Measure, Scorecard, measures, own_entries, scorecards
from metrics.compute import missing_columns, put_own_measures
from metrics.definition import differences, scoring_part
from metrics.engines import DuckEngine
from metrics.rescoring import one_week, rescore

MEMORY_LIMIT = "2GB"
BANDS = ("red", "amber", "green")
IN_EXPANSION = {"red": "untapped", "amber": "partial", "green": "penetrated"}
NEEDED = ("scorecards_used", "connected_kinds", "measure_values", "scored_weeks")


class CannotCompare(UserError):
    """Two folders of scorecards that can't be compared: names the trouble and the way out."""


@dataclass(frozen=True)
class Moved:
    """One account that changes band, with its points by both (None: no score)."""

    account: str
    name: str | None
    arr: float | None
    was: str
    now: str
    points_were: float | None
    points_are: float | None

    @property
    def ends(self) -> tuple[tuple[str, float | None], tuple[str, float | None]]:
        """Band and points before and after."""
        return (self.was, self.points_were), (self.now, self.points_are)


@dataclass(frozen=True)
class Change:
    """Accounts that go from one band to another, and what they weigh: their ARR, or their number without any."""

    was: str
    now: str
    accounts: int
    weight: float


@dataclass(frozen=True)
class ViewDiff:
    """One view whose scorecards differ: what changed, and who changes band by it, of `scored` accounts."""

    view: str
    title: str
    changed: tuple[str, ...]
    scored: int
    mean_was: float | None
    mean_is: float | None
    changes: tuple[Change, ...]
    moved: tuple[Moved, ...]

    @property
    def weight(self) -> float:
        return sum(change.weight for change in self.changes)


@dataclass(frozen=True)
class Diff:
    """Old against new scorecards on one week of a company."""

    company: str
    currency: str
    generation: str
    as_of: date
    has_arr: bool
    total: float
    views: tuple[ViewDiff, ...]
    same: tuple[str, ...]
    """Views that both score alike."""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def diff(company: Company, old: Path, new: Path) -> Diff:
    """What changes in the latest week when the scorecards of `old` give way to those of `new`.

    Either folder may hold only some files: the company's own stand for the others, then those shipped. Nothing is
    written. Raises `CannotCompare`, and `CatalogError` for a file that can't be read.
    """
    before, after = (_layered(company, folder) for folder in (old, new))
    path = current(company.folder)
    if path is None:
        raise CannotCompare(f"{company.folder}: nothing is built yet. Run: sevenviews build {company.folder}")
    connection = duckdb.connect(config={"memory_limit": MEMORY_LIMIT})
    try:
        _attach(connection, path, company)
        return _compared(connection, company, generation_name(path), before, after)
    finally:
        connection.close()


def _layered(company: Company, folder: Path) -> dict[str, Scorecard]:
    """The scorecards of a folder; where it has none of that name the company's, else the shipped one."""
    if not folder.is_dir():
        raise CannotCompare(f"{folder}: there is no such folder. Name two folders that hold scorecards as TOML files.")
    if not any(folder.glob("*.toml")):
        raise CannotCompare(f"{folder}: there is no scorecard in it. Scorecards are files such as vendor_risk.toml.")
    own = scorecards(company.folder / "scorecards", company.views)
    named = scorecards(folder, company.views)
    return {view: named[view] if (folder / f"{view}.toml").is_file() else own[view] for view in own}


def _attach(connection: duckdb.DuckDBPyConnection, path: Path, company: Company) -> None:
    name = str(path).replace("'", "''")
    connection.execute(f"attach '{name}' as built (read_only)").fetchall()
    connection.execute("set search_path = 'built.main'").fetchall()
    found = {
        row[0]
        for row in connection.execute(
            "select table_name from information_schema.tables where table_catalog = 'built'"
        ).fetchall()
    }
    if not found.issuperset(NEEDED):
        raise CannotCompare(
            f"{path.name}: was built by an earlier version and does not hold what a comparison reads. "
            f"Run: sevenviews build {company.folder}"
        )


def _compared(
    connection: duckdb.DuckDBPyConnection,
    company: Company,
    generation: str,
    before: Mapping[str, Scorecard],
    after: Mapping[str, Scorecard],
) -> Diff:
    as_of, has_arr = connection.execute("select as_of, has_arr from generation").fetchall()[0]
    week = as_of.date() if hasattr(as_of, "date") else as_of
    views = [view for view in before if scoring_part(before[view]) != scoring_part(after[view])]
    with one_week(connection, week) as engine:
        _measure_own(engine, (before, after))
        _scored(engine, "scored_old", {view: before[view] for view in views}, week)
        _scored(engine, "scored_new", {view: after[view] for view in views}, week)
        found = tuple(_view(engine, before[view], after[view], bool(has_arr)) for view in views)
        total = connection.execute(TOTAL, {"week": week, "has_arr": bool(has_arr)}).fetchall()[0][0]
    same = tuple(view for view in before if view not in views)
    return Diff(company.name, company.currency, generation, week, bool(has_arr), float(total), found, same)


TOTAL = """
    select coalesce(sum(case when $has_arr then coalesce(arr, 0) else 1 end), 0) from account_weeks where as_of = $week
    """


def _measure_own(engine: DuckEngine, cards: tuple[Mapping[str, Scorecard], ...]) -> None:
    """Values of measures of the company's own that one of the folders declares and the build did not know."""
    every = [card for each in cards for card in each.values()]
    known = set(engine.rows("select distinct item from measure_values where measure = 'own_measurement'")["item"])
    if {entry.item for entry in own_entries(every)} <= known:
        return
    put_own_measures(engine, every)
    own = next(measure for measure in measures().values() if measure.is_own)
    engine.append(
        "measure_values",
        f"""
        select '{own.name}', account_id, item, as_of, cast(numerator as double), cast(denominator as double),
            evidence_on
        from ({own.sql}) as value
        where item not in (select item from measure_values where measure = '{own.name}')
        """,
    )


def _scored(engine: DuckEngine, name: str, cards: Mapping[str, Scorecard], week: date) -> None:
    """A table with the week's scores by these scorecards."""
    if not cards:
        engine.table(name, "select view, account_id, points, status from view_scores where false")
        return
    known: Mapping[str, Measure] = measures()
    rescore(engine, cards, known, missing_columns(engine, known, cards.values()), week)
    engine.table(name, "select view, account_id, points, status from view_scores")


def _view(engine: DuckEngine, old: Scorecard, new: Scorecard, has_arr: bool) -> ViewDiff:
    rows = engine.rows(
        """
        select a.account_code as account, a.name, w.arr, o.status as was, n.status as now,
            o.points as points_were, n.points as points_are
        from scored_old as o
        join scored_new as n on n.view = o.view and n.account_id = o.account_id
        join account_weeks as w on w.account_id = o.account_id
        join accounts as a on a.account_id = o.account_id
        where o.view = $view
        order by w.arr desc nulls last, a.account_code
        """,
        {"view": new.name},
    )
    moved = rows[rows["was"] != rows["now"]]
    both = rows[rows["points_were"].notna() & rows["points_are"].notna()]
    return ViewDiff(
        view=new.name,
        title=new.title,
        changed=tuple(differences(old, new)),
        scored=int(rows["now"].isin(BANDS).sum()),
        mean_was=_mean(both["points_were"]),
        mean_is=_mean(both["points_are"]),
        changes=_changes(moved, new, has_arr),
        moved=tuple(_moved(row, new) for row in moved.to_dict("records")),
    )


def _mean(points: "pd.Series[float]") -> float | None:
    return float(points.mean()) if len(points) else None


def _moved(row: Mapping[Any, Any], card: Scorecard) -> Moved:
    name, arr, were, are = (_known(row[name]) for name in ("name", "arr", "points_were", "points_are"))
    return Moved(row["account"], name, arr, _word(card, row["was"]), _word(card, row["now"]), were, are)


def _known(value: Any) -> Any:
    return None if value is None or value != value else value


def _word(card: Scorecard, status: str) -> str:
    return IN_EXPANSION.get(status, status) if card.is_expansion else status


def _changes(moved: pd.DataFrame, card: Scorecard, has_arr: bool) -> tuple[Change, ...]:
    """Accounts by the bands they leave and reach, those that weigh most first."""
    weighed = moved.assign(weight=moved["arr"].fillna(0.0) if has_arr else 1.0)
    grouped = weighed.groupby(["was", "now"])["weight"].agg(["count", "sum"]).sort_values("sum", ascending=False)
    return tuple(
        Change(_word(card, was), _word(card, now), int(n), float(weight))
        for (was, now), (n, weight) in zip(grouped.index, grouped.to_numpy(), strict=True)
    )
