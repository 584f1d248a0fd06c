"""From sources to staging tables and on to the values of measures whose columns are connected, one select each."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pandas as pd

from metrics.catalog import Measure, Scorecard, own_entries
from metrics.engines import Engine

STAGING = Path(__file__).parent / "staging"
Progress = Callable[[str, int, int], None]
"""Called before each step with its name, its number from 1, and how many steps there are."""


def staging_files() -> list[tuple[str, Path]]:
    """Name and file of every staging table, in the order they are made."""
    return [(path.stem.split("_", 1)[1], path) for path in sorted(STAGING.glob("*.sql"))]


def make_staging(engine: Engine, progress: Progress) -> None:
    """One table for each file in `metrics/staging`."""
    files = staging_files()
    for nth, (name, path) in enumerate(files, start=1):
        progress(name, nth, len(files))
        engine.table(name, path.read_text(encoding="utf-8"))


def put_own_measures(engine: Engine, cards: Iterable[Scorecard]) -> None:
    """`own_measures`: the names in `measurements` that a scorecard declares; no other is read."""
    names = {entry.item for entry in own_entries(cards)}
    engine.put("own_measures", pd.DataFrame({"measure": pd.array(sorted(names), dtype="str")}))


def missing_columns(
    engine: Engine, measures: Mapping[str, Measure], cards: Iterable[Scorecard] = ()
) -> dict[str, list[str]]:
    """What each measure needs and the company has not connected; a measure that lacks nothing is connected.

    A measure of the company's own stands there by its entry's name: it needs a row of that name in `measurements`.
    """
    columns = engine.rows("select source || '.' || column_name as name from connected_columns")["name"]
    sources = engine.rows("select source from load_report where loaded > 0")["source"]
    kinds = engine.rows("select name from connected_kinds")["name"]
    connected = {*columns, *sources, *kinds}
    missing = {name: measure.missing(connected) for name, measure in measures.items()}
    for entry in own_entries(cards):
        row = f"measurements.measure={entry.item}"
        missing[entry.name] = missing[entry.measure] or ([] if row in connected else [row])
    return missing


def make_item_values(engine: Engine, measures: Iterable[Measure], progress: Progress) -> None:
    """`item_values`: values below each other, of measures that have several for an account and of those in no view."""
    engine.table(
        "item_values",
        """
        select
            cast('' as varchar) as measure, account_id, cast('' as varchar) as item, cast(null as date) as as_of,
            cast(null as double) as numerator, cast(null as double) as denominator, cast(null as date) as evidence_on
        from accounts
        where false
        """,
    )
    chosen = list(measures)
    for nth, measure in enumerate(chosen, start=1):
        progress(measure.name, nth, len(chosen))
        engine.append("item_values", _six_columns(measure))


def _six_columns(measure: Measure) -> str:
    return f"""
        select
            '{measure.name}', account_id, item, as_of,
            cast(numerator as double), cast(denominator as double), evidence_on
        from (
        {measure.sql}
        ) as value
        """
