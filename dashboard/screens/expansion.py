"""White space: each account by product, what is open there and who can sell it; an opportunity list, never an alarm."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard.findings import expansion as told
from dashboard.look import Look
from dashboard.reads import EVERYTHING, Card, Sort
from dashboard.reads import openings as reads
from dashboard.reads.openings import Chosen
from dashboard.records import records

ROWS = 22
PRODUCTS = 7
REPS = 9
BEST, BEST_OF = 3, 4
"""Openings shown of each sales rep, and of how many reps."""
RISKS = 3


@dataclass(frozen=True)
class Space:
    """The part of the white space an address asks for."""

    chosen: Chosen
    sort: Sort
    products: list[dict[str, Any]]
    """All products in their fixed order, with the sums over the accounts chosen."""
    first: int
    is_units: bool

    @property
    def shown(self) -> list[dict[str, Any]]:
        """The products that stand side by side."""
        return self.products[self.first : self.first + PRODUCTS]


def panel(look: Look, card: Card) -> Markup:
    """The matrix beside the list per sales rep; where nothing can be told, the place of both."""
    order = _order(look)
    if not order:
        return look.render("space_hole", card=card)
    space = _space(look, order)
    totals = reads.totals(look.generation, look.scope, space.chosen)
    return look.render(
        "space",
        card=card,
        space=space,
        totals=totals,
        **_matrix(look, space, totals),
        **_reps(look, space, totals),
        **_controls(look, space),
    )


def _order(look: Look) -> list[str]:
    """Ids of all products: most open money first over the whole company, so that no filter moves a column."""
    every = look.generation.once("products", lambda: reads.products(look.generation, EVERYTHING, Chosen()))
    return [str(name) for name in every["product_id"]]


def _space(look: Look, order: list[str]) -> Space:
    more = look.address.more
    product, _, state = more.get("opening", "").rpartition(":")
    has_state = product in order and state in reads.STATES
    chosen = Chosen(
        more.get("rep"),
        more.get("industry"),
        more.get("find", "").strip(),
        product if has_state else None,
        state if has_state else None,
    )
    sums = {row["product_id"]: row for row in records(reads.products(look.generation, look.scope, chosen))}
    found = [sums[name] for name in order if name in sums]
    windows = range(1, ceil(len(found) / PRODUCTS) + 1)
    at = next((n for n in windows if str(n) == more.get("products")), 1)
    return Space(chosen, _sort(more, order), found, (at - 1) * PRODUCTS, more.get("show") == "units")


def _sort(more: Mapping[str, str], order: list[str]) -> Sort:
    by, _, way = more.get("sort", "").rpartition(":")
    known = by in reads.ORDERS or (by.startswith("product:") and by.removeprefix("product:") in order)
    return Sort(by, way == "asc") if known and way in ("asc", "desc") else Sort("arr")


def _matrix(look: Look, space: Space, totals: Mapping[str, float]) -> dict[str, Any]:
    pages = max(ceil(totals["accounts"] / ROWS), 1)
    text = look.address.more.get("page", "")
    at = min(max(int(text), 1), pages) if text.isascii() and text.isdigit() and len(text) < 7 else 1
    sort = space.sort
    found = reads.page(look.generation, look.scope, space.chosen, sort.by, sort.ascending, ROWS, (at - 1) * ROWS)
    cells = records(reads.cells(look.generation, look.scope, found["account_id"].tolist()))
    by_place = {(cell["account_id"], cell["product_id"]): cell for cell in cells}
    order = [product["product_id"] for product in space.shown]
    rows = [
        row | {"cells": [_cell(look, space, by_place.get((row["account_id"], name))) for name in order]}
        for row in records(found)
    ]
    shown = [cell for row in rows for cell in (by_place.get((row["account_id"], name)) for name in order) if cell]
    return {
        "title": told.title(totals, space.products, _who(space.chosen), look.voice),
        "rows": rows,
        "at": at,
        "pages": pages,
        "first": (at - 1) * ROWS,
        "risks": told.risks(shown, RISKS, look.f),
        "prices": told.prices(totals, look.f),
        "csv": look.csv("white-space", lambda: whole(look, space.chosen), space.chosen),
    }


def _cell(look: Look, space: Space, cell: dict[str, Any] | None) -> dict[str, Any] | None:
    """What stands at an account and product: its state, and one kind of number in the whole column."""
    if cell is None:
        return None
    return cell | {"text": _number(look, is_money(space, cell["product_id"]), cell)}


def is_money(space: Space, product: str) -> bool:
    """Whether a product's column is told in money: where it has a price, unless units are asked for."""
    return not space.is_units and any(row["priced"] for row in space.products if row["product_id"] == product)


