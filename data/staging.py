"""The first and only pass over a file: every row with its typed values, or with what is wrong with it.

The staged table `loading.SOURCE` has the rows in the order of the file, so that `rowid` counts them from 0. Ids are
still the company's own text. `is_row` is false for blank lines; `line_ends` counts those inside a row's fields.
"""

from collections.abc import Iterable
from datetime import date

import duckdb

from data.clean_text import BLANK
from data.columns import SQL_TYPES, Source
from data.company import SourceSettings
from data.raw_rows import RawRows
from data.sql import run, text
from data.values import Check, Reading, reading

SCRATCH = "loading"
TOO_MANY = "more fields than the first row names columns; put quotes round a field that holds the delimiter"


def staged(source: Source) -> str:
    """The name of a source's staged table."""
    return f"{SCRATCH}.{source.name}"


def stage(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    rows: RawRows,
    written: SourceSettings,
    zone: str,
    today: date,
) -> None:
    """Make the staged table of a source from its raw rows."""
    select = stage_select(source, rows, written, zone, today)
    run(connection, f"create or replace table {staged(source)} as {select}")


def stage_select(source: Source, rows: RawRows, written: SourceSettings, zone: str, today: date) -> str:
    """The select of the staged rows. It has no join in it: that would lose the order of the file."""
    readings = [
        reading(column, rows.columns[column.name], written, zone)
        for column in source.columns
        if column.name in rows.columns
    ]
    return _select(source, rows, readings, today)


def _select(source: Source, rows: RawRows, readings: list[Reading], today: date) -> str:
    names = [each.column.name for each in readings]
    checks = [check for each in readings for check in each.checks] + list(_row_checks(source, set(names), today))
    beyond = [f"{rows.beyond} as beyond"] if rows.beyond else []
    if rows.beyond:
        checks.insert(0, Check("beyond", "beyond is not null", text(TOO_MANY)))
    return f"""
        select is_row, line_ends, {_trouble(checks)} as trouble, {", ".join(_columns(source, names))}
        from (
            select *, {", ".join(f"{each.value} as {each.column.name}" for each in readings)}
            from (
                select *, {", ".join(f"{each.read} as read_{each.column.name}" for each in readings)}
                from (
                    select
                        {", ".join(f"{each.given} as given_{each.column.name}" for each in readings)},
                        {", ".join([*beyond, _is_row(rows) + " as is_row", _line_ends(rows) + " as line_ends"])}
                    from {rows.relation}
                ) as given
            ) as read
        ) as valued
        """


def _columns(source: Source, names: list[str]) -> Iterable[str]:
    """Every column of the contract; those the file lacks are null."""
    for column in source.columns:
        kind = SQL_TYPES[column.kind]
        yield column.name if column.name in names else f"cast(null as {kind}) as {column.name}"


def _trouble(checks: list[Check]) -> str:
    """The first thing that is wrong with a row; null when nothing is."""
    cases = " ".join(f"when {check.condition} then {_told(check)}" for check in checks)
    return f"case when not is_row then null {cases} end"


def _told(check: Check) -> str:
    given = "beyond" if check.column == "beyond" else f"given_{check.column}"
    column = "''" if check.column == "beyond" else text(check.column)
    return f"struct_pack(column_name := {column}, value := cast({given} as varchar), reason := {check.reason})"


def _row_checks(source: Source, names: set[str], today: date) -> Iterable[Check]:
    """What the values of a row must keep to together."""
    for start, end in source.spans:
        if {start, end} <= names:
            yield Check(end, f"{end} < {start}", f"'before {start} ' || cast({start} as varchar)")
    if source.known_on in names and not source.may_lie_ahead:
        reason = f"after today, {today}: what has not happened yet can't be known"
        yield Check(source.known_on, f"cast({source.known_on} as date) > date '{today}'", text(reason))
    if source.name == "surveys":
        low = "case when kind = 'nps' then 0 else 1 end"
        high = score_max("score_max" if "score_max" in names else "null")
        reason = f"format('outside {{}} to {{:g}}', {low}, cast({high} as double))"
        yield Check("score", f"score < {low} or score > {high}", reason)


def score_max(given: str) -> str:
    """The top of a survey's scale where the row does not say it."""
    return f"coalesce({given}, case when kind = 'nps' then 10 else 5 end)"


def _is_row(rows: RawRows) -> str:
    if not rows.skips_empty:
        return "true"
    columns = [*rows.all_columns, *([rows.beyond] if rows.beyond else [])]
    has_value = f"not ({' and '.join(f'{column} is null' for column in columns)})"
    is_marked = rows.csv is not None and rows.csv.text.has_blank_marks
    return f"({has_value} and {columns[0]} is distinct from {text(BLANK)})" if is_marked else f"({has_value})"


def _line_ends(rows: RawRows) -> str:
    if rows.csv is None or not rows.csv.text.has_quotes:
        return "0"
    fields = f"concat({', '.join([*rows.all_columns, 'beyond'])})"
    ends = f"length({fields}) - length(replace({fields}, chr(10), ''))"
    return f"case when contains({fields}, chr(10)) then {ends} else 0 end"
