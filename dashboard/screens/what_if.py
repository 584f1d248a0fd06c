"""What-if: levers in the address, what they would do to profit, its ratio and lifetime value, and what was saved."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd
from markupsafe import Markup

from dashboard import findings, levers
from dashboard.address import FILTERS
from dashboard.findings import profit as profit_findings
from dashboard.findings import what_if as told
from dashboard.look import Look
from dashboard.reads import plan, value
from dashboard.voice import capital
from data.journal.place import JournalError
from metrics.profit import ProfitFigures
from metrics.profit.figures import NO_LOSERS
from metrics.value import INTEREST, Figure, LifetimeValue
from metrics.what_if import SAYS, Levers, WhatIf, lifetimes_after, what_if

if TYPE_CHECKING:
    from data.journal.scenarios import Scenario

QUESTION = "What if we pulled one of these levers?"
SAVE, BESIDE = "save", "beside"
SHOWN = 8
LIFETIMES = {"article": "LTV, article’s way", "margin": "LTV by margin", "discounted": "LTV, discounted"}


@dataclass(frozen=True)
class Book:
    """The company as it is, as the levers leave it, and as a saved what-if would."""

    look: Look

    @cached_property
    def rows(self) -> pd.DataFrame:
        return plan.cost_rows(self.look.generation, self.look.scope, self.look.week)

    @cached_property
    def retained(self) -> dict[str, Figure]:
        return value.retention_figures(self.look.generation, self.look.scope, self.look.week)

    @cached_property
    def levers(self) -> Levers:
        return self.within(levers.read(self.look.address.more))

    @cached_property
    def base(self) -> WhatIf:
        return self.with_(Levers())

    @cached_property
    def after(self) -> WhatIf:
        return self.with_(self.levers)

    @cached_property
    def found(self) -> "tuple[list[Scenario], str]":
        """The what-ifs that are saved; where the journal can't be read none, and why."""
        try:
            return plan.scenarios(self.look.generation), ""
        except JournalError as trouble:
            return [], str(trouble)

    @property
    def listed(self) -> "list[Scenario]":
        return self.found[0]

    @property
    def beside(self) -> "Scenario | None":
        """The saved what-if that stands beside this one."""
        wanted = self.look.address.more.get(BESIDE, "")
        return next((one for one in self.listed if str(one.scenario_id) == wanted), None)

    def within(self, asked: Levers) -> Levers:
        """The levers as far as they go: nobody can keep more accounts than there are."""
        churn = self.retained["logo_churn"].value
        return asked if churn is None else replace(asked, retention=min(asked.retention, churn))

    def with_(self, asked: Levers) -> WhatIf:
        company = self.look.company
        return what_if(self.rows, asked, company.profit_band, company.profit_missing)

    def lifetimes(self, asked: Levers, group_share: float) -> list[LifetimeValue]:
        generation, scope = self.look.generation, self.look.scope
        margin, cac = value.margin(generation, scope), value.year_cac(generation, scope)
        return lifetimes_after(asked, self.retained, margin, cac, INTEREST, group_share)


def page(look: Look) -> Markup:
    """The whole screen."""
    book = Book(look)
    parts = [part(look, book) for part in (top, pulled, figures, saved, foot)]
    return look.render("what_if", top=parts[0], levers=parts[1], figures=parts[2], saved=parts[3], foot=parts[4])


def top(look: Look, book: Book) -> Markup:
    """Question, finding, and what profit is."""
    f = look.f
    parts = [
        "Profit: net revenue − product cost − cost to serve, our definition",
        f"{profit_findings.window(look.company)} to {f.day(look.week)}",
        f.currency,
        told.ONE_AFTER_THE_OTHER,
    ]
    title = told.title(book.levers, book.base.figures, book.after, look.voice)
    return look.render("top", question=QUESTION, key="", line=" · ".join(parts), title=title)


def pulled(look: Look, book: Book) -> Markup:
    """The levers with what each assumes and brings."""
    by_lever = {step.lever: step.change for step in book.after.steps}
    rows = [
        {
            "lever": lever,
            "title": levers.TITLES[lever],
            "says": capital(SAYS[lever]),
            "more": _more(look, book, lever),
            "choices": _choices(look, book, lever),
            "change": by_lever.get(lever),
            "is_typed": lever in levers.MOST,
            "unit": "pts" if lever == "retention" else "%",
        }
        for lever in levers.NAMES
    ]
    ends = [book.base.figures.profit, book.after.figures.profit]
    known = [float(one) for one in (*by_lever.values(), *ends) if one is not None]
    return look.render(
        "what_if_levers",
        title=told.steps(book.levers, book.after, look.voice),
        rows=rows,
        before=ends[0],
        now=ends[1],
        most=max([*known, 0.0]),
        least=min([*known, 0.0]),
        is_pulled=bool(book.levers.pulled),
        cleared=look.address.here(**dict.fromkeys(levers.NAMES)),
        period=profit_findings.period(look.company),
        csv=look.csv("what-if-steps", lambda: _steps(book), book.levers),
    )


