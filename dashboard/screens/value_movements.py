"""The second part of *Value*: what was kept of a year ago, the bridge of a month or quarter, and who moved it."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard import findings, marks
from dashboard.findings import value_movements as told
from dashboard.look import Look
from dashboard.reads import value as reads
from dashboard.records import records
from dashboard.screens.value_others import others
from dashboard.screens.value_top import Choice, choice, chosen, top
from dashboard.tiles import limits_of
from metrics.value import METHOD, SUMS, Figure, Sources, retention_figures
from metrics.xmr import signal

KINDS = {"quarter": "Quarters", "month": "Months"}
PERIODS = 12
PAST = 4
MOVERS = 13
CHART = 306
BEFORE = timedelta(weeks=13)
POINTS = 25


@dataclass(frozen=True)
class Book:
    """What the part is told from, each read once."""

    look: Look

    @cached_property
    def sources(self) -> Sources:
        return reads.value_sources(self.look.generation)

    @property
    def kind(self) -> str:
        return chosen(self.look, "by", list(KINDS), "quarter")

    @cached_property
    def bridges(self) -> pd.DataFrame:
        """Periods that had begun in the week looked at, oldest first."""
        rows = reads.bridges(self.look.generation, self.look.scope, self.kind)
        return rows[rows["opens_on"] < pd.Timestamp(self.look.week)]

    @cached_property
    def row(self) -> dict[str, Any] | None:
        """The period asked for; else the last whole one, else the one that runs; None where nothing ever moved."""
        rows = records(self.bridges)
        whole = [row for row in rows if row["is_whole"] and row["closes_on"] <= self.look.week]
        wanted = [row for row in rows if row["period"] == self.look.address.more.get("period")]
        return next(iter([*wanted, *whole[-1:], *rows[-1:]]), None)

    @property
    def default(self) -> str:
        """The period shown where the address names none."""
        rows = records(self.bridges)
        whole = [row["period"] for row in rows if row["is_whole"] and row["closes_on"] <= self.look.week]
        return str((whole or [row["period"] for row in rows])[-1])

    @property
    def movement(self) -> str | None:
        return chosen(self.look, "movement", reads.MOVEMENTS, "") or None

    @cached_property
    def retained(self) -> pd.DataFrame:
        """Both parts of every figure up to the week: its last day, and the ends of months before."""
        rows = reads.retained(self.look.generation, self.look.scope)
        return rows[rows["as_of"] <= pd.Timestamp(self.look.week)]

    @cached_property
    def now(self) -> dict[str, Figure]:
        return self._figures(self.retained.iloc[-1] if len(self.retained) else None)

    @cached_property
    def then(self) -> tuple[str, dict[str, Figure]] | None:
        """The newest day that lies a quarter before, with its figures."""
        if self.retained.empty:
            return None
        old = self.retained[self.retained["as_of"] <= self.retained["as_of"].iloc[-1] - BEFORE]
        if old.empty:
            return None
        return self.look.f.day(old["as_of"].iloc[-1].date()), self._figures(old.iloc[-1])

    @cached_property
    def history(self) -> list[dict[str, Figure]]:
        """Figures at the ends of months, and of the week, oldest first."""
        day = self.retained["as_of"]
        ends = self.retained[((day + timedelta(days=1)).dt.day == 1) | (day == day.max())]
        return [self._figures(row) for _, row in ends.tail(POINTS).iterrows()]

    def _figures(self, sums: Any) -> dict[str, Figure]:
        part = dict.fromkeys(SUMS, 0.0) if sums is None else {name: sums[name] for name in SUMS}
        return retention_figures(part, self.sources)

    @property
    def sums(self) -> dict[str, float]:
        row = self.retained.iloc[-1] if len(self.retained) else None
        return dict.fromkeys(SUMS, 0.0) if row is None else {name: float(row[name] or 0) for name in SUMS}


def head(look: Look, book: Book) -> Markup:
    """Question and finding, with the choice of periods."""
    line = [METHOD, f"12 months to {look.f.day(look.week)}", look.f.currency]
    return top(look, told.title(book.now, book.sums, look.voice), line, _choices(look, book))


def _choices(look: Look, book: Book) -> list[Choice]:
    if book.row is None:
        return []
    names = [str(name) for name in book.bridges["period"].tail(PERIODS)][::-1]
    names += [] if book.row["period"] in names else [book.row["period"]]
    running = {str(row["period"]) for row in records(book.bridges) if not row["is_whole"]}
    texts = {name: f"{_name(look, book, name)}{', running' if name in running else ''}" for name in names}
    kinds = [
        {"text": text, "href": look.address.here(by=None if kind == "quarter" else kind, period=None, movement=None),
         "is_on": kind == book.kind}
        for kind, text in KINDS.items()
    ]  # fmt: skip
    return [
        Choice("Bridge by", "by", kinds),
        choice(look, "Period", "period", texts, book.row["period"], book.default, True),
    ]


def _name(look: Look, book: Book, period: str) -> str:
    """A quarter by its name, a month as the company writes it."""
    if book.kind == "quarter":
        return period
    day = book.bridges.loc[book.bridges["period"] == period, "closes_on"].iloc[0]
    return look.f.month(day.date())


def tiles(look: Look, book: Book) -> Markup:
    """What a year kept and added, each with the value a quarter before; and what the months lost, with their range."""
    beside = others(look, book.now)
    made = [_tile(look, book, name) | {"others": beside.get(name)} for name in told.LABELS]
    return look.render("value_tiles", tiles=[*made, _lost(look, book)], beside=beside.values())


def _tile(look: Look, book: Book, name: str) -> dict[str, Any]:
    f, figure = look.f, book.now[name]
    unit = "number" if name == "quick_ratio" else "ratio"

    def write(value: float | None) -> str:
        return f.number(value, 1) if unit == "number" else f.share(value, 1)

    label, method = told.LABELS[name]
    day, then = (book.then[0], book.then[1][name]) if book.then else ("", None)
    reach = f"{write(figure.low)} to {write(figure.high)}" if figure.low is not None and figure.high is not None else ""
    return {
        "label": label,
        "method": method,
        "value": write(figure.value) if figure.value is not None else None,
        "missing": figure.missing or "",
        "before": told.before(figure, then, unit, day, f),
        "n": f"n = {f.count(figure.n)}" if figure.n is not None else "",
        "reach": reach,
        "spark": marks.spark([past[name].value for past in book.history], width=240, height=52),
        "is_signal": False,
    }


def _lost(look: Look, book: Book) -> dict[str, Any]:
    """What whole months lost of the ARR they began with: months share nothing, so they have a normal range."""
    f = look.f
    rows = lost_by_month(look)
    series = rows["share"]
    limits, found = limits_of(series), signal(series)
    known = series.dropna()
    month = f.month(rows["closes_on"].iloc[-1].date()) if len(rows) else ""
    return {
        "label": "Lost in a month",
        "method": f"of the ARR it began with{', ' + month if month else ''}",
        "value": f.share(known.iloc[-1], 2) if len(known) else None,
        "missing": "" if len(known) else "no whole month yet",
        "before": told.lost(found.direction if found else None, len(known), limits is not None) if len(known) else "",
        "n": f"{f.count(len(known))} months",
        "reach": f"normal {f.share(limits.lower, 2)} to {f.share(limits.upper, 2)}" if limits else "",
        "spark": marks.spark(
            [None if v != v else v for v in series.tolist()[-POINTS:]],
            (limits.lower, limits.centre, limits.upper) if limits else None,
            found is not None,
            width=240,
            height=52,
        ),
        "is_signal": found is not None,
        "others": None,
    }


def lost_by_month(look: Look) -> pd.DataFrame:
    """`period`, `closes_on` and the `share` of opening ARR that churned or was cut, of whole months up to the week."""
    rows = reads.bridges(look.generation, look.scope, "month")
    whole = rows[rows["is_whole"].astype(bool) & (rows["closes_on"] <= pd.Timestamp(look.week))]
    share = -(whole["churn"] + whole["contraction"]) / whole["opening"].where(whole["opening"] > 0)
    return whole[["period", "closes_on"]].assign(share=share)


def past(look: Look, book: Book) -> Markup:
    """The bridges of the last periods as a table that adds up along every row."""
    rows = records(book.bridges.tail(PAST).iloc[::-1])
    return look.render(
        "value_bridges",
        rows=[row | {"name": _name(look, book, row["period"])} for row in rows],
        steps=reads.BRIDGE,
        chosen=book.row["period"] if book.row else "",
        default=book.default,
    )


def accounts(look: Look, book: Book) -> Markup:
    """The accounts behind the bridge, or behind one of its bars."""
    assert book.row is not None
    row, movement = book.row, book.movement
    found = records(reads.movers(look.generation, look.scope, book.kind, row["period"], movement, MOVERS))
    shown = row | {"period": _name(look, book, row["period"])}
    ways = {"": "All"} | {name: name.capitalize() for name in reads.MOVEMENTS if row[f"n_{name}"] or name == movement}
    return look.render(
        "value_movers",
        title=told.movers(found, shown, movement, look.voice),
        measured=told.behind(movement, shown, len(found), look.f),
        rows=found,
        most=max((abs(one["amount"]) for one in found), default=0) or 1,
        ways=choice(look, "Show", "movement", ways, movement or "", "").all,
        csv=look.csv("movers", lambda: movers_table(look, book), book.kind, row["period"], movement),
    )


def movers_table(look: Look, book: Book) -> pd.DataFrame:
    """Every account that moved in the period."""
    assert book.row is not None
    rows = reads.movers(look.generation, look.scope, book.kind, book.row["period"], book.movement, 10_000_000)
    return rows.drop(columns="account_id")


def show(look: Look) -> None:
    """Draw the part."""
    import streamlit as st

    from dashboard.screens.canvas import draw

    book = Book(look)
    draw(head(look, book), "top", "part", look.address.screen)
    if not book.sources.is_contractual or book.row is None:
        draw(look.render("value_no_movements", is_contractual=book.sources.is_contractual), "hole", "part")
    else:
        draw(tiles(look, book), "tiles", "part")
        left, right = st.columns([1.35, 1], gap="medium")
        with left.container(gap=None):
            _bridge(look, book, book.row)
        with right.container(gap=None):
            draw(accounts(look, book), "movers", "part")
    draw(foot(look), "foot", "part")


def _bridge(look: Look, book: Book, row: dict[str, Any]) -> None:
    from dashboard.panels import bridge
    from dashboard.screens.canvas import draw, panel

    shown = row | {"period": _name(look, book, row["period"])}
    cut = f"; the ends are cut at {look.f.money(bridge.floor(row))}" if bridge.floor(row) else ""
    panel(
        look,
        told.bridge(shown, look.voice),
        f"Bridge of ARR, {look.f.currency}{cut}; a bar opens its accounts",
        "bridge",
        bridge.figure(shown, look.tone, look.f, book.movement, CHART),
        bridge.alt(shown, look.f),
        look.csv("arr-bridges", lambda: book.bridges, book.kind),
        opens=True,
        list_at=look.address.here(movement=None),
    )
    draw(past(look, book), "past")


def foot(look: Look) -> Markup:
    """The footer line."""
    parts = [
        "opening + movements = closing, one movement an account and period",
        "trailing figures overlap, so only the months’ loss has a normal range",
    ]
    return look.render("foot", foot=findings.foot(look, parts))
