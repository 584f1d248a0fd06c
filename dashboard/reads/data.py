"""Reads of what was loaded: sources, their freshness, the rows refused, and what every measure means."""

from datetime import date

import pandas as pd

from dashboard.format import Formats
from dashboard.reads.warehouse import Generation


def sources(generation: Generation) -> pd.DataFrame:
    """One row per source: rows in, loaded, refused, unmatched and duplicates over all its files, and how fresh it is.

    `is_measured`: a measure rests on its freshness; the others may be monthly, or have no pace at all.
    """
    return generation.ask(
        """
        select source, string_agg(file, ', ') as files, bool_or(is_connected) as is_connected,
            cast(sum(rows_in) as bigint) as rows_in, cast(sum(loaded) as bigint) as loaded,
            cast(sum(refused) as bigint) as refused, cast(sum(unmatched) as bigint) as unmatched,
            cast(sum(duplicates) as bigint) as duplicates, min(first_on) as first_on, max(complete_to) as complete_to,
            bool_or(complete_to_is_declared) as is_declared, string_agg(distinct note, '; ') as note,
            source in (select source from definitions) as is_measured
        from load_report
        group by source
        order by bool_or(is_connected) desc, source
        """
    )


def freshness_words(generation: Generation, week: date, formats: Formats) -> str:
    """Up to when the sources are complete, and which is behind: for the footer line."""
    dated = generation.ask(
        """
        select source, max(complete_to) as complete_to
        from load_report
        where source in (select source from definitions)
        group by source
        having bool_or(is_connected) and max(complete_to) is not null
        order by source
        """
    )
    if dated.empty:
        return "no dated source is connected"
    oldest = dated.iloc[int(dated["complete_to"].to_numpy().argmin())]
    newest = min(dated["complete_to"].max().date(), week)
    behind = (week - oldest["complete_to"].date()).days
    if behind <= 0:
        return f"sources complete to {formats.day(week)}"
    return f"sources complete to {formats.day(newest)}, oldest: {oldest['source']}, {behind} days behind"
