"""The first part of *Value*: lifetime value three ways, what winning accounts costs, and how the two moved."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard import findings, marks
from dashboard.findings import value_lifetime as told
from dashboard.look import Look
from dashboard.reads import lifetime as reads
from dashboard.reads import value as value_reads
from dashboard.records import records
from dashboard.screens.value_others import others
from dashboard.screens.value_top import Choice, as_of, choice, chosen, top
from dashboard.tiles import limits_of
from metrics.value import INTEREST, Figure, by_channel, cac_figures, last_quarters
from metrics.value.lifetime import FLOOR
from metrics.value.survival import HORIZON_YEARS
from metrics.xmr import signal

INTERESTS = (0.0, 0.05, 0.08, 0.1, 0.12, 0.15)
HORIZONS = (3, 5, 10)
MONTHS = 8
QUARTERS = 5
BUYERS = 9
PARTS = {"media": "Media", "pay": "Pay", "hours_cost": "Hours × rate", "overhead": "Overhead", "referral": "Referrals"}
WAYS = {"article": "Article", "margin": "Margin", "discounted": "Discounted"}


@dataclass(frozen=True)
class Book:
    """What the part is told from, each read once."""

    look: Look

    @property
    def interest(self) -> float:
        wanted = chosen(self.look, "interest", [f"{rate * 100:g}" for rate in INTERESTS], f"{INTEREST * 100:g}")
        return float(wanted) / 100

    @property
    def horizon(self) -> int:
        return int(chosen(self.look, "horizon", [str(years) for years in HORIZONS], str(HORIZON_YEARS)))

    @cached_property
    def card(self) -> reads.LifetimeCard:
        return reads.lifetime_card(self.look.generation, self.look.scope, self.interest, self.horizon)

    @cached_property
    def quarters(self) -> pd.DataFrame:
        """What winning accounts cost in the last four whole quarters, by channel."""
        return last_quarters(value_reads.acquisition_costs(self.look.generation, "quarter"))

    @property
    def window(self) -> str:
        """The quarters of the CAC in words."""
        names = list(dict.fromkeys(self.quarters["period"]))
        return f"{names[0]} to {names[-1]}" if len(names) > 1 else names[0] if names else "no whole quarter yet"

    @property
    def has_costs(self) -> bool:
        return self.card.sources.has_costs


def head(look: Look, book: Book) -> Markup:
    """Question and finding, with the choice of interest and horizon where they matter."""
    f = look.f
    line = ["12 months", f"CAC of {book.window}" if book.has_costs else "", as_of(look), f.currency, _whose(look)]
    return top(look, told.title(book.card, look.voice), line, _choices(look, book))


def _whose(look: Look) -> str:
    return "" if look.scope.is_all else "CAC and ratios speak of the whole company, so no filter cuts them"


def _choices(look: Look, book: Book) -> list[Choice]:
    if not book.card.sources.is_contractual:
        return []
    rates = {f"{rate * 100:g}": look.f.share(rate) for rate in INTERESTS}
    years = {str(n): f"{n} years" for n in HORIZONS}
    return [
        choice(look, "Interest a year", "interest", rates, f"{book.interest * 100:g}", f"{INTEREST * 100:g}", True),
        choice(look, "Survival up to", "horizon", years, str(book.horizon), str(HORIZON_YEARS), True),
    ]


def card(look: Look, book: Book) -> Markup:
    """Every way to a lifetime value, each with its reading against three times CAC."""
    ways = book.card.ways
    if not book.card.sources.is_contractual:
        return look.render("value_no_lifetime")
    most = max((way.ratio.value or 0 for way in ways), default=0) or 1
    window = f"12 months to {look.f.day(look.company.as_of)}"
    return look.render(
        "value_card",
        title=told.card_title(ways, look.voice),
        ways=ways,
        reading=told.reading,
        most=max(most, FLOOR * 1.2),
        floor=FLOOR,
        rests=told.assumptions(book.card, window, book.window, look.f),
        refused=str(reads.repeat_model(look.generation)["refused"].iloc[0]),
        csv=look.csv("lifetime-value", lambda: ways_table(book), book.interest, book.horizon),
    )


def ways_table(book: Book) -> pd.DataFrame:
    """The card as a table: one row per way, with its interval, both ratios and what it rests on."""
    rows = [
        {
            "way": way.label, "formula": way.formula, "ltv_before_cac": way.gross.value, "low": way.gross.low,
            "high": way.gross.high, "ltv_after_cac": way.net.value, "ratio_gross": way.ratio.value,
            "ratio_net": way.net_ratio.value, "n": way.gross.n, "reading": told.reading(way),
            "rests_on": way.gross.basis,
        }
        for way in book.card.ways
    ]  # fmt: skip
    return pd.DataFrame(rows)


def repeat(look: Look, book: Book) -> Markup:
    """Repeat purchase of accounts without contracts: both models with their numbers, and who will buy."""
    model = records(reads.repeat_model(look.generation))[0]
    sums = reads.repeat_sums(look.generation, look.scope)
    buyers = reads.repeat_buyers(look.generation, look.scope, BUYERS)
    return look.render(
        "value_repeat",
        title=told.repeat_title(sums["revenue"], int(sums["alive"]), int(sums["accounts"]), look.voice)
        if not model["refused"]
        else "No repeat-purchase model can be told",
        model=model,
        sums=sums,
        rows=records(buyers),
        csv=look.csv("repeat-purchase", lambda: repeat_table(look)),
    )


def repeat_table(look: Look) -> pd.DataFrame:
    """What every account is expected to buy in the next 52 weeks."""
    return reads.repeat_buyers(look.generation, look.scope, 10_000_000).drop(columns="account_id")


def trend(look: Look, book: Book) -> Markup:
    """LTV ÷ CAC at the end of each whole quarter, its change split into what LTV did and what CAC did."""
    way = chosen(look, "way", list(WAYS), "discounted")
    table = reads.ratio_trend(look.generation, way, book.interest)
    rows = records(table.tail(QUARTERS))
    effects = [row[name] for row in rows for name in ("ltv_effect", "cac_effect") if row[name] is not None]
    return look.render(
        "value_trend",
        title=told.trend(rows, look.voice),
        rows=rows,
        most=max([*effects, 0.0]),
        least=min([*effects, 0.0]),
        change=lambda value: look.f.change(value, lambda v: look.f.number(v, 1)),
        ways=choice(look, "LTV", "way", WAYS, way, "discounted").all,
        csv=look.csv("ltv-to-cac", lambda: table, way, book.interest),
    )


def costs(look: Look, book: Book) -> Markup:
    """What winning an account costs by channel, taken apart into what the cost is made of."""
    rows = channel_rows(book) if book.has_costs else []
    there, left_out = told.booked(book.quarters, PARTS)
    whole = cac_figures(book.quarters, book.card.margin, book.card.sources)
    return look.render(
        "value_channels",
        title=told.channels(rows, look.voice) if rows else "What winning an account costs is not connected",
        rows=rows,
        parts={name: PARTS[name] for name in there},
        left_out=left_out,
        note=whole["cac"].missing or "" if whole["cac"].value is not None else "",
        others=list(others(look, whole).values()),
        whole=_row(book.quarters, whole, "All channels"),
        basis=whole["cac_payback"].basis if whole["cac_payback"].value is not None else whole["cac_payback"].missing,
        window=book.window,
        has_costs=book.has_costs,
        no_channel="" if book.card.sources.has_channel else "accounts.channel",
        csv=look.csv("cac-by-channel", lambda: pd.DataFrame(rows)) if rows else None,
    )


def channel_rows(book: Book) -> list[dict[str, Any]]:
    """One row per channel that cost or won anything in the four quarters, the dearest first."""
    found = by_channel(book.quarters, book.card.margin, book.card.sources)
    rows = [_row(book.quarters[book.quarters["channel"] == name], figures, name) for name, figures in found.items()]
    return sorted(rows, key=lambda row: -row["cost"])


def _row(rows: pd.DataFrame, figures: dict[str, Figure], channel: str) -> dict[str, Any]:
    money = {name: float(rows[name].sum()) for name in ("cost", *PARTS)}
    return money | {
        "channel": channel,
        "won": int(rows["customers"].sum()),
        "cac": figures["cac"].value,
        "cac_media": figures["cac_media"].value,
        "payback": figures["cac_payback"].value,
        "why": figures["cac"].missing or "",
    }


def months(look: Look, book: Book) -> Markup:
    """CAC and payback by month, with whether the last month left the normal range."""
    rows = month_rows(look, book)
    series = pd.Series([row["cac"] for row in rows], dtype=float)
    limits, found = limits_of(series), signal(series)
    return look.render(
        "value_months",
        title=told.months(rows, found.direction if found else None, limits is not None, look.voice),
        rows=rows[-MONTHS:][::-1],
        limits=limits,
        spark=marks.spark(
            [None if v != v else v for v in series.tolist()[-24:]],
            (limits.lower, limits.centre, limits.upper) if limits else None,
            found is not None,
            width=420,
            height=52,
        ),
        n=min(len(rows), 24),
        csv=look.csv("cac-by-month", lambda: pd.DataFrame(rows)),
    )


def month_rows(look: Look, book: Book) -> list[dict[str, Any]]:
    """One row per whole month that has costs, over all channels, oldest first."""
    costs = value_reads.acquisition_costs(look.generation, "month")
    made = []
    for name, rows in costs[costs["is_whole"].astype(bool)].groupby("period", sort=True):
        figures = cac_figures(rows, book.card.margin, book.card.sources)
        row = _row(rows, figures, "")
        arr = rows["new_arr"].dropna()
        month = look.f.month(rows["closes_on"].iloc[0])
        made.append({"period": str(name), "month": month} | row | {"new_arr": float(arr.sum()) if len(arr) else None})
    return made


def show(look: Look) -> None:
    """Draw the part."""
    import streamlit as st

    from dashboard.screens.canvas import draw

    book = Book(look)
    draw(head(look, book), "top", "part", look.address.screen)
    for nth, (left, right) in enumerate(panels(look, book)):
        one, other = st.columns([1.45, 1] if nth == 0 else 2, gap="medium")
        with one.container(gap=None):
            draw(left, f"left-{nth}")
        with other.container(gap=None):
            draw(right, f"right-{nth}")
    draw(foot(look, book), "foot", "part")


def panels(look: Look, book: Book) -> list[tuple[Markup, Markup]]:
    """The panels, two side by side; without costs there is nothing to set a lifetime value against."""
    is_contractual = book.card.sources.is_contractual
    if is_contractual and not book.has_costs:
        return [(card(look, book), costs(look, book))]
    first = (card(look, book), trend(look, book)) if is_contractual else (repeat(look, book), card(look, book))
    return [first, (costs(look, book), months(look, book) if book.has_costs else Markup())]


def foot(look: Look, book: Book) -> Markup:
    """The footer line."""
    net = (
        f"{FLOOR} × CAC is a floor: read the gross ratio; LTV after CAC at {FLOOR} × asks for {FLOOR + 1} × before CAC"
    )
    return look.render("foot", foot=findings.foot(look, [net]))