def _more(look: Look, book: Book, lever: str) -> str:
    """What the data add to what a lever assumes."""
    if lever == "double":
        return told.doubled(book.after, book.levers, look.voice)
    asked = levers.read(look.address.more)
    return told.capped(asked, book.levers, look.voice) if lever == "retention" else ""


def _choices(look: Look, book: Book, lever: Any) -> list[dict[str, Any]]:
    every = levers.choices(book.levers, lever, look.f)
    return [
        {"text": one.text, "is_on": one.is_on, "href": look.address.here(**{lever: one.value, SAVE: None})}
        for one in every
    ]


def _steps(book: Book) -> pd.DataFrame:
    """Profit as it is, what every lever adds to it, and profit then."""
    rows: list[tuple[str, str | None, float | None]] = [("profit now", None, book.base.figures.profit)]
    rows += [(step.lever, SAYS[step.lever], step.change) for step in book.after.steps]
    rows.append(("profit then", None, book.after.figures.profit))
    return pd.DataFrame(rows, columns=["step", "assumes", "amount"])


@dataclass(frozen=True)
class Line:
    """One figure of the table, of each company that stands side by side."""

    name: str
    values: tuple[float | str | None, ...]
    unit: str
    why: str = ""
    cls: str = ""
    gap: str = "–"
    """What stands where there is no value."""


def figures(look: Look, book: Book) -> Markup:
    """The figures as they are, as they would be, and as a saved what-if has them."""
    columns = _columns(book)
    lines = _lines(look, book, columns)
    return look.render(
        "what_if_figures",
        title=told.figures(book.levers, book.base.figures, book.after, look.voice),
        heads=[name for name, _, _ in columns],
        lines=lines,
        why=_why(book),
        beside=book.beside,
        is_pulled=bool(book.levers.pulled),
        csv=look.csv("what-if", lambda: _table(lines, columns), book.levers, look.address.more.get(BESIDE)),
    )


def _columns(book: Book) -> list[tuple[str, Levers, WhatIf]]:
    """Name, levers and result of every company side by side."""
    columns = [("As it is", Levers(), book.base), ("What if", book.levers, book.after)]
    if book.beside:
        asked = book.within(levers.read(book.beside.assumptions))
        columns.append((book.beside.name, asked, book.with_(asked)))
    return columns


def _lines(look: Look, book: Book, columns: list[tuple[str, Levers, WhatIf]]) -> list[Line]:
    every = [result.figures for _, _, result in columns]
    whole = [[round(share * 100) for share in one.split] if one.split else [] for one in every]
    margins = [_margin(one) for one in every]
    losers = "none loses" if any(one.missing.get("cpr_count") == NO_LOSERS for one in every) else "–"
    lines = [
        Line("Revenue", tuple(one.revenue for one in every), "money"),
        Line("Profit", tuple(one.profit for one in every), "money", cls="lead"),
        Line("Margin", tuple(margins), "share"),
        Line("CPR split", tuple(" : ".join(map(str, one)) or None for one in whole), "text", "% of accounts"),
        Line("CPR count", tuple(one.cpr_count for one in every), "number", "winners to a loser", gap=losers),
        Line("CPR money", tuple(one.cpr_money for one in every), "number", "earned to 1 lost", gap=losers),
        Line("Erosion", tuple(one.erosion for one in every), "share", "of what winners earn"),
        Line("Whale peak", tuple(one.whale_peak for one in every), "share", "of profit kept"),
        Line("Break-even prize", tuple(one.break_even_prize for one in every), "money"),
    ]
    return lines + _lifetimes(book, columns)


def _margin(one: ProfitFigures) -> float | None:
    """Profit over revenue; None without both."""
    return one.profit / one.revenue if one.profit is not None and one.revenue and one.revenue > 0 else None


