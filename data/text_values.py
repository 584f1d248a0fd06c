"""How text is read as a date, a moment, a number or a yes: SQL expressions that are null where it can't be.

The rules are stated and the same for every row of a source: dates as 2026-12-31 unless `date_format` says otherwise,
numbers with the `decimal` sign of the source. Nothing is guessed from the values.
"""

from collections.abc import Iterable

from data.columns import Kind
from data.company import SourceSettings
from data.sql import text

TRUE = ("true", "t", "yes", "y", "1", "1.0")
FALSE = ("false", "f", "no", "n", "0", "0.0")
BETWEEN_THOUSANDS = " '\u00a0\u202f"
"""Signs that may stand between groups of three digits, beside the one of . and , that is no decimal sign."""


def is_one_of(value: str, words: Iterable[str]) -> str:
    """Whether a value is one of a few words: DuckDB makes a join of `in (…)`, and a join loses the file's order."""
    return f"case {value} {' '.join(f'when {text(word)} then true' for word in words)} else false end"


def from_text(kind: Kind, given: str, written: SourceSettings, zone: str) -> str:
    """Text as a value of the kind; a number that is too large for it or not whole is still a number here."""
    if kind == "boolean":
        words = f"lower({given})"
        return f"case when {is_one_of(words, TRUE)} then true when {is_one_of(words, FALSE)} then false end"
    if kind in ("date", "timestamp", "month"):
        return _moment(kind, given, written.date_format, zone)
    return _number(given, written.decimal, "decimal(18,4)" if kind == "money" else "double")


def _moment(kind: Kind, given: str, date_format: str | None, zone: str) -> str:
    if date_format:
        # Words such as 'epoch' are days to DuckDB whatever the format.
        return f"case when regexp_matches({given}, '[0-9]') then try_strptime({given}, {text(date_format)}) end"
    plain = "timestamp" if kind == "timestamp" else "date"
    cases = [
        f"when {given} < '0' or {given} >= ':' then null",
        f"when length({given}) = 7 then try_cast({given} || '-01' as date)" if kind == "month" else "",
        f"when length({given}) <= 10 then try_cast({given} as {plain})",
        f"when regexp_matches({given}, '(Z|[+-][0-9][0-9](:?[0-9][0-9])?)$')",
        f"then cast(timezone({text(zone)}, try_cast({given} as timestamptz)) as {plain})",
        # A cast would leave out what stands behind, as the PM of 3:12:00 PM.
        f"when regexp_matches({given}, '[0-9]$') then try_cast({given} as {plain})",
    ]
    return f"case {' '.join(cases)} end"


def _number(given: str, decimal: str, kind: str) -> str:
    """A number with or without signs between its thousands; the decimal sign is the declared one and no other."""
    if decimal == ".":
        plain, other, sign = f"try_cast({given} as {kind})", ",", "[.]"
    else:
        plain = f"case when strpos({given}, '.') = 0 then try_cast(replace({given}, ',', '.') as {kind}) end"
        other, sign = ".", ","
    between = BETWEEN_THOUSANDS + other
    pattern = f"[+-]?[0-9]{{1,3}}([{between}][0-9]{{3}})+({sign}[0-9]+)?"
    bare = f"replace(translate({given}, {text(between)}, ''), ',', '.')"
    grouped = f"case when regexp_full_match({given}, {text(pattern)}) then try_cast({bare} as {kind}) end"
    return f"coalesce({plain}, {grouped})"
