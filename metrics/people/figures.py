"""Return on People as `sevenviews numbers` prints it: the number, its parts, and what moved it in a year."""

from collections.abc import Iterator
from datetime import date

from metrics.engines import Engine
from metrics.people.books import BOOKS, last_day, last_month, months
from metrics.people.returns import AVERAGING, NOT_CONNECTED, Return, returns
from metrics.people.split import Split, split
from metrics.value.figure import Figure, none
from metrics.value.figures import MONEY, NamedFigure

NOT_BY_SEGMENT = "finance is of the whole company, not of a segment"
BY_HEADCOUNT = "headcount is the larger part of the rise"
PARTS = {
    # name: label, unit
    "return_on_people": ("Return on People (net income to one full-time equivalent)", MONEY),
    "return_on_people_net_income": ("Return on People: net income", MONEY),
    "return_on_people_fte": ("Return on People: full-time equivalents", "people"),
    "return_on_people_change": ("Return on People: change in a year", MONEY),
    "return_on_people_profit_effect": ("Return on People: change by profit", MONEY),
    "return_on_people_headcount_effect": ("Return on People: change by headcount", MONEY),
}


def people_figures(engine: Engine, as_of: date, segment: str | None) -> Iterator[NamedFigure]:
    """Every figure of the newest month that is over by a day. Reads the source `finance`."""
    books = months(engine.rows(BOOKS))
    found = returns(books, last_month(as_of))
    lacks = NOT_BY_SEGMENT if segment is not None else None if books else NOT_CONNECTED
    period = f"12 months to {last_day(found[-1].month)}" if found else f"12 months to {as_of}"
    for name, figure in _figures(found, lacks).items():
        label, unit = PARTS[name]
        yield NamedFigure(name, label, unit, period, figure)


def _figures(found: list[Return], lacks: str | None) -> dict[str, Figure]:
    if lacks or not found:
        return dict.fromkeys(PARTS, none(lacks or "no month of finance is over"))
    return dict(zip(PARTS, (*_now(found[-1]), *_change(split(found))), strict=True))


def _now(now: Return) -> tuple[Figure, Figure, Figure]:
    """The number, net income and headcount; a headcount one can't divide by is told, and makes no number."""
    if now.value is None or now.profit is None or now.fte is None:
        words = none(now.missing or "")
        return words, words, words
    return Figure(float(now.value), basis=AVERAGING), Figure(float(now.profit)), Figure(float(now.fte), basis=AVERAGING)


def _change(found: Split | str) -> tuple[Figure, Figure, Figure]:
    """The change and its two parts, which add up to it."""
    if isinstance(found, str):
        return none(found), none(found), none(found)
    flag = BY_HEADCOUNT if found.is_by_headcount else None
    return (
        Figure(float(found.change), basis=flag),
        Figure(float(found.profit_effect)),
        Figure(float(found.headcount_effect), basis=flag),
    )
