"""Profit: the split of accounts by margin, the whale curve, the Pareto of revenue, and the accounts behind them."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard import findings, reads
from dashboard.findings import profit as profit_findings
from dashboard.look import Look
from dashboard.reads import Sort
from dashboard.records import records
from metrics import profit
from metrics.profit import ProfitFigures, bands, profit_figures

CHART = 335
PARETO = 372
TABLE = 11
ORDERS = ("profit", "revenue", "margin", "name", "csm", "product_cost", "service_cost")
QUESTION = "Do we know our customer profit ratio?"


@dataclass(frozen=True)
class Book:
    """Profit of the accounts looked at, in the window that ends with the week."""

    look: Look

    @cached_property
    def rows(self) -> pd.DataFrame:
        return reads.profit_rows(self.look.generation, self.look.scope, self.look.week)

    @cached_property
    def figures(self) -> ProfitFigures:
        return profit_figures(self.rows, self.look.company.profit_missing)

    @cached_property
    def losing(self) -> int:
        """Accounts with a profit below zero: the money of the losses is theirs."""
        return int((self.rows["profit"] < 0).sum())

    @cached_property
    def before(self) -> date | None:
        """The earliest week end to compare with, thirteen weeks ago at most."""
        days = [day for day in reads.profit_weeks(self.look.generation) if 0 < (self.look.week - day).days <= 91]
        return days[0] if days else None

    @cached_property
    def split(self) -> pd.DataFrame:
        """One row per band, with who entered and left it since the week end compared with."""
        old = reads.profit_rows(self.look.generation, self.look.scope, self.before) if self.before else None
        return bands(self.rows, old)

    @property
    def is_known(self) -> bool:
        """Whether any account's profit can be told."""
        return self.figures.profit is not None


def top(look: Look, book: Book) -> Markup:
    """Question, finding, and the definition beneath."""
    f = look.f
    window = profit_findings.window(look.company)
    parts = [
        "Customer profit ratio, our definition: net revenue − product cost − cost to serve",
        f"{window} to {f.day(look.week)}",
        f.currency,
        "before overheads and tax",
    ]
    if book.figures.n_unknown and book.is_known:
        parts.append(f"{f.count(book.figures.n_unknown)} accounts without a cost are left out")
    return look.render(
        "top",
        question=QUESTION,
        key="",
        line=" · ".join(parts),
        title=profit_findings.title(book.figures, book.losing, look.voice),
    )


def split(look: Look, book: Book) -> Markup:
    """The bands of the accounts, and the six figures of the ratio."""
    entered = book.split["entered"]
    moved = None if entered.isna().any() else int(entered.sum())
    since = look.f.day(book.before) if book.before else ""
    known = book.split["profit"]
    return look.render(
        "split",
        title=profit_findings.split(book.figures, moved, since, look.voice) if book.is_known else "",
        book=book,
        rows=records(book.split),
        since=since,
        six=_six(look, book),
        most=float(known.max()),
        least=float(known.min()),
        csv=look.csv("profit-bands", lambda: book.split),
    )


def _six(look: Look, book: Book) -> list[tuple[str, str, str]]:
    """Name, value and unit of the six figures; a dash where one cannot be said, and why."""
    g, f = book.figures, look.f
    whole = [round(share * 100) for share in g.split] if g.split else []
    ratio = " : ".join(str(share) for share in whole) or "–"
    no_losers = "no account loses"
    return [
        ("CPR split", ratio, "% of accounts"),
        ("CPR count", f.number(g.cpr_count, 1), "winners to a loser" if g.cpr_count is not None else no_losers),
        ("CPR money", f.number(g.cpr_money, 1), "earned to 1 lost" if g.cpr_money is not None else no_losers),
        ("Erosion", f.share(g.erosion), "of what winners earn"),
        ("Whale peak", f.share(g.whale_peak), "of profit kept" if g.whale_peak is not None else "no profit is kept"),
        ("Break-even prize", f.money(g.break_even_prize), profit_findings.period(look.company)),
    ]


