"""The rows behind a measure: what the sources it needs hold about one account, known by a week end."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard.reads.warehouse import Generation, Scope
from data.contract import SOURCES

HIDDEN = ("account_id", "currency")


@dataclass(frozen=True)
class Evidence:
    """Rows of one source about one account: the newest, and how many there are."""

    source: str
    rows: pd.DataFrame
    total: int
    known_on: str | None


def sources_of(needs: str) -> list[str]:
    """Sources with rows per account among a measure's needs (`tickets.csat, a.b or c.d`), once each."""
    named = [one.strip().split(".")[0] for need in needs.split(",") for one in need.split(" or ")]
    return [name for name in dict.fromkeys(named) if name in SOURCES and SOURCES[name].column("account_id") is not None]


def evidence(generation: Generation, scope: Scope, account_id: int, source: str, week: date, limit: int) -> Evidence:
    """The newest rows of a source about an account, of those known by the week end, without empty columns."""
    known_on = SOURCES[source].known_on
    condition, params = scope.clause("a.")
    known = f"and (s.{known_on} is null or cast(s.{known_on} as date) <= $week)" if known_on else ""
    bound = params | {"id": account_id} | ({"week": week} if known_on else {})
    order = f"order by s.{known_on} desc nulls last" if known_on else ""
    rows = generation.ask(
        f"""
        select s.* from {source} as s join accounts as a on a.account_id = s.account_id
        where s.account_id = $id and {condition} {known} {order} limit $limit
        """,
        bound | {"limit": limit},
    )
    total = generation.ask(
        f"""
        select count(*) as n from {source} as s join accounts as a on a.account_id = s.account_id
        where s.account_id = $id and {condition} {known}
        """,
        bound,
    )["n"].iloc[0]
    told = [name for name in rows.columns if name not in HIDDEN and bool(rows[name].notna().any())]
    return Evidence(source, rows[told], int(total), known_on)


def stored(generation: Generation) -> set[str]:
    """Names of the tables in the warehouse."""
    return set(generation.ask("select table_name from duckdb_tables()")["table_name"])


def definition(generation: Generation, measure: str) -> dict[str, str]:
    """Everything a measure declares; empty when there is none of that name."""
    rows = generation.ask("select * from definitions where measure = $measure", {"measure": measure})
    return {} if rows.empty else {str(name): value for name, value in rows.iloc[0].items()}


def definitions(generation: Generation) -> pd.DataFrame:
    """Every measure as it is declared, by label."""
    return generation.ask("select * from definitions order by lower(label)")


def refused(generation: Generation, kind: str, source: str, limit: int, offset: int) -> pd.DataFrame:
    """Rows that were not loaded, with file, line, column, value and reason; '' means any kind, any source."""
    return generation.ask(
        """
        select source, file, line, column_name, value, reason, kind from refused_rows
        where ($kind = '' or kind = $kind) and ($source = '' or source = $source)
        order by source, file, line limit $limit offset $offset
        """,
        {"kind": kind, "source": source, "limit": limit, "offset": offset},
    )


def load_notes(generation: Generation) -> pd.DataFrame:
    """What was noticed while loading: columns left out, encodings assumed."""
    return generation.ask("select source, file, note from load_notes order by source, file")
