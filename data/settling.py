"""From a staged source to its table: what is refused, unmatched or a duplicate is set aside, the rest is loaded.

Every staged row ends in exactly one of these. What is set aside gathers in `loading.set_aside` by its place in the
file, and goes to `refused_rows` once its line is told.
"""

from dataclasses import dataclass

import duckdb

from data.columns import SQL_TYPES, Column, Source
from data.currency import RATE_DAYS, converted, find_rates, is_foreign, rate_day
from data.ids import number_people
from data.lines import BROKEN, LINES, broken_line, make_lines
from data.raw_rows import RawRows
from data.sql import one, run, text
from data.staging import SCRATCH, TOO_MANY, score_max, staged

SET_ASIDE = f"{SCRATCH}.set_aside"
REPEATS = f"{SCRATCH}.repeats"
PEOPLE = {"contact_id": "contact_codes", "user_id": "user_codes"}

UNSORTED_ABOVE = 20_000_000
"""Above, sorting by account costs more than it saves the few reads of a single account."""

AT_ONCE = 25_000_000
"""Keys compared in one pass, to bound memory."""

BROKEN_REASONS = {
    "TOO MANY COLUMNS": TOO_MANY,
    "UNQUOTED VALUE": "a quote stands inside quotes; write it twice, or close the quotes before the next delimiter",
    "LINE SIZE OVER MAXIMUM": "longer than 2 MB; a quote may have been left open",
}


@dataclass(frozen=True)
class Counts:
    """Where the rows of a source went."""

    rows_in: int
    loaded: int
    refused: int
    unmatched: int
    duplicates: int

    @property
    def add_up(self) -> bool:
        return self.rows_in == self.loaded + self.refused + self.unmatched + self.duplicates


def create_table(connection: duckdb.DuckDBPyConnection, source: Source) -> None:
    """Make the empty table of a source in the warehouse."""
    columns = ", ".join(f"{name} {kind}" for name, kind in _table_columns(source))
    run(connection, f"create or replace table {source.name} ({columns})")


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


def settle(connection: duckdb.DuckDBPyConnection, source: Source, rows: RawRows, currency: str) -> Counts:
    """Load what can be loaded of a staged source into its table; where every row went comes back."""
    converts = bool(source.money) and "currency" in rows.columns
    if converts:
        find_rates(connection, source, currency)
    for column, codes in PEOPLE.items():
        if column in rows.columns:
            number_people(connection, source.name, column, codes)
    matched = _matched(source, currency if converts else None)
    _find_repeats(connection, source, rows, matched)
    _set_aside(connection, source, currency if converts else None)
    _load(connection, source, matched, converts)
    _write_refused(connection, source, rows)
    return _count(connection, source)


def _table_columns(source: Source) -> list[tuple[str, str]]:
    """Names and types of the source's table: the contract's columns, ids as numbers, and the text of two ids."""
    columns = []
    for column in source.columns:
        columns.append((column.name, "integer" if _is_numbered(source, column.name) else SQL_TYPES[column.kind]))
        if column.name in _kept_codes(source):
            columns.append((column.name.replace("_id", "_code"), "varchar"))
    return columns


def _is_numbered(source: Source, column: str) -> bool:
    return column in ("account_id", "parent_account_id", *PEOPLE)


def _kept_codes(source: Source) -> tuple[str, ...]:
    """Ids whose text is kept beside their number."""
    return {"accounts": ("account_id",), "contacts": ("contact_id",)}.get(source.name, ())


def _matched(source: Source, currency: str | None) -> str:
    """The staged rows that can be loaded but for duplicates, with their account and their rate, from `from` on."""
    joins, conditions = [], ["s.is_row", "s.trouble is null"]
    if source.column("account_id"):
        joins.append(f"left join {SCRATCH}.account_codes as a on a.code = s.account_id")
        conditions.append("(s.account_id is null or a.account_id is not null)")
    if source.column("parent_account_id"):
        joins.append(f"left join {SCRATCH}.account_codes as parent on parent.code = s.parent_account_id")
    if currency:
        joins.append(f"left join {RATE_DAYS} as r on r.currency = upper(s.currency) and r.day_on = {rate_day(source)}")
        conditions.append(f"(r.rate is not null or not {is_foreign(currency)})")
    return f"from {staged(source)} as s {' '.join(joins)} where {' and '.join(conditions)}"


