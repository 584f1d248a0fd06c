"""How a column of a file becomes a column of the contract, and what its values must keep to: SQL expressions.

A column that has a type of its own (Parquet, a select, a sheet) is not turned into text and back.
"""

from dataclasses import dataclass
from datetime import datetime

from data.columns import SQL_TYPES, Column, Kind
from data.company import SourceSettings
from data.raw_rows import RawColumn
from data.sql import text
from data.text_values import from_text, is_one_of

FIRST_DAY, LAST_DAY = "1900-01-01", "2199-12-31"
"""Days outside are slips of the pen, as 0206-01-05, or stand for never."""

WHOLE = (
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
    "UHUGEINT",
)
MOMENTS = ("DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS")
ZONED = "TIMESTAMP WITH TIME ZONE"
NUMBERS = ("exact", "real")
MOST = 2**31 - 1


@dataclass(frozen=True)
class Check:
    """A condition that refuses a row, the column it speaks of, and the reason: an SQL expression for a text."""

    column: str
    condition: str
    reason: str


@dataclass(frozen=True)
class Reading:
    """How a column is read, in steps so that each is computed once.

    `given` is null where a row has no value; `read` makes of `given_COLUMN` what it says, `value` fits `read_COLUMN`
    into the column's type. Both are null where that can't be done. The checks read `given_COLUMN` and `COLUMN`.
    """

    column: Column
    given: str
    read: str
    value: str
    checks: tuple[Check, ...]


def reading(column: Column, raw: RawColumn, written: SourceSettings, zone: str) -> Reading:
    """How the raw values of a column are read."""
    family, given = _family(raw.type), f"given_{column.name}"
    if family == "text":
        as_text = raw.sql if raw.type == "VARCHAR" else f"cast({raw.sql} as varchar)"
        source, read = f"nullif(trim({as_text}), '')", _of_text(column, given, written, zone)
    else:
        # Not-a-number is how data frames write that a number is missing.
        source = f"case when not isnan({raw.sql}) then {raw.sql} end" if family == "real" else raw.sql
        read = _of_type(column.kind, given, family, zone)
    return Reading(column, source, read, _fitted(column.kind, f"read_{column.name}"), _checks(column, given, written))


def _family(kind: str) -> str:
    """Which way a DuckDB type is read; one that no file should have is read as its text."""
    if kind in WHOLE or kind.startswith("DECIMAL"):
        return "exact"
    if kind in ("FLOAT", "DOUBLE"):
        return "real"
    return "moment" if kind in MOMENTS else {ZONED: "zoned", "BOOLEAN": "boolean"}.get(kind, "text")


def _of_text(column: Column, given: str, written: SourceSettings, zone: str) -> str:
    if column.choices:
        return f"replace(lower({given}), ' ', '_')"
    return given if column.kind == "text" else from_text(column.kind, given, written, zone)


def _of_type(kind: Kind, given: str, family: str, zone: str) -> str:
    """A typed value as the kind; null where the type does not say such a thing, as a number where a date belongs."""
    if kind == "text":
        return _id_text(given) if family == "real" else f"cast({given} as varchar)"
    if kind in ("date", "timestamp", "month"):
        if family == "zoned":
            return f"timezone({text(zone)}, {given})"
        return given if family == "moment" else "cast(null as timestamp)"
    if kind == "boolean":
        if family == "boolean":
            return given
        return f"case {given} when 1 then true when 0 then false end" if family in NUMBERS else "cast(null as boolean)"
    kept = "decimal(18,4)" if kind == "money" else "double"
    return f"try_cast({given} as {kept})" if family in NUMBERS else f"cast(null as {kept})"


def _id_text(given: str) -> str:
    """1001 for 1001.0: a column of whole numbers with a gap comes as one of decimals."""
    is_whole = f"{given} = trunc({given}) and abs({given}) < 1e15"
    return f"case when {is_whole} then cast(cast({given} as bigint) as varchar) else cast({given} as varchar) end"


def _fitted(kind: Kind, read: str) -> str:
    if kind == "integer":
        return f"case when {read} = trunc({read}) and abs({read}) <= {MOST} then cast({read} as integer) end"
    if kind == "number":
        return f"case when isfinite({read}) then {read} end"
    if kind == "month":
        return f"cast(date_trunc('month', {read}) as date)"
    return f"try_cast({read} as {SQL_TYPES[kind]})" if kind in ("date", "timestamp") else read


def _checks(column: Column, given: str, written: SourceSettings) -> tuple[Check, ...]:
    """What the column's values must keep to, the most telling reason first."""
    name, checks = column.name, []
    if column.required:
        checks.append(Check(name, f"{given} is null", text("is empty, and every row needs one")))
    if column.kind != "text":
        unreadable = f"{given} is not null and {name} is null"
        checks.append(Check(name, unreadable, text(f"not {_expected(column.kind, written)}")))
    if column.kind in ("date", "timestamp", "month"):
        outside = f"{name} < '{FIRST_DAY}' or {name} > '{LAST_DAY}'"
        checks.append(Check(name, outside, text(f"outside the years {FIRST_DAY[:4]} to {LAST_DAY[:4]}")))
    if column.choices:
        unknown = f"{name} is not null and not {is_one_of(name, column.choices)}"
        checks.append(Check(name, unknown, text(f"not one of {', '.join(column.choices)}")))
    if column.low is not None and column.high is not None:
        outside = f"{name} not between {column.low:g} and {column.high:g}"
        checks.append(Check(name, outside, text(f"outside {column.low:g} to {column.high:g}")))
    return tuple(checks)


def _expected(kind: Kind, written: SourceSettings) -> str:
    """What is expected, with an example as this source writes it."""
    moment = datetime(2026, 12, 31, 16, 5)
    if kind == "boolean":
        return "true or false"
    if kind == "integer":
        return f"a whole number up to {MOST:,}; expected 12"
    if kind in ("money", "number"):
        return f"a number; expected {'1234.5' if written.decimal == '.' else '1234,5'}"
    if written.date_format:
        return f"a date as {written.date_format}; expected {moment.strftime(written.date_format)}"
    if kind == "timestamp":
        return "a moment; expected 2026-12-31 16:05:00"
    return "a month; expected 2026-12" if kind == "month" else "a date; expected 2026-12-31"