def _lifetimes(book: Book, columns: list[tuple[str, Levers, WhatIf]]) -> list[Line]:
    """Lifetime values before CAC, and the discounted one over CAC."""
    every = [{way.name: way for way in book.lifetimes(asked, result.group_share)} for _, asked, result in columns]
    lines = [
        Line(label, tuple(ways[name].gross.value for ways in every), "money", "an account, before CAC")
        for name, label in LIFETIMES.items()
    ]
    ratios = tuple(ways["discounted"].ratio.value for ways in every)
    return [*lines, Line("Discounted LTV to CAC", ratios, "number", "floor 3")]


def _why(book: Book) -> str:
    """Why a lifetime value is missing, or what it starts from."""
    (found,) = [way for way in book.lifetimes(book.levers, book.after.group_share) if way.name == "discounted"]
    if found.gross.value is None:
        return f"No lifetime value: {found.gross.missing}."
    lacks = "" if found.ratio.value is not None else f" No ratio to CAC: {found.ratio.missing}."
    return f"LTV: {found.gross.basis}.{lacks}"


def _table(lines: list[Line], columns: list[tuple[str, Levers, WhatIf]]) -> pd.DataFrame:
    names = [name for name, _, _ in columns]
    rows = [(line.name, *line.values) for line in lines]
    return pd.DataFrame(rows, columns=["figure", *_apart(names)])


def _apart(names: list[str]) -> list[str]:
    """Column names that differ, whatever somebody called a what-if."""
    return [name if names.index(name) == nth else f"{name} ({nth})" for nth, name in enumerate(names)]


def saved(look: Look, book: Book) -> Markup:
    """The what-ifs saved by name."""
    rows = [_saved_row(look, book, one) for one in book.listed]
    whole = look.address.more.get("saved") == "all"
    return look.render(
        "what_if_saved",
        title="The journal can’t be reached, so no saved what-if is listed"
        if book.found[1]
        else told.saved(len(rows), look.voice),
        trouble=book.found[1],
        rows=rows if whole else rows[:SHOWN],
        left=0 if whole else max(len(rows) - SHOWN, 0),
        is_pulled=bool(book.levers.pulled),
        csv=look.csv("what-ifs", lambda: _saved_table(book), len(rows), rows[0]["id"] if rows else 0),
    )


def _saved_row(look: Look, book: Book, one: "Scenario") -> dict[str, Any]:
    asked = levers.read(one.assumptions)
    is_beside = book.beside is not None and book.beside.scenario_id == one.scenario_id
    return {
        "id": one.scenario_id,
        "name": one.name,
        "words": levers.sentence(asked, look.f),
        "about": ", ".join(one.assumptions[name] or "none" for name in FILTERS if name in one.assumptions),
        "author": one.author,
        "is_verified": one.is_verified,
        "made_on": one.made_on,
        "is_on": asked == levers.read(look.address.more),
        "open": opened(look, one.assumptions),
        "is_beside": is_beside,
        "beside": look.address.here(**{BESIDE: None if is_beside else one.scenario_id, SAVE: None}),
    }


def opened(look: Look, assumptions: Mapping[str, str]) -> str:
    """The link that opens a saved what-if: its levers on the accounts it was saved for."""
    own: dict[str, Any] = {name: assumptions.get(name) for name in FILTERS}
    return replace(look.address, **own, more=levers.written(levers.read(assumptions))).href


def assumptions(look: Look) -> dict[str, str]:
    """What is saved: the levers, and the accounts they act on."""
    chosen = {name: getattr(look.address, name) for name in FILTERS}
    filters = {name: str(value) for name, value in chosen.items() if value is not None}
    found = levers.written(levers.read(look.address.more))
    return found | filters if found else {}


def _saved_table(book: Book) -> pd.DataFrame:
    names = [*levers.NAMES, *FILTERS]
    rows = [
        [one.name, *(one.assumptions.get(name) for name in names), one.author, one.is_verified, one.made_on]
        for one in book.listed
    ]
    return pd.DataFrame(rows, columns=["name", *names, "author", "is_verified", "made_on"])


def foot(look: Look, book: Book) -> Markup:
    """The footer line."""
    parts = [f"τ = {look.f.share(look.company.profit_band, 1)}", *look.company.profit_notes]
    if book.base.figures.n_unknown and book.base.figures.profit is not None:
        parts.append(f"{look.f.count(book.base.figures.n_unknown)} accounts without a cost are left out")
    return look.render("foot", foot=findings.foot(look, parts))


def show(look: Look) -> None:
    """Draw the screen, and the form over it where the address asks for it."""
    from dashboard.screens.frame import sheet_of
    from dashboard.screens.what_if_form import form

    sheet_of(look, page(look), form=look.address.more.get(SAVE, ""))
    form(look)
