"""The fourth part of *Value*: what is due in the next quarters by status in one view, and revenue at risk by view."""

from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard import findings
from dashboard.findings import value_renewals as told
from dashboard.look import Look
from dashboard.marks import SCORED
from dashboard.panels import renewals as calendar
from dashboard.reads import value as reads
from dashboard.records import records
from dashboard.screens.value_top import as_of, choice, chosen, top
from metrics.value import Sources

ROWS = 10
CHART = 310
DEFAULT = "vendor_risk"


@dataclass(frozen=True)
class Book:
    """What the part is told from, each read once."""

    look: Look

    @cached_property
    def sources(self) -> Sources:
        return reads.value_sources(self.look.generation)

    @property
    def view(self) -> str:
        """The view whose status is shown; the first there is where Vendor Risk is off."""
        default = DEFAULT if DEFAULT in self.look.health else next(iter(self.look.health), "")
        return chosen(self.look, "view", self.look.health, default)

    @property
    def title(self) -> str:
        return self.look.titles.get(self.view, "")

    @cached_property
    def rows(self) -> pd.DataFrame:
        return reads.renewals(self.look.generation, self.look.scope, self.view)

    @cached_property
    def quarters(self) -> pd.DataFrame:
        return calendar.by_quarter(self.rows)

    @property
    def names(self) -> list[str]:
        """The quarters of the calendar in which anything ends."""
        return [str(name) for name in self.quarters["quarter"]]

    @property
    def quarter(self) -> str | None:
        return chosen(self.look, "quarter", self.names, "") or None

    @property
    def is_empty(self) -> bool:
        """Whether there is no calendar to draw: no contracts, or no view to tell them apart by."""
        return not self.sources.is_contractual or not self.view


def head(look: Look, book: Book) -> Markup:
    """Question and finding, with the choice of the view."""
    if book.is_empty:
        return top(look, "What is up for renewal cannot be told: not connected: subscriptions", [as_of(look)])
    titles = {view: look.titles[view] for view in look.health}
    default = DEFAULT if DEFAULT in titles else next(iter(titles))
    picked = choice(look, "Status in", "view", titles, book.view, default, True)
    beside = told.beside(records(book.rows), look.f)
    line = [
        "ARR by the next end of its term, this fiscal quarter and the four after it", as_of(look), look.f.currency,
        f"in no quarter: {', '.join(beside)}" if beside else "",
    ]  # fmt: skip
    return top(look, told.title(records(book.quarters), book.title, look.voice), line, [picked])


def at_risk(look: Look, book: Book) -> Markup:
    """Revenue at risk in every view: side by side, for one account is in all of them."""
    found = records(reads.revenue_by_status(look.generation, look.scope, look.week, look.health))
    rows = [_of_view(look, book, view, [row for row in found if row["view"] == view]) for view in look.health]
    return look.render(
        "value_at_risk",
        title=told.at_risk(rows, look.voice),
        rows=rows,
        most=max((row["red"] + row["amber"] for row in rows), default=0) or 1,
        week=look.f.day(look.week),
        csv=look.csv("revenue-at-risk", lambda: pd.DataFrame(found)),
    )


def _of_view(look: Look, book: Book, view: str, found: list[dict[str, Any]]) -> dict[str, Any]:
    """ARR by state in one view, with the accounts that are red."""
    own = {str(row["status"]): row for row in found}
    made: dict[str, Any] = {state: float(own[state]["arr"]) if state in own else 0.0 for state in SCORED}
    return made | {
        "title": look.titles[view],
        "view": view,
        "whole": sum(float(row["arr"]) for row in found),
        "accounts": int(own["red"]["accounts"]) if "red" in own else 0,
        "is_scored": any(state in own for state in SCORED),
        "is_on": view == book.view,
    }


def lines(look: Look, book: Book) -> Markup:
    """One page of the lines that end, of one quarter or of all."""
    total = reads.renewals_count(look.generation, look.scope, book.quarter)
    pages = max(ceil(total / ROWS), 1)
    text = look.address.more.get("page", "")
    at = min(max(int(text), 1), pages) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    rows = records(_page(look, book, ROWS, (at - 1) * ROWS))
    ways = {"": "All"} | {name: name for name in book.names}
    return look.render(
        "value_lines",
        title=told.lines(rows, total, book.quarter, look.voice),
        rows=rows,
        at=at,
        pages=pages,
        first=(at - 1) * ROWS,
        total=total,
        view=book.title,
        ways=choice(look, "Quarter", "quarter", ways, book.quarter or "", "").all,
        csv=look.csv("renewals", lambda: lines_table(look, book), book.view, book.quarter),
    )


def _page(look: Look, book: Book, limit: int, offset: int) -> pd.DataFrame:
    return reads.renewals_page(look.generation, look.scope, book.view, book.quarter, limit, offset)


def lines_table(look: Look, book: Book) -> pd.DataFrame:
    """Every line that ends in the quarter, or in the calendar."""
    return _page(look, book, 10_000_000, 0).drop(columns="account_id")


def show(look: Look) -> None:
    """Draw the part."""
    import streamlit as st

    from dashboard.screens.canvas import draw

    book = Book(look)
    draw(head(look, book), "top", "part", look.address.screen)
    if book.is_empty:
        draw(look.render("value_no_renewals", is_contractual=book.sources.is_contractual), "hole", "part")
    else:
        left, right = st.columns([1.35, 1], gap="medium")
        with left.container(gap=None):
            _calendar(look, book)
        with right.container(gap=None):
            draw(at_risk(look, book), "at-risk")
        draw(lines(look, book), "lines", "part")
    draw(foot(look), "foot", "part")


def _calendar(look: Look, book: Book) -> None:
    from dashboard.screens.canvas import panel

    rows: list[dict[str, Any]] = records(book.quarters)
    panel(
        look,
        told.calendar(rows, look.voice),
        f"ARR whose terms end, by status in {book.title}; a bar opens its lines",
        "renewals",
        calendar.figure(book.quarters, look.tone, look.f, book.quarter, look.company.as_of, CHART),
        calendar.alt(book.quarters, book.title, look.f),
        look.csv("renewal-calendar", lambda: book.rows, book.view),
        opens=True,
        list_at=look.address.here(quarter=None, page=None),
    )


def foot(look: Look) -> Markup:
    """The footer line."""
    parts = [
        "a term begins anew every term_months from a line’s first day; a line with a last day and no term ends then",
        "views stand side by side and are never added",
    ]
    return look.render("foot", foot=findings.foot(look, parts))
