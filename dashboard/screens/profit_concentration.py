"""What rests on few accounts: the Pareto of revenue, ARR, tickets or ARR at risk, over time, and who gets attention."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal

import pandas as pd
from markupsafe import Markup

from dashboard import findings, marks
from dashboard.findings import profit_concentration as told
from dashboard.look import Look
from dashboard.panels.pareto import Kind
from dashboard.reads import shares as reads
from dashboard.records import records
from dashboard.screens.profit_book import Book, kept, named, names_of, switch, top
from metrics.profit import shares

CHART = 350
MOVED = 5
EVERY = 1_000_000
KINDS = {"revenue": "Revenue", "arr": "ARR", "tickets": "Tickets", "risk_arr": "Risk ARR"}


@dataclass(frozen=True)
class Lies:
    """How one kind of amount lies on the accounts looked at."""

    look: Look

    @cached_property
    def kind(self) -> str:
        wanted = self.look.address.more.get("of", "")
        return wanted if wanted in KINDS else "revenue"

    @property
    def drawn(self) -> Kind:
        """How the amount is called and written."""
        money = self.look.f.money
        return {
            "revenue": Kind("revenue", money, "revenue"),
            "arr": Kind("ARR", money, "arr"),
            "tickets": Kind("tickets", lambda n: told.tickets(n, self.look.f)),
            "risk_arr": Kind("ARR at risk", money),
        }[self.kind]

    @cached_property
    def weeks(self) -> list[date]:
        return reads.share_weeks(self.look.generation)

    @property
    def week(self) -> date:
        """The week told: the one looked at where its amounts are kept, else the newest."""
        return self.look.week if self.look.week in self.weeks or not self.weeks else self.weeks[0]

    @cached_property
    def rows(self) -> pd.DataFrame:
        return reads.share_rows(self.look.generation, self.look.scope, self.kind, self.week)

    @cached_property
    def figures(self) -> shares.Concentration:
        return shares.concentration(self.rows["amount"])

    @cached_property
    def interval(self) -> tuple[float, float] | None:
        """How far the top-20 % share could lie, kept for the whole company: drawing it takes longest."""
        return kept(self.look, f"top 20 {self.kind}", lambda: shares.top_20_interval(self.rows["amount"]))

    @cached_property
    def missing(self) -> str | None:
        """Why there is nothing to draw, in words; None where there is."""
        if self.figures.accounts:
            return None
        why = reads.missing_shares(self.look.generation, self.look.scope, self.kind, self.week)
        return why or f"no account has {self.drawn.noun} above zero"


def head(look: Look, lies: Lies) -> Markup:
    """Question, finding, and of what."""
    f = look.f
    day = f.day(lies.week) if lies.week == look.week else f"{f.day(lies.week)}, the nearest week kept"
    span = "on the day" if lies.kind in ("arr", "risk_arr") else told.window(look.company)
    line = [f"{told.WHAT[lies.kind]}, {span}", f"as of {day}", "an account at or below zero has no share"]
    return top(
        look, told.title(lies.figures, lies.kind, lies.missing, look.voice), line,
        [switch(look, "Of", "of", KINDS, lies.kind)],
    )  # fmt: skip


def refusal(look: Look, lies: Lies) -> Markup:
    """What has no share and where it is drawn instead: amounts below zero, ties at the cut, and profit itself."""
    asked = look.address.more.get("of", "")
    says = [*told.notes(lies.figures, lies.drawn, look.voice)]
    if asked == "profit":
        says.insert(0, shares.NO_PROFIT_PARETO)
    is_below = bool(lies.figures.below_zero) or asked == "profit"
    return look.render("profit_refused", says=says, is_below=is_below) if says else Markup()


def trend(look: Look, lies: Lies) -> Markup:
    """Each figure now, a quarter before, and its way over time."""
    found = reads.concentration_trend(look.generation, look.scope, lies.kind)
    found = found[found["as_of"] <= pd.Timestamp(lies.week)]
    before = _at(found, lies.weeks[-1]) if len(lies.weeks) > 1 and lies.week == lies.weeks[0] else {}
    return look.render(
        "profit_trend",
        title=told.trend(found, lies.figures, before, lies.drawn, look.voice),
        rows=[_figure(look, lies, found, before, name) for name in told.FIGURES] if lies.figures.accounts else [],
        first=found["as_of"].iloc[0].date() if len(found) else None,
        before=lies.weeks[-1] if before else None,
        is_short=bool(found["is_short"].any()) if len(found) else False,
        csv=look.csv("concentration", lambda: found, lies.kind) if len(found) else None,
    )


def _at(found: pd.DataFrame, day: date) -> dict[str, Any]:
    return next(iter(records(found[found["as_of"] == pd.Timestamp(day)])), {})


def _figure(look: Look, lies: Lies, found: pd.DataFrame, before: dict[str, Any], name: str) -> dict[str, Any]:
    write: Callable[[float | None], str] = told.writer(name, look.f)
    now, was = getattr(lies.figures, name), before.get(name)
    range_ = ""
    if name == "top_20_share" and lies.interval:
        range_ = f"{look.f.share(lies.interval[0])} to {look.f.share(lies.interval[1])} in 95{told.NBSP}% of draws"
    values = [None if value != value else float(value) for value in found[name].astype(float)]
    return {
        "name": told.FIGURES[name],
        "now": write(now),
        "was": write(was),
        "note": range_,
        "line": marks.dated(values, [day.toordinal() for day in found["as_of"]]),
    }


def moves(look: Look, lies: Lies) -> Markup:
    """Who came into the group that has 80 % and who went out of it since a quarter before."""
    found = reads.top_moves(look.generation, look.scope, lies.kind, MOVED)
    if found is not None and lies.missing and found.rows.empty:
        found = None  # nobody had any before either: no group to come into
    f = look.f
    return look.render(
        "profit_top_moves",
        title=told.moves(found, lies.drawn, look.voice),
        rows=records(found.rows) if found else [],
        is_known=found is not None,
        noun=lies.drawn.noun,
        write=f.count if lies.kind == "tickets" else f.money,
        span=f"from {f.day(lies.weeks[1])} to {f.day(lies.weeks[0])}" if found else "",
        csv=look.csv("top-group-moves", lambda: _moved(look, lies.kind), lies.kind)
        if found and len(found.rows)
        else None,
    )


def _moved(look: Look, kind: str) -> pd.DataFrame:
    found = reads.top_moves(look.generation, look.scope, kind, EVERY)
    return found.rows.drop(columns="account_id") if found else pd.DataFrame()


def attention(look: Look, lies: Lies) -> Markup:
    """The share of executive calls and success hours that the accounts with 80 % of the value get."""
    by: Literal["revenue", "arr"] = "arr" if lies.kind in ("arr", "risk_arr") else "revenue"
    found = reads.attention(look.generation, look.scope, lies.week, by)
    why = {
        kind: reads.missing_shares(look.generation, look.scope, kind, lies.week)
        for kind in shares.ATTENTION
        if found is None or found.shares[kind] is None
    }
    rows = told.attention_rows(found, why, by, look.f) if found else []
    without, every = reads.success_without_minutes(look.generation, look.scope)
    return look.render(
        "profit_attention",
        title=told.attention(found, by, look.voice),
        rows=rows,
        by="ARR" if by == "arr" else by,
        needs=reads.missing_shares(look.generation, look.scope, by, lies.week) if found is None else None,
        without=without if rows else 0,
        every=every,
        csv=look.csv("attention", lambda: pd.DataFrame(rows, columns=["name", "share", "of", "why"]), by)
        if rows
        else None,
    )


def foot(look: Look) -> Markup:
    """The footer line."""
    says = ["HHI = sum of squared shares", "interval: bootstrap over accounts, 500 draws"]
    return look.render("foot", foot=findings.foot(look, says))


def html(look: Look, book: Book) -> Markup:
    """The sheets of this part; its figure is drawn beside them."""
    lies = Lies(look)
    parts = [part(look, lies) for part in (head, refusal, trend, moves, attention)]
    hole = look.render("profit_no_shares", lies=lies) if lies.missing else Markup()
    return Markup("").join([*parts, hole, foot(look)])


def show(look: Look, book: Book) -> None:
    """Draw the part."""
    import streamlit as st

    from dashboard.screens.canvas import draw

    lies = Lies(look)
    draw(head(look, lies), "top", "part", look.address.screen)
    left, right = st.columns(2, gap="medium")
    with left.container(gap=None):
        _pareto(look, lies)
    with right.container(gap=None):
        draw(trend(look, lies), "trend")
    left, right = st.columns(2, gap="medium")
    with left.container(gap=None):
        draw(moves(look, lies), "moved")
    with right.container(gap=None):
        draw(attention(look, lies), "attention")
    draw(foot(look), "foot", "part")


def _pareto(look: Look, lies: Lies) -> None:
    """The Pareto of the kind chosen with what it leaves out, or the place where it will stand."""
    from dashboard.panels import pareto
    from dashboard.screens.canvas import draw, panel

    if lies.missing:
        draw(look.render("profit_no_shares", lies=lies), "pareto-hole")
    else:
        cut = shares.pareto_of(lies.rows, lies.kind)
        names = names_of(look, cut.bars)
        panel(
            look,
            told.pareto(cut, lies.drawn, look.voice),
            f"Pareto: {lies.drawn.noun} by account, and running share; grey: the tail",
            "pareto",
            pareto.figure(cut, look.tone, look.f, names, CHART, lies.drawn),
            pareto.alt(cut, look.f, lies.drawn),
            look.csv("pareto", lambda: named(cut.bars, names).rename(columns={"revenue": lies.kind}), lies.kind),
            opens=True,
        )
    draw(refusal(look, lies), "refused")
