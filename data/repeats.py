"""Duplicates: of the rows with one key the first stays."""

import duckdb

from data.columns import Source
from data.matching import Matched
from data.sql import one, run
from data.staging import SCRATCH, staged

REPEATS = f"{SCRATCH}.repeats"
SUSPECTS = f"{SCRATCH}.suspects"

AT_ONCE = 25_000_000
"""Keys compared in one pass, to bound memory."""


def create_repeats(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `loading.repeats`, still empty: the place of a row whose key an earlier row has, and the place of that."""
    run(connection, f"create or replace table {REPEATS} (place bigint, first_place bigint)")


def find_repeats(connection: duckdb.DuckDBPyConnection, source: Source, found: Matched) -> None:
    """Fill `loading.repeats`. A row read under an alias stands behind the account's own row.

    Most keys are told apart by their hash alone, so only suspects are compared.
    """
    key = ", ".join("a.account_id" if column == "account_id" else f"s.{column}" for column in source.key)
    rows = f"{found.rows} and s.{source.key[0]} is not null"
    if not _find_suspects(connection, source, key, rows):
        return
    own_first = "case when s.account_id = a.account_code then 0 else 1 end, " if source.name == "accounts" else ""
    run(
        connection,
        f"""
        insert into {REPEATS}
        with ranked as (
            select
                s.rowid as place,
                row_number() over same as nth,
                first_value(s.rowid) over same as first_place
            {rows} and hash({key}) in (select h from {SUSPECTS})
            window same as (partition by {key} order by {own_first}s.rowid)
        )
        select place, first_place from ranked where nth > 1
        """,
    )


def _find_suspects(connection: duckdb.DuckDBPyConnection, source: Source, key: str, rows: str) -> int:
    """Make `loading.suspects`, the hashes more than one row has; how many there are comes back."""
    run(connection, f"create or replace table {SUSPECTS} (h ubigint)")
    passes = int(one(connection, f"select count(*) from {staged(source)}")) // AT_ONCE + 1
    for nth in range(passes):
        run(
            connection,
            f"""
            insert into {SUSPECTS}
            select h
            from (select hash({key}) as h {rows}) as keys
            where h % {passes} = {nth}
            group by h
            having count(*) > 1
            """,
        )
    return int(one(connection, f"select count(*) from {SUSPECTS}"))