def _number(look: Look, in_money: bool, cell: Mapping[str, Any]) -> str:
    if cell["state"] == "na":
        return "NA"
    if not in_money:
        return f"{look.f.value(cell['units'], '')} of {look.f.value(cell['wanted'], '')}"
    if cell["state"] == "penetrated":
        return ""
    return "no price" if cell["amount"] is None else look.f.money(cell["amount"])


def _reps(look: Look, space: Space, totals: Mapping[str, float]) -> dict[str, Any]:
    """The list per rep, whose sums add up to the matrix; the smallest ones stand together in one row."""
    rows = records(reads.reps(look.generation, look.scope, space.chosen))
    some, rest = rows[:REPS], rows[REPS:]
    return {
        "reps_title": told.reps(rows, look.voice),
        "reps": some,
        "others": _together(rest) if rest else None,
        "most": max((row["amount"] or row["openings"] for row in rows), default=0) or 1,
        "best": _best(look, space, [row["sales_rep"] for row in rows[:BEST_OF]]),
        "reps_csv": look.csv("openings", lambda: opportunities(look, space.chosen), space.chosen),
    }


def _best(look: Look, space: Space, people: list[str]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The best openings of the reps with most to sell; of a single one, more of them."""
    each = BEST if len(people) > 1 else BEST * BEST_OF
    found = records(reads.best(look.generation, look.scope, space.chosen, people, each))
    rows = [row | {"basis": told.basis(row, look.f)} for row in found]
    return [(name, [row for row in rows if row["sales_rep"] == name]) for name in people]


def _together(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"n": len(rows)} | {name: sum(row[name] for row in rows) for name in ("accounts", "openings", "amount")}


def _controls(look: Look, space: Space) -> dict[str, Any]:
    """Choices of rep and industry, what is chosen already, and the windows of products."""
    people, industries = reads.choices(look.generation, look.scope)
    chosen, here = space.chosen, look.address.here
    name = next((row["product"] for row in space.products if row["product_id"] == chosen.product), chosen.product)
    chips = [
        (f"“{chosen.text}”", here(find=None, page=None)) if chosen.text else None,
        (f"{name} {str(chosen.state).replace('na', 'NA')}", here(opening=None, page=None)) if chosen.state else None,
    ]
    selects = [
        ("rep", "Sales rep", "All sales reps", "No sales rep", people, chosen.rep),
        ("industry", "Industry", "All industries", "No industry", industries, chosen.industry),
    ]
    return {
        "chips": [chip for chip in chips if chip],
        "selects": [one for one in selects if len(one[4]) > 1 or one[5] is not None],
        "windows": ceil(len(space.products) / PRODUCTS),
        "window": space.first // PRODUCTS + 1,
    }


def _who(chosen: Chosen) -> str:
    return f" of {chosen.rep}" if chosen.rep else " without a rep" if chosen.rep == "" else ""


def whole(look: Look, chosen: Chosen) -> pd.DataFrame:
    """The whole matrix as one table: a row per account and product."""
    return reads.whole(look.generation, look.scope, chosen)


def opportunities(look: Look, chosen: Chosen) -> pd.DataFrame:
    """The opportunity list: a row per opening, by sales rep, the dearest first."""
    return reads.listed(look.generation, look.scope, chosen)
