"""What is not loaded: every row that is refused, unmatched or a duplicate, with its line and its reason.

It gathers in `loading.set_aside` by its place in the file, and goes to `refused_rows` once its line is told.
"""

import duckdb

from data.columns import Source
from data.currency import RATE_DAYS, is_foreign, rate_day
from data.lines import LINES, broken, broken_line, make_lines
from data.raw_rows import RawRows
from data.repeats import REPEATS
from data.sql import run, text
from data.staging import SCRATCH, TOO_MANY, staged

SET_ASIDE = f"{SCRATCH}.set_aside"

LONGEST = 1000
"""Characters kept of a record that did not parse; it may be the rest of the file."""

BROKEN_REASONS = {
    "TOO MANY COLUMNS": TOO_MANY,
    "UNQUOTED VALUE": "a quote stands inside quotes; write it twice, or close the quotes before the next delimiter",
    "LINE SIZE OVER MAXIMUM": "longer than 2 MB; a quote may have been left open",
}


def create_refused_rows(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the empty table of everything that is set aside, with its place and its reason."""
    run(
        connection,
        """
        create or replace table refused_rows (
            source varchar, file varchar, line bigint, column_name varchar, value varchar, reason varchar, kind varchar
        )
        """,
    )


def gather_set_aside(connection: duckdb.DuckDBPyConnection, source: Source, foreign_to: str | None) -> None:
    """Make `loading.set_aside`: every staged row that is not loaded, with its reason; the first that holds."""
    key = ", ".join(f"s.{column}" for column in source.key)
    selects = [
        f"""
        select s.rowid as place, s.trouble.column_name, s.trouble.value, s.trouble.reason, 'refused' as kind
        from {staged(source)} as s
        where s.trouble is not null
        """,
        f"""
        select p.place, {text(", ".join(source.key))}, concat_ws(', ', {key}), null, 'duplicate' as kind
        from {REPEATS} as p
        join {staged(source)} as s on s.rowid = p.place
        """,
    ]
    if source.column("account_id"):
        selects.append(_unmatched(source))
    if foreign_to:
        selects.append(_without_rate(source, foreign_to))
    run(
        connection,
        f"""
        create or replace table {SET_ASIDE} as
        select place, column_name, value, reason, kind from ({" union all ".join(selects)}) as rows
        """,
    )


def _unmatched(source: Source) -> str:
    return f"""
        select s.rowid, 'account_id', s.account_id, 'accounts has no such account', 'unmatched'
        from {staged(source)} as s
        where s.is_row and s.trouble is null and s.account_id is not null
            and not exists (select 1 from {SCRATCH}.account_codes as a where a.code = s.account_id)
        """


def _without_rate(source: Source, foreign_to: str) -> str:
    known = ""
    if source.column("account_id"):
        known = f"and (s.account_id is null or s.account_id in (select code from {SCRATCH}.account_codes))"
    day = rate_day(source)
    return f"""
        select
            s.rowid, 'currency', s.currency,
            'rates has none for ' || upper(s.currency) || coalesce(' on ' || cast({day} as varchar), ' without a date'),
            'refused'
        from {staged(source)} as s
        where s.is_row and s.trouble is null and {is_foreign(foreign_to)} {known}
            and not exists (
                select 1 from {RATE_DAYS} as r where r.currency = upper(s.currency) and r.day_on = {day}
            )
        """


def write_refused_rows(connection: duckdb.DuckDBPyConnection, source: Source, rows: RawRows) -> None:
    """Add what was set aside, and the records that did not parse, to `refused_rows` with their lines."""
    make_lines(connection, source, rows, f"select place from {SET_ASIDE} union select first_place from {REPEATS}")
    reasons = " ".join(f"when {text(trouble)} then {text(reason)}" for trouble, reason in BROKEN_REASONS.items())
    run(
        connection,
        f"""
        insert into refused_rows
        select $source, $file, l.line, s.column_name, s.value,
            coalesce(s.reason, 'the same as in line ' || f.line || ', which stays'), s.kind
        from {SET_ASIDE} as s
        join {LINES} as l on l.place = s.place
        left join {REPEATS} as p on p.place = s.place and s.kind = 'duplicate'
        left join {LINES} as f on f.place = p.first_place
        union all
        select $source, $file, l.line, '', left(b.record, {LONGEST}),
            case b.trouble {reasons} else 'can''t be read as CSV' end
                || case when b.line_ends > 0 then ' (it spans ' || (b.line_ends + 1) || ' lines)' else '' end,
            'refused'
        from {broken(source)} as b
        join ({broken_line(source, rows)}) as l on l.place = b.place
        order by 3
        """,
        source=source.name,
        file=rows.file,
    )
