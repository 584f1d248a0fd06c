"""The first part of *Profit*: bands and the six figures, whale curve, Pareto, diamond; who moved, and every account."""

import pandas as pd
from markupsafe import Markup

from dashboard import findings
from dashboard.findings import profit as told
from dashboard.findings import profit_ratio as more_told
from dashboard.look import Look
from dashboard.panels import diamond as shapes
from dashboard.reads import profit_parts
from dashboard.records import records
from dashboard.screens.profit_book import WORDS, Book, named, names_of, switch, top
from dashboard.screens.profit_table import table
from metrics import profit
from metrics.profit import ProfitFigures
from metrics.profit import diamond as diamonds
from metrics.profit.stobachoff import UNVERIFIED, stobachoff

CHART = 350
MOVED = 11


def head(look: Look, book: Book) -> Markup:
    """Question, finding, and the definition beneath."""
    f = look.f
    line = [
        "Customer profit ratio, our definition: net revenue − product cost − cost to serve",
        f"{told.window(look.company)} to {f.day(look.week)}",
        f.currency,
        "before overheads and tax",
    ]
    if book.figures.n_unknown and book.is_known:
        line.append(f"{f.count(book.figures.n_unknown)} accounts without a cost are left out")
    now = "after" if book.is_after else "direct"
    money = switch(look, "Money", "money", {"direct": "Direct profit", "after": "After overheads"}, now)
    return top(look, told.title(book.figures, book.losing, look.voice), line, [money])


def split(look: Look, book: Book) -> Markup:
    """The bands of the accounts, and the six figures of the ratio."""
    entered = book.split["entered"]
    moved = None if entered.isna().any() else int(entered.sum())
    since = look.f.day(book.before) if book.before else ""
    known = book.split["profit"]
    return look.render(
        "split",
        title=told.split(book.figures, moved, since, look.voice) if book.is_known else "",
        book=book,
        rows=records(book.split),
        since=since,
        six=six(look, book.figures),
        words=WORDS,
        after=_after_by_band(look, book) if book.is_after else None,
        most=float(known.max()),
        least=float(known.min()),
        csv=look.csv("profit-bands", lambda: book.split),
    )


def _after_by_band(look: Look, book: Book) -> dict[str, float]:
    """Profit after overheads of the accounts of each band, which stays that of direct profit; empty where none."""
    if book.no_overheads:
        return {}
    rows = profit_parts.after_overheads(look.generation, look.scope, look.week)
    bands = rows["account_id"].map(book.rows.set_index("account_id")["band"])
    return {str(band): float(amount) for band, amount in rows.groupby(bands)["after_overheads"].sum().items()}


def six(look: Look, g: ProfitFigures) -> list[tuple[str, str, str, str]]:
    """Name, value, unit and definition of the six figures; a dash where one cannot be said, and why."""
    f = look.f
    whole = [round(share * 100) for share in g.split] if g.split else []
    ratio = " : ".join(str(share) for share in whole) or "–"
    none = "no account loses"
    peak = "of profit kept" if g.whale_peak is not None else "no profit is kept"
    return [
        ("CPR split", ratio, "% of accounts", "n₊ : n₀ : n₋"),
        ("CPR count", f.number(g.cpr_count, 1), "winners to a loser" if g.cpr_count is not None else none, "n₊ ÷ n₋"),
        ("CPR money", f.number(g.cpr_money, 1), "earned to 1 lost" if g.cpr_money is not None else none, "Σπ₊ ÷ |Σπ₋|"),
        ("Erosion", f.share(g.erosion), "of what winners earn", "|Σπ₋| ÷ Σπ₊"),
        ("Whale peak", f.share(g.whale_peak), peak, "Σπ₊ ÷ Σπ"),
        ("Break-even prize", f.money(g.break_even_prize), told.period(look.company), "|Σπ₋|"),
    ]