def _find_repeats(connection: duckdb.DuckDBPyConnection, source: Source, rows: RawRows, matched: str) -> None:
    """Make `loading.repeats`: the rows whose key an earlier row has, and that row. Without a key column: none.

    A row read under an alias stands behind the account's own row. Keys are first told apart by their hash, so that
    only suspects are compared.
    """
    run(connection, f"create or replace table {REPEATS} (place bigint, first_place bigint)")
    if source.key[0] not in rows.columns:
        return
    key = ", ".join(_key_column(source, column) for column in source.key)
    has_key = f"s.{source.key[0]} is not null"
    run(connection, f"create or replace table {SCRATCH}.suspects (h ubigint)")
    passes = int(one(connection, f"select count(*) from {staged(source)}")) // AT_ONCE + 1
    for nth in range(passes):
        run(
            connection,
            f"""
            insert into {SCRATCH}.suspects
            select h from (select hash({key}) as h {matched} and {has_key}) as keys
            where h % {passes} = {nth}
            group by h
            having count(*) > 1
            """,
        )
    if not one(connection, f"select count(*) from {SCRATCH}.suspects"):
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
            {matched} and {has_key} and hash({key}) in (select h from {SCRATCH}.suspects)
            window same as (partition by {key} order by {own_first}s.rowid)
        )
        select place, first_place from ranked where nth > 1
        """,
    )


def _key_column(source: Source, column: str) -> str:
    return "a.account_id" if column == "account_id" else f"s.{column}"


def _set_aside(connection: duckdb.DuckDBPyConnection, source: Source, currency: str | None) -> None:
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
    if currency:
        selects.append(_without_rate(source, currency))
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


def _without_rate(source: Source, currency: str) -> str:
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
        where s.is_row and s.trouble is null and {is_foreign(currency)} {known}
            and not exists (
                select 1 from {RATE_DAYS} as r where r.currency = upper(s.currency) and r.day_on = {day}
            )
        """


def _load(connection: duckdb.DuckDBPyConnection, source: Source, matched: str, converts: bool) -> None:
    """Fill the source's table, sorted by account and day."""
    joins = " ".join(
        f"left join {SCRATCH}.{codes} as {codes} on {codes}.code = s.{column}"
        for column, codes in PEOPLE.items()
        if source.column(column)
    )
    start, condition = matched.split(" where ", 1)
    columns = ", ".join(_loaded(source, column, converts) for column in source.columns)
    repeats = (
        f"and s.rowid not in (select place from {REPEATS})"
        if one(connection, f"select count(*) from {REPEATS}")
        else ""
    )
    is_large = one(connection, f"select count(*) from {staged(source)}") > UNSORTED_ABOVE
    order = "" if is_large else f"order by {', '.join(_order(source))}"
    run(connection, f"insert into {source.name} select {columns} {start} {joins} where {condition} {repeats} {order}")


def _loaded(source: Source, column: Column, converts: bool) -> str:
    """A column of the source's table, as SQL over the staged row and what it was joined to."""
    name = column.name
    if name in PEOPLE:
        number = f"{PEOPLE[name]}.number"
        return f"{number}, s.{name}" if name in _kept_codes(source) else number
    if name == "account_id":
        return "a.account_id, a.account_code" if name in _kept_codes(source) else "a.account_id"
    if name == "parent_account_id":
        return "parent.account_id"
    if name == "currency":
        return "upper(s.currency)"
    if converts and name in source.money:
        return converted(name)
    if name == "score_max":
        return score_max("s.score_max")
    return "coalesce(s.rated_on, s.achieved_on)" if (source.name, name) == ("goals", "rated_on") else f"s.{name}"


def _order(source: Source) -> list[str]:
    known = [f"s.{source.known_on}"] if source.known_on else []
    return [*(["a.account_id"] if source.column("account_id") else []), *known, "s.rowid"]


def _write_refused(connection: duckdb.DuckDBPyConnection, source: Source, rows: RawRows) -> None:
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
        select $source, $file, l.line, '', b.record,
            case b.trouble {reasons} else 'can''t be read as CSV' end
                || case when b.line_ends > 0 then ' (it spans ' || (b.line_ends + 1) || ' lines)' else '' end,
            'refused'
        from {BROKEN} as b
        join ({broken_line(rows)}) as l on l.place = b.place
        order by 3
        """,
        source=source.name,
        file=rows.file,
    )


def _count(connection: duckdb.DuckDBPyConnection, source: Source) -> Counts:
    parsed = int(one(connection, f"select count(*) from {staged(source)} where is_row"))
    broken = int(one(connection, f"select count(*) from {BROKEN}"))
    aside = dict(run(connection, f"select kind, count(*) from {SET_ASIDE} group by kind"))
    return Counts(
        rows_in=parsed + broken,
        loaded=int(one(connection, f"select count(*) from {source.name}")),
        refused=aside.get("refused", 0) + broken,
        unmatched=aside.get("unmatched", 0),
        duplicates=aside.get("duplicate", 0),
    )
