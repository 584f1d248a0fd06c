"""From a company folder to a published warehouse: load, measure, score, take profit, make the read tables, publish."""

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import duckdb

from data.company import Company
from data.contract import SOURCES
from data.errors import UserError
from data.generations import BuildLock, current, generation_name, new_generation, publish
from data.journal.loading import put_overrides
from data.loading import load
from metrics import changeovers, profit
from metrics.benchmarks import BENCHMARK_TABLES, put_benchmarks
from metrics.catalog import VIEWS, Scorecard, measures, scorecards
from metrics.compute import Progress, make_item_values, make_staging, missing_columns, put_own_measures
from metrics.describe import put_definitions, put_generation, settings
from metrics.engines import DuckEngine, Engine
from metrics.people import PEOPLE_TABLES, make_people
from metrics.profit.concentration import CONCENTRATION_TABLES, make_concentration
from metrics.reads import make_reads
from metrics.reads.conflicts import conflicts, put_conflict_kinds
from metrics.score import RECENT_WEEKS, make_scores, put_scorecards
from metrics.unknown_items import note_unknown_products
from metrics.value import VALUE_TABLES, make_value
from metrics.weeks import last_week_end, make_weeks

Say = Callable[[str], None]
"""Called with a line of progress: what is being done, and how much of it is left."""

MEMORY_LIMIT = "3GB"

KEPT = (
    "weeks", "settings", "source_weeks", "scored_weeks", "measure_values", "view_scores", "entry_bands", "entries",
    "missing_states", "view_bands", "view_now", "account_recent", "recent", "moved", "moved_recent", "account_views",
    "definitions", "scorecard", "generation", "openings", "families", "parents", "load_notes",
    "connected_kinds", "entry_items",
    "group_now", "conflict_kinds", "conflicts", "caps", "fragile", "fragile_shares", "overridden",
    "override_ends", "item_values", *(f"values_{view}" for view in VIEWS),
    *VALUE_TABLES, *profit.PROFIT_TABLES, *CONCENTRATION_TABLES,
    *BENCHMARK_TABLES, *PEOPLE_TABLES,
)  # fmt: skip
"""What a build leaves in the warehouse beside the source tables; all other tables are scratch."""


class BuildFailed(UserError):
    """A finished warehouse that does not hold together; the generation before it stays current."""


def build(
    company: Company, today: date | None = None, say: Say = lambda line: None, memory_limit: str = MEMORY_LIMIT
) -> str:
    """Build and publish a new generation of a company's warehouse; its name comes back.

    Whatever fails on the way, the generation that was current before stays current. Raises `SourceError` for sources
    that can't be loaded, `JournalError` for a journal out of reach, `CatalogError` for scorecards that can't be read,
    `CompanyError` for conflicts between groups and picks of benchmarks that are not there, `BuildRunning` while another
    build of this company runs, `BuildFailed` when the result does not hold together.
    """
    cards = scorecards(company.folder / "scorecards", company.views)
    conflicts(company, cards)  # a wrong name is said before anything is loaded
    with BuildLock(company.folder):
        path = new_generation(company.folder)
        try:
            make_warehouse(company, cards, path, today or date.today(), say, memory_limit)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        publish(path, keep=company.keep_generations)
        return generation_name(path)


def make_warehouse(
    company: Company, cards: dict[str, Scorecard], path: Path, today: date, say: Say, memory_limit: str = MEMORY_LIMIT
) -> None:
    """Fill the database file `path`. Files beside it hold what only the build needs, and go with it."""
    scratch, spill = path.with_suffix(".scratch"), path.with_suffix(".spill")
    connection = duckdb.connect(str(path), config={"memory_limit": memory_limit, "temp_directory": str(spill)})
    try:
        load(company, connection, today, say)
        put_overrides(company, connection)
        engine = _with_scratch(connection, scratch)
        as_of = measure_and_score(company, cards, engine, today, say)
        changeovers.carry_over(connection, current(company.folder))
        changeovers.record(connection, cards, measures(), missing_columns(engine, measures(), cards.values()), as_of)
        put_generation(engine, company, cards, generation_name(path), as_of, profit.missing_words(engine))
        check_warehouse(engine)
    finally:
        connection.close()
        scratch.unlink(missing_ok=True)
        shutil.rmtree(spill, ignore_errors=True)