def diamond(look: Look, book: Book) -> Markup:
    """Whom to retain, whose profit to raise and whom to restore, as slices of a diamond."""
    found = book.diamond if book.is_known else pd.DataFrame()
    rows = {row["diamond"]: row for row in records(found)}
    counts = {group: int(rows[group]["accounts"]) if rows else 0 for group in diamonds.GROUPS}
    return look.render(
        "profit_diamond",
        title=more_told.diamond(counts, look.voice),
        rows=rows,
        groups=diamonds.GROUPS,
        meanings=diamonds.MEANINGS,
        says=more_told.small(rows.get(diamonds.SMALL), look.voice),
        slices=shapes.slices(counts),
        shapes=shapes,
        chosen=look.address.more.get("group", ""),
        csv=look.csv("profit-diamond", lambda: found) if rows else None,
    )


def moves(look: Look, book: Book) -> Markup:
    """The accounts in another band than a quarter before, named, the largest change of profit first."""
    found = book.moves if book.is_known else None
    since = look.f.day(book.before) if book.before else ""
    names = names_of(look, found.head(MOVED)) if found is not None else {}
    return look.render(
        "profit_moves",
        title=more_told.moves(found, since, look.voice) if found is not None else "Moves between bands will stand here",
        is_known=found is not None,
        rows=records(named(found.head(MOVED), names)) if found is not None else [],
        total=len(found) if found is not None else 0,
        since=since,
        words=WORDS,
        csv=look.csv("profit-moves", lambda: named(found, names_of(look, found))) if found is not None else None,
    )


def foot(look: Look, book: Book) -> Markup:
    """The footer line."""
    f = look.f
    parts = [f"τ = {f.share(look.company.profit_band, 1)}", *look.company.profit_notes]
    if book.figures.n_idle:
        parts.append(f"{f.count(book.figures.n_idle)} accounts without revenue and cost are in no band")
    return look.render("foot", foot=findings.foot(look, parts))


def html(look: Look, book: Book) -> Markup:
    """The sheets of this part; its figures are drawn beside them."""
    return Markup("").join(part(look, book) for part in (head, split, diamond, moves, table, foot))


def show(look: Look, book: Book) -> None:
    """Draw the part."""
    import streamlit as st

    from dashboard.screens.canvas import draw

    draw(head(look, book), "top", "part", look.address.screen)
    left, right = st.columns(2, gap="medium")
    with left.container(gap=None):
        draw(split(look, book), "split")
    with right.container(gap=None):
        _whale(look, book)
    left, right = st.columns(2, gap="medium")
    with left.container(gap=None):
        _pareto(look, book)
    with right.container(gap=None):
        draw(diamond(look, book), "diamond")
    left, right = st.columns(2, gap="medium")
    with left.container(gap=None):
        draw(moves(look, book), "moved")
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
    names = names_of(look, curve.points)
    panel(
        look,
        told.whale(curve, look.voice),
        f"Whale curve: running direct profit, {look.f.currency}; {_subsidising(look, book)}",
        "whale",
        whale.figure(curve, look.tone, look.f, names, CHART),
        whale.alt(curve, look.f),
        look.csv("whale", lambda: named(curve.points, names)),
        opens=True,
    )


def _subsidising(look: Look, book: Book) -> str:
    """The Stobachoff index with its mark, or why there is none."""
    index = stobachoff(book.rows)
    if index is None:
        return "no Stobachoff index, as no profit is kept"
    return f"Stobachoff index {look.f.number(index.index, 2)}, {UNVERIFIED.partition(':')[0]}"


def _pareto(look: Look, book: Book) -> None:
    """The Pareto of revenue, or the place where it will stand."""
    from dashboard.panels import pareto
    from dashboard.screens.canvas import draw, panel

    cut = profit.pareto(book.rows)
    if not cut.accounts:
        draw(look.render("pareto_hole", book=book), "pareto-hole")
        return
    names = names_of(look, cut.bars)
    panel(
        look,
        told.pareto(cut, look.voice),
        f"Pareto: revenue by account, {look.f.currency}, and running share; grey: the tail",
        "pareto",
        pareto.figure(cut, look.tone, look.f, names, CHART),
        pareto.alt(cut, look.f),
        look.csv("pareto", lambda: named(cut.bars, names)),
        opens=True,
    )
