"""Accounts: all of them with seven views, profit and what changed; or one of them, when the address names it."""

from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard import findings, marks, reads
from dashboard.findings import accounts as accounts_findings
from dashboard.look import Look
from dashboard.reads import Sort
from dashboard.records import records
from dashboard.screens.listing import Listing, chips, listing
from dashboard.screens.parts import moved_counts

ROWS = 25
ORDERS = ("arr", "name", "csm", "segment", "region", "joined", "profit", "margin", "revenue")
RANK = {"red": 0, "amber": 1, "green": 2}


def page(look: Look) -> Markup:
    """The list of accounts."""
    found = listing(look, ROWS, ORDERS, Sort("arr"))
    rows = [row | _moved(look, row) for row in look.overlay(records(_read(look, found, ROWS, found.first)))]
    moved = moved_counts(look, look.health)
    largest = reads.moves(look.generation, look.scope, look.week, look.health, 50)
    return look.render(
        "accounts",
        title=accounts_findings.title(
            moved, records(largest), look.titles, found.total, _has_scores(rows), found.is_picked, look.voice
        ),
        line=accounts_findings.line(found.total, found.weight, found.is_picked, look.week, look.voice),
        rows=rows,
        found=found,
        rows_per_page=ROWS,
        chips=chips(look, found),
        most=max((row["weight_arr"] or 0 for row in rows), default=0) or 1,
        has_revenue=any(row["revenue"] is not None for row in rows),
        has_profit=look.company.profit_missing is None,
        key=marks.key(marks.KEY) + Markup('<span class="gap"></span>') + marks.key(marks.KEY_EXPANSION),
        csv=look.csv("accounts", lambda: table(look, found), found.sort, found.pick),
        foot=findings.foot(look, ["profit: the window that ends with the week"]),
    )


def _has_scores(rows: list[dict[str, Any]]) -> bool:
    """Whether any view of the accounts shown has a score."""
    return any(state in marks.SCORED for row in rows for state in row["states"].values())


def _read(look: Look, found: Listing, limit: int, offset: int) -> pd.DataFrame:
    return reads.account_page(look.generation, look.scope, look.week, look.views, found.sort, found.pick, limit, offset)


def _moved(look: Look, row: dict[str, Any]) -> dict[str, Any]:
    """The states of an account in the order of the views, and the view that moved it furthest this week."""
    steps = []
    for card in look.cards:
        now, was = row[f"{card.view}_status"], row[f"{card.view}_was"]
        if now in RANK and was in RANK and now != was:
            steps.append((RANK[now] - RANK[was], card, was, now))
    states = {view: row[f"{view}_status"] for view in look.views}
    furthest = max(steps, key=lambda step: (abs(step[0]), -step[0]), default=None)
    return {"states": states, "move": furthest, "moves": len(steps)}


def table(look: Look, found: Listing) -> pd.DataFrame:
    """All accounts picked, in the order on screen, for a spreadsheet."""
    rows = look.overlay(records(_read(look, found, found.total or 1, 0)))
    facts = [
        "account_code",
        "name",
        "segment",
        "region",
        "industry",
        "country",
        "csm",
        "sales_rep",
        "joined_on",
        "arr",
        "seats",
    ]
    names = [*facts, "revenue", "profit", "margin", "band", *(f"{view}_status" for view in look.views)]
    told = [{name: row[name] for name in names} | {"by_hand": ", ".join(row["hands"])} for row in rows]
    return pd.DataFrame(told, columns=[*names, "by_hand"])


def show(look: Look) -> None:
    """Draw the list, or the account the address names."""
    from dashboard.screens import account, override
    from dashboard.screens.frame import sheet_of

    code = look.address.more.get("account")
    sheet_of(look, account.page(look, code) if code else page(look))
    if code:
        override.form(look, code)
