"""What a source table is made of: its columns, their kinds, and how they are asked for in words."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["text", "date", "timestamp", "month", "money", "number", "integer", "boolean"]

SQL_TYPES: dict[Kind, str] = {
    "text": "varchar",
    "date": "date",
    "timestamp": "timestamp",
    "month": "date",
    "money": "decimal(18,4)",
    "number": "double",
    "integer": "integer",
    "boolean": "boolean",
}
"""How each kind lies in the warehouse. A month is the date of its first day."""

KIND_WORDS: dict[Kind, str] = {
    "text": "text",
    "date": "a date, as 2026-12-31",
    "timestamp": "a moment, as 2026-12-31 16:05:00",
    "month": "a month, as 2026-12",
    "money": "an amount of money, as 1234.50",
    "number": "a number, as 1234.5",
    "integer": "a whole number, as 12",
    "boolean": "true or false",
}
"""How each kind is asked for in a file, for people."""


@dataclass(frozen=True)
class Column:
    """One column of a source: what it holds and what a value must keep to."""

    name: str
    kind: Kind = "text"
    required: bool = False
    note: str = ""
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Source:
    """One source table.

    `key`: the columns that tell rows apart; of two rows with one key the first stays. `known_on`: the date from which
    a row is known (contract rule 1). `is_event`: its rows happen, so they say how far the data reach.
    `may_lie_ahead`: its known date may be later than today. `is_quiet`: a quiet month is not a broken feed, so it is
    complete to the newest day of any event source. `spans`: pairs of columns where the second must not lie before
    the first. `rate_on`: the first of these dates a row has picks its exchange rate.
    """

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    note: str = ""
    known_on: str | None = None
    is_event: bool = False
    may_lie_ahead: bool = False
    is_quiet: bool = False
    spans: tuple[tuple[str, str], ...] = ()
    rate_on: tuple[str, ...] = field(default=())

    def column(self, name: str) -> Column | None:
        """The column of that name, if the source has one."""
        return next((column for column in self.columns if column.name == name), None)

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns every row must fill."""
        return tuple(column.name for column in self.columns if column.required)

    @property
    def money(self) -> tuple[str, ...]:
        """Names of the columns converted to the reporting currency; none unless the source has a `currency`."""
        if self.column("currency") is None:
            return ()
        return tuple(column.name for column in self.columns if column.kind == "money")


def source_markdown(source: Source) -> str:
    """A source table with its columns, as Markdown."""
    rows = [
        f"| {column.name}{'*' if column.required else ''} | {KIND_WORDS[column.kind]} | {column_words(column)} |"
        for column in source.columns
    ]
    head = f"## {source.name}\n\n{source.note[:1].upper()}{source.note[1:]}. Rows are told apart by {_and(source.key)}."
    return "\n".join([head, "", "| column | holds | notes |", "|---|---|---|", *rows])


def column_words(column: Column) -> str:
    """What a value of the column must keep to and what it means, in words; empty when there is nothing to say."""
    words = [column.note] if column.note else []
    if column.choices:
        words.append("one of " + ", ".join(column.choices))
    if column.low is not None and column.high is not None and column.low >= 1:
        words.append(f"{column.low:g} to {column.high:g}")
    return "; ".join(words)


def _and(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