def table(look: Look, book: Book) -> Markup:
    """The accounts behind the figures, in the order one asks for."""
    by, _, way = look.address.more.get("sort", "").partition(":")
    default = Sort("profit", True) if book.is_known else Sort("revenue", False)
    sort = Sort(by, way == "asc") if by in ORDERS and way in ("asc", "desc") else default
    rows = reads.profit_page(look.generation, look.scope, look.week, sort.by, sort.ascending, TABLE)
    return look.render(
        "profit_table",
        title=profit_findings.listed(records(rows), sort, book.figures, look.voice),
        rows=records(rows),
        sort=sort,
        book=book,
        shown=len(rows),
        total=len(book.rows),
        csv=look.csv("profit-accounts", lambda: _table(look, sort), sort),
    )


def _table(look: Look, sort: Sort) -> pd.DataFrame:
    rows = reads.profit_page(look.generation, look.scope, look.week, sort.by, sort.ascending, 1_000_000)
    return rows.drop(columns="account_id")


def foot(look: Look, book: Book) -> Markup:
    """The footer line."""
    f = look.f
    parts = [f"τ = {f.share(look.company.profit_band, 1)}", *look.company.profit_notes]
    if book.figures.n_idle:
        parts.append(f"{f.count(book.figures.n_idle)} accounts without revenue and cost are in no band")
    return look.render("foot", foot=findings.foot(look, parts))


def show(look: Look) -> None:
    """Draw the screen."""
    import streamlit as st

    from dashboard.screens.canvas import draw

    book = Book(look)
    draw(top(look, book), "top", "part", look.address.screen)
    left, right = st.columns(2, gap="medium")
    with left.container(gap=None):
        draw(split(look, book), "split")
    with right.container(gap=None):
        _whale(look, book)
    left, right = st.columns(2, gap="medium")
    with left.container(gap=None):
        _pareto(look, book)
    with right.container(gap=None):
        draw(table(look, book), "accounts")
    draw(foot(look, book), "foot", "part")


def _whale(look: Look, book: Book) -> None:
    """The whale curve, or the place where it will stand."""
    from dashboard.panels import whale
    from dashboard.screens.canvas import draw, panel

    if not book.is_known:
        draw(look.render("whale_hole", book=book), "whale-hole")
        return
    curve = profit.whale(book.rows)
    names = _names(look, curve.points)
    panel(
        look,
        profit_findings.whale(curve, look.voice),
        f"Whale curve: running profit over the accounts, {look.f.currency}",
        "whale",
        whale.figure(curve, look.tone, look.f, names, CHART),
        whale.alt(curve, look.f),
        look.csv("whale", lambda: _named(curve.points, names)),
        opens=True,
    )


def _pareto(look: Look, book: Book) -> None:
    """The Pareto of revenue, or the place where it will stand."""
    from dashboard.panels import pareto
    from dashboard.screens.canvas import draw, panel

    cut = profit.pareto(book.rows)
    if not cut.accounts:
        draw(look.render("pareto_hole", book=book), "pareto-hole")
        return
    names = _names(look, cut.bars)
    panel(
        look,
        profit_findings.pareto(cut, look.voice),
        f"Pareto: revenue by account, {look.f.currency}, and running share; grey: the tail",
        "pareto",
        pareto.figure(cut, look.tone, look.f, names, PARETO),
        pareto.alt(cut, look.f),
        look.csv("pareto", lambda: _named(cut.bars, names)),
        opens=True,
    )


def _names(look: Look, rows: pd.DataFrame) -> dict[int, tuple[str, str]]:
    """Code and name of the accounts a picture shows."""
    return reads.account_names(look.generation, look.scope, [int(i) for i in rows["account_id"].dropna()])


def _named(rows: pd.DataFrame, names: dict[int, tuple[str, str]]) -> pd.DataFrame:
    """Account ids as the company writes them."""
    codes: list[Any] = [names.get(int(i), ("", ""))[0] if i == i and i is not None else "" for i in rows["account_id"]]
    return rows.assign(account_code=codes).drop(columns="account_id")
