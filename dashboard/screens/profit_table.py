"""The accounts behind the figures of *Profit*: by direct profit, after overheads, or one group of the diamond."""

from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard import reads
from dashboard.findings import profit as told
from dashboard.findings import profit_ratio as more_told
from dashboard.look import Look
from dashboard.reads import Sort, profit_parts, shares
from dashboard.records import records
from dashboard.screens.profit_book import Book
from metrics.profit.diamond import GROUPS

ROWS = 11
EVERY = 1_000_000
ORDERS = ("profit", "revenue", "margin", "name", "csm", "product_cost", "service_cost")


def table(look: Look, book: Book) -> Markup:
    """The accounts as the address asks for them."""
    group = look.address.more.get("group", "")
    if group in GROUPS and book.is_known:
        return _grouped(look, book, group)
    return _after(look, book) if book.is_after else _direct(look, book)


def _sort(look: Look, orders: Any, default: Sort) -> Sort:
    by, _, way = look.address.more.get("sort", "").partition(":")
    return Sort(by, way == "asc") if by in orders and way in ("asc", "desc") else default


def _direct(look: Look, book: Book) -> Markup:
    """Direct profit and its parts, in the order one asks for."""
    sort = _sort(look, ORDERS, Sort("profit", True) if book.is_known else Sort("revenue", False))
    rows = records(reads.profit_page(look.generation, look.scope, look.week, sort.by, sort.ascending, ROWS))
    return look.render(
        "profit_table",
        title=told.listed(rows, sort, book.figures, look.voice),
        rows=rows,
        sort=sort,
        book=book,
        shown=len(rows),
        total=len(book.rows),
        csv=look.csv("profit-accounts", lambda: _every(look, reads.profit_page, sort), sort),
    )


def _after(look: Look, book: Book) -> Markup:
    """Direct profit, overheads and what is left after them, or why that cannot be told."""
    sort = _sort(look, profit_parts.ORDERS, Sort("after_overheads", True))
    rows: list[dict[str, Any]] = []
    title = "Profit after overheads will stand here"
    if not book.no_overheads:
        page = profit_parts.after_overheads_page
        rows = records(page(look.generation, look.scope, look.week, sort.by, sort.ascending, ROWS))
        every = profit_parts.after_overheads(look.generation, look.scope, look.week)
        title = more_told.after(every, look.voice)
    return look.render(
        "profit_after",
        title=title,
        rows=rows,
        sort=sort,
        book=book,
        total=len(book.rows),
        csv=look.csv("profit-after-overheads", lambda: _every(look, profit_parts.after_overheads_page, sort), sort)
        if rows
        else None,
    )


def _grouped(look: Look, book: Book, group: str) -> Markup:
    """The accounts of one group of the diamond, by the money at stake."""
    found = shares.diamond_accounts(look.generation, look.scope, look.week, group, ROWS)
    return look.render(
        "profit_group",
        title=more_told.grouped(group, records(found), look.voice),
        group=group,
        rows=records(found),
        csv=look.csv(
            f"profit-{group}",
            lambda: shares.diamond_accounts(look.generation, look.scope, look.week, group, EVERY).drop(
                columns="account_id"
            ),
            group,
        ),
    )


def _every(look: Look, page: Any, sort: Sort) -> pd.DataFrame:
    rows: pd.DataFrame = page(look.generation, look.scope, look.week, sort.by, sort.ascending, EVERY)
    return rows.drop(columns="account_id")
