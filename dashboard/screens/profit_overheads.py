"""Overheads: the pools and what of them is nobody's, whose sign hangs on the key, the ledger, and prices realised."""

import pandas as pd
from markupsafe import Markup

from dashboard import findings
from dashboard.findings import profit_overheads as told
from dashboard.look import Look
from dashboard.reads import profit_parts as reads
from dashboard.records import records
from dashboard.screens.profit_book import OVERHEADS, Book, newest, top

KEYED = 8
MONTHS = 13
LOWEST = 5
EVERY = 1_000_000


def head(look: Look, book: Book) -> Markup:
    """Question, finding, and the months that are set against the week."""
    span, f = book.span, look.f
    line = ["Overhead pools of the whole company, shared out by their driver, to the cent"]
    if span:
        line.append(f"{f.month(span.first)} to {f.month(span.last)}, {span.there} of {span.months} months")
        line.append(f.currency)
    return top(look, told.title(_pools(look, book), span, look.voice), line)


def _pools(look: Look, book: Book) -> pd.DataFrame:
    return reads.overhead_pools(look.generation, look.week) if book.span else pd.DataFrame()


def pools(look: Look, book: Book) -> Markup:
    """Every pool: by what it is shared out, what is given, what is not and why, and the capacity behind it."""
    found = _pools(look, book)
    sums = reads.overhead_totals(look.generation, look.scope, look.week) if book.span else {}
    return look.render(
        "profit_pools",
        title=told.pools(found, look.voice),
        rows=records(found),
        says=told.adds_up(sums, book.span, look.voice),
        needs=OVERHEADS,
        csv=look.csv("overhead-pools", lambda: found) if len(found) else None,
    )


def keyed(look: Look, book: Book) -> Markup:
    """The accounts that earn by one allocation key and lose by another."""
    drivers = reads.key_drivers(look.generation)
    rows = records(reads.key_accounts(look.generation, look.scope, KEYED)) if drivers else []
    return look.render(
        "profit_keys",
        title=told.keys(rows, drivers, look.voice),
        rows=rows,
        drivers=drivers,
        day=newest(look),
        needs=OVERHEADS,
        csv=look.csv(
            "allocation-keys",
            lambda: reads.key_accounts(look.generation, look.scope, EVERY).drop(columns=["account_id", "total"]),
        )
        if rows
        else None,
    )


def ledger(look: Look, book: Book) -> Markup:
    """Invoices against the ledger, month by month."""
    found = reads.ledger_months(look.generation)
    rows = records(found.tail(MONTHS).iloc[::-1])
    differences = [float(row["difference"]) for row in rows]
    return look.render(
        "profit_ledger",
        title=told.ledger(found.tail(MONTHS), look.voice),
        rows=rows,
        most=max([*differences, 0.0]),
        least=min([*differences, 0.0]),
        csv=look.csv("ledger-months", lambda: found) if rows else None,
    )


def prices(look: Look, book: Book) -> Markup:
    """What of the list price is realised, over time and where it is least; and lines without a service period."""
    found = reads.price_realised(look.generation, look.scope)
    found = found.assign(price_realised=found["net_listed"] / found["list_revenue"].where(found["list_revenue"] > 0))
    found = found[found["as_of"] <= pd.Timestamp(look.week)]
    lowest = reads.after_overheads_page(look.generation, look.scope, look.week, "price_realised", True, LOWEST)
    return look.render(
        "profit_prices",
        title=told.prices(found, look.voice),
        values=[None if value != value else float(value) for value in found["price_realised"]],
        last=records(found.tail(1))[0] if len(found) else None,
        first=records(found.head(1))[0] if len(found) else None,
        rows=[row for row in records(lowest) if row["price_realised"] is not None],
        notes=look.company.profit_notes,
        csv=look.csv("price-realisation", lambda: found) if len(found) else None,
    )


def foot(look: Look, book: Book) -> Markup:
    """The footer line."""
    return look.render("foot", foot=findings.foot(look, ["unused capacity is shown and given to nobody"]))


def html(look: Look, book: Book) -> Markup:
    """The sheets of this part."""
    left = Markup("").join([pools(look, book), ledger(look, book)])
    right = Markup("").join([keyed(look, book), prices(look, book)])
    columns = look.render("profit_columns", left=left, right=right)
    return Markup("").join([head(look, book), columns, foot(look, book)])


def show(look: Look, book: Book) -> None:
    """Draw the part."""
    from dashboard.screens.canvas import draw

    draw(html(look, book), "sheet", "screen", look.address.screen)
