"""The third part of *Value*: what is left of the accounts that began together, and how long accounts stay."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard import findings
from dashboard.findings import value_cohorts as told
from dashboard.look import Look
from dashboard.panels.cohorts import FEW
from dashboard.panels.survival import MOST
from dashboard.reads import lifetime
from dashboard.reads import value as reads
from dashboard.records import records
from dashboard.screens.value_top import as_of, choice, chosen, top
from metrics.value import Sources, life

CHART = 440
SPANS = (1, 3, 5)


@dataclass(frozen=True)
class Book:
    """What the part is told from, each read once."""

    look: Look

    @cached_property
    def sources(self) -> Sources:
        return reads.value_sources(self.look.generation)

    @cached_property
    def rows(self) -> pd.DataFrame:
        return reads.cohorts(self.look.generation, self.look.scope)

    @cached_property
    def curves(self) -> dict[str, pd.DataFrame]:
        """A curve per segment, the largest first; of all accounts together where there is one segment."""
        found = lifetime.survival_curves(self.look.generation, self.look.scope) if self.sources.is_contractual else {}
        names = {name: name or "No segment" for name in found}
        return {names[name] if len(found) > 1 else "All accounts": curve for name, curve in found.items()}

    @property
    def kind(self) -> str:
        return chosen(self.look, "keep", list(self.kinds), "logos")

    @property
    def kinds(self) -> dict[str, str]:
        """What can be kept, with its label."""
        return {"logos": "Accounts", "arr": "ARR" if self.sources.is_contractual else "Revenue"}


def head(look: Look, book: Book) -> Markup:
    """Question and finding, with the choice of accounts or money."""
    line = ["by fiscal quarter of the first payment, the last three years", as_of(look)]
    keep = choice(look, "Kept of", "keep", book.kinds, book.kind, "logos")
    title = told.title(book.rows, book.kind, book.sources.is_contractual, look.voice)
    return top(look, title, line, [keep])


def measured(book: Book) -> str:
    """What a cell of the heat map says."""
    is_arr = book.kind == "arr"
    how = (
        "ARR on the day so many months later, % of the first day"
        if is_arr
        else "accounts with ARR so many months later, % of those that old"
    )
    if not book.sources.is_contractual:
        how = "revenue of the month so many months later, % of the first" if is_arr else "% that buy in a month"
    return f"Cohort × months since the first payment: {how}; in brackets: fewer than {FEW} accounts"


def table(look: Look, book: Book) -> Markup:
    """How long each segment stays, in numbers."""
    rows = []
    for name, curve in book.curves.items():
        stays = [told.stays(curve, years, look.f) for years in SPANS]
        counts = {"n": int(curve["at_risk"].max()), "left": int(curve["ended"].sum())}
        rows.append({"segment": name, "stays": stays, "expected": told.expected(life(curve), look.f)} | counts)
    return look.render("value_stays", rows=rows, spans=SPANS, drawn=min(len(rows), MOST), count=len(rows))


def survival_table(book: Book) -> pd.DataFrame:
    """Every step of every segment's curve."""
    return pd.concat([curve.assign(segment=name) for name, curve in book.curves.items()], ignore_index=True)


def cohort_table(book: Book) -> pd.DataFrame:
    """All cohorts and months, both parts of either share."""
    return pd.DataFrame(records(book.rows))


def show(look: Look) -> None:
    """Draw the part."""
    import streamlit as st

    from dashboard.screens.canvas import draw

    book = Book(look)
    draw(head(look, book), "top", "part", look.address.screen)
    left, right = st.columns([1.25, 1], gap="medium")
    with left.container(gap=None):
        _heat(look, book)
    with right.container(gap=None):
        _survival(look, book)
    draw(foot(look), "foot", "part")


def _heat(look: Look, book: Book) -> None:
    from dashboard.panels import cohorts
    from dashboard.screens.canvas import draw, panel

    if book.rows.empty:
        draw(look.render("value_no_cohorts"), "cohorts-hole")
        return
    panel(
        look,
        told.heat(book.rows, book.kind, look.voice),
        measured(book),
        "cohorts",
        cohorts.figure(book.rows, book.kind, look.tone, look.f),
        cohorts.alt(book.rows, book.kind, look.f),
        look.csv("cohorts", lambda: cohort_table(book)),
    )


def _survival(look: Look, book: Book) -> None:
    from dashboard.panels import survival
    from dashboard.screens.canvas import draw, panel

    curves: dict[str, Any] = {name: curve for name, curve in book.curves.items() if len(curve)}
    if not curves:
        draw(look.render("value_no_survival", is_contractual=book.sources.is_contractual), "survival-hole")
        return
    panel(
        look,
        told.survival(curves, look.voice),
        f"Accounts that stay longer, Kaplan–Meier; band: 95 % interval; drawn while {survival.AT_RISK} are left",
        "survival",
        survival.figure(curves, look.tone, look.f, CHART),
        survival.alt(curves, look.f),
        look.csv("survival", lambda: survival_table(book)),
    )
    draw(table(look, book), "stays")


def foot(look: Look) -> Markup:
    """The footer line."""
    parts = ["an account counts in a month only once it is that old", "time away in between counts as staying"]
    return look.render("foot", foot=findings.foot(look, parts))
