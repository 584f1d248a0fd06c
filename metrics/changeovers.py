"""Which scorecards a company was scored by, and what the week of a change looked like by the old and by the new.

History is scored by today's scorecards. So every build keeps its scorecards under their hash, takes those of the
generation before along, and the first build under a changed view keeps that week's scores by both definitions.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from metrics.catalog import Measure, Scorecard
from metrics.definition import cards_from, cards_hash, cards_json, definition_of, differences, scoring_part
from metrics.rescoring import one_week, rescore

SCORES_KEPT = 6
"""Weeks of changeovers whose scores stay account by account; their bands stay for good."""

TABLES = {
    "scorecards_used": "hash varchar, first_as_of date, built_at timestamp, cards varchar, scoring varchar",
    "changeovers": "as_of date, view varchar, old_hash varchar, new_hash varchar, words varchar",
    "changeover_scores": (
        "view varchar, as_of date, definition varchar, account_id integer, points double, status varchar"
    ),
    "changeover_bands": (
        "view varchar, as_of date, definition varchar, segment varchar, region varchar, csm varchar, status varchar, "
        "accounts bigint, arr double"
    ),
}
"""`cards` are the scorecards as JSON; `scoring` is what of them scored an account in the last build that used them: a
definition for each view. `definition` is 'old' or 'new'. A view stands once in a week: the last of several changes
decides what is new."""


def carry_over(connection: duckdb.DuckDBPyConnection, before: Path | None) -> None:
    """The tables above as the generation `before` has them; empty where there is none or it is of another kind."""
    for name, columns in TABLES.items():
        connection.execute(f"create table {name} ({columns})").fetchall()
    if before is None:
        return
    path = str(before).replace("'", "''")
    connection.execute(f"attach '{path}' as before (read_only)").fetchall()
    try:
        if _is_alike(connection):
            _copy(connection)
    finally:
        connection.execute("detach before").fetchall()


def _is_alike(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the generation before has these tables with these columns."""
    rows = connection.execute(
        "select table_name, column_name from duckdb_columns() where database_name = 'before'"
    ).fetchall()
    found = set(rows)
    return all((name, column.split()[0]) in found for name, columns in TABLES.items() for column in columns.split(", "))


def _copy(connection: duckdb.DuckDBPyConnection) -> None:
    """Rows of the generation before; accounts are numbered anew by each build, so they are met by their code."""
    for name in ("scorecards_used", "changeovers", "changeover_bands"):
        connection.execute(f"insert into {name} select {_columns(name)} from before.{name}").fetchall()
    connection.execute(
        """
        insert into changeover_scores
        select s.view, s.as_of, s.definition, a.account_id, s.points, s.status
        from before.changeover_scores as s
        join before.accounts as b on b.account_id = s.account_id
        join accounts as a on a.account_code = b.account_code
        where s.as_of in (select distinct as_of from before.changeovers order by as_of desc limit $kept)
        """,
        {"kept": SCORES_KEPT},
    ).fetchall()


def _columns(name: str) -> str:
    return ", ".join(column.split()[0] for column in TABLES[name].split(", "))


def record(
    connection: duckdb.DuckDBPyConnection,
    cards: Mapping[str, Scorecard],
    measures: Mapping[str, Measure],
    missing: Mapping[str, list[str]],
    as_of: date,
) -> None:
    """Keep these scorecards; where they score a view otherwise than the build before, keep its week by both."""
    now, before = cards_hash(cards), _last_used(connection)
    if before != now:
        connection.execute("delete from scorecards_used where hash = ? and first_as_of = ?", [now, as_of]).fetchall()
        row = [now, as_of, datetime.now(UTC).replace(tzinfo=None), cards_json(cards)]
        connection.execute("insert into scorecards_used values (?, ?, ?, ?, null)", row).fetchall()
    scoring = json.dumps({view: asdict(definition_of(card, measures, missing)) for view, card in cards.items()})
    connection.execute("update scorecards_used set scoring = ? where hash = ?", [scoring, now]).fetchall()
    if before in (None, now):
        return
    first = _first_of_week(connection, as_of)
    for view, card in cards.items():
        old_hash = first.get(view, str(before))
        old = _used(connection, old_hash).get(view)
        if old is not None:
            _note(connection, view, old_hash, old, now, card, as_of)
    _keep_both(connection, cards, measures, missing, as_of)


def _last_used(connection: duckdb.DuckDBPyConnection) -> str | None:
    """Hash of the scorecards of the build before."""
    rows = connection.execute("select hash from scorecards_used order by built_at desc limit 1").fetchall()
    return str(rows[0][0]) if rows else None


def _used(connection: duckdb.DuckDBPyConnection, used: str) -> dict[str, Scorecard]:
    rows = connection.execute("select cards from scorecards_used where hash = ? limit 1", [used]).fetchall()
    return cards_from(rows[0][0]) if rows else {}


def _first_of_week(connection: duckdb.DuckDBPyConnection, as_of: date) -> dict[str, str]:
    """What each view was scored by before the first change noted for this week."""
    return dict(connection.execute("select view, old_hash from changeovers where as_of = ?", [as_of]).fetchall())


def _note(
    connection: duckdb.DuckDBPyConnection,
    view: str,
    old_hash: str,
    old: Scorecard,
    new_hash: str,
    new: Scorecard,
    as_of: date,
) -> None:
    """One row of `changeovers` where old and new score otherwise; none where a change of the week was taken back."""
    connection.execute("delete from changeovers where as_of = ? and view = ?", [as_of, view]).fetchall()
    if scoring_part(old) != scoring_part(new):
        row = [as_of, view, old_hash, new_hash, "; ".join(differences(old, new))]
        connection.execute("insert into changeovers values (?, ?, ?, ?, ?)", row).fetchall()


def _keep_both(
    connection: duckdb.DuckDBPyConnection,
    cards: Mapping[str, Scorecard],
    measures: Mapping[str, Measure],
    missing: Mapping[str, list[str]],
    as_of: date,
) -> None:
    """Scores and bands of the week by both definitions, for the views that changed in it."""
    changed = _first_of_week(connection, as_of)
    for table in ("changeover_scores", "changeover_bands"):
        connection.execute(f"delete from {table} where as_of = ?", [as_of]).fetchall()
    old = {
        view: card
        for view in cards
        if view in changed and (card := _used(connection, changed[view]).get(view)) and _is_known(card, measures)
    }
    if not changed:
        return
    _keep(connection, "new", list(changed), as_of)
    if old:
        with one_week(connection, as_of) as engine:
            rescore(engine, old, measures, missing, as_of)
            engine.table("view_bands", BANDS)
            _keep(connection, "old", list(old), as_of)


def _is_known(card: Scorecard, measures: Mapping[str, Measure]) -> bool:
    return all(entry.measure in measures for entry in card.entries)


BANDS = (Path(__file__).parent / "reads" / "view_bands.sql").read_text(encoding="utf-8")


def _keep(connection: duckdb.DuckDBPyConnection, definition: str, views: list[str], as_of: date) -> None:
    """The week's scores and bands of these views, as `view_scores` and `view_bands` have them here."""
    values = {"week": as_of, "definition": definition, "views": views}
    connection.execute(
        """
        insert into changeover_scores
        select view, as_of, $definition, account_id, points, status from view_scores
        where as_of = $week and view in (select unnest($views))
        """,
        values,
    ).fetchall()
    connection.execute(
        """
        insert into changeover_bands
        select view, as_of, $definition, segment, region, csm, status, accounts, arr from view_bands
        where as_of = $week and view in (select unnest($views))
        """,
        values,
    ).fetchall()