def _with_scratch(connection: duckdb.DuckDBPyConnection, scratch: Path) -> DuckEngine:
    """An engine whose tables are found in the warehouse first, then in scratch."""
    (name,) = connection.execute("select current_database()").fetchall()[0]
    connection.execute(f"attach '{str(scratch).replace(chr(39), chr(39) * 2)}' as scratch").fetchall()
    connection.execute("set search_path = $path", {"path": f'"{name}".main,scratch.main'}).fetchall()
    # Joins run in the order they are written. The optimizer's own order for scoring, thresholds joined to every scored
    # week before there is a value, takes twice the time.
    connection.execute("set disabled_optimizers = 'join_order'").fetchall()
    return DuckEngine(connection, scratch="scratch", kept=KEPT)


def measure_and_score(company: Company, cards: dict[str, Scorecard], engine: Engine, today: date, say: Say) -> date:
    """Every table from `weeks` to the read tables, over sources that are loaded; the last week end comes back."""
    as_of = last_week_end(company, newest_event(engine), today)
    make_weeks(engine, as_of, company.history_weeks, company.window_lead_weeks)
    engine.put("settings", settings(company))
    put_benchmarks(engine, company, as_of)
    put_own_measures(engine, cards.values())
    make_staging(engine, _counted(say, "staging"))
    known = measures()
    missing = missing_columns(engine, known, cards.values())
    connected = [measure for measure in known.values() if not missing[measure.name]]
    placed = {entry.measure for card in cards.values() for entry in card.entries}
    make_item_values(engine, [m for m in connected if m.item or m.name not in placed], _counted(say, "measure"))
    note_unknown_products(engine, cards.values())
    put_scorecards(engine, cards, known, missing)
    put_conflict_kinds(engine, conflicts(company, cards))
    values = {measure.name: measure.sql for measure in connected if not measure.item}
    make_scores(engine, cards, as_of, _counted(say, "view"), values)
    say("read tables")
    make_reads(engine, list(cards), as_of)
    profit_ends = "select as_of from weeks where is_shown and as_of > $after"
    engine.table("profit_ends", profit_ends, {"after": as_of - timedelta(weeks=RECENT_WEEKS)})
    profit.make_profit(engine, as_of)
    make_value(engine, as_of, as_of - timedelta(weeks=company.history_weeks - 1), company.fiscal_year_starts)
    make_concentration(engine)
    make_people(engine, as_of)
    put_definitions(engine, cards, known, missing)
    return as_of


def newest_event(engine: Engine) -> date | None:
    """The day of the newest event row of any source; None without one."""
    days = " union all ".join(
        f"select max(cast({source.known_on} as date)) as day_on from {name}"
        for name, source in SOURCES.items()
        if source.is_event and source.known_on
    )
    newest = engine.rows(f"select cast(max(day_on) as varchar) as newest from ({days}) as d")["newest"].iloc[0]
    return date.fromisoformat(newest) if isinstance(newest, str) else None


CHECKS = {
    "rows in are not loaded + refused + unmatched + duplicates": """
        select source from load_report where rows_in <> loaded + refused + unmatched + duplicates
        """,
    "an account is scored twice in one week": """
        select as_of from scored_weeks group by account_id, as_of having count(*) > 1
        """,
    "bands do not add up to the scored accounts": """
        with scored as (select as_of, count(*) as n from scored_weeks group by as_of),
        banded as (select view, as_of, sum(accounts) as n from view_bands group by view, as_of)
        select b.view from banded as b join scored as s on s.as_of = b.as_of where s.n <> b.n
        """,
}


def check_warehouse(engine: Engine) -> None:
    """What must hold in every warehouse before it is published; `BuildFailed` names the first that does not."""
    for trouble, broken in CHECKS.items():
        rows = engine.rows(f"select * from ({broken}) as broken limit 1")
        if len(rows):
            raise BuildFailed(
                f"The finished warehouse was not published: {trouble} ({rows.iloc[0, 0]!s}). "
                "The generation before it is still current. Please report this with the output of `sevenviews check`."
            )


def _counted(say: Say, kind: str) -> Progress:
    return lambda name, nth, n: say(f"{kind} {nth} of {n}: {name}")
