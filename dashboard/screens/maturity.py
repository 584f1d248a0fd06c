"""Maturity against health: an axis beside one chosen view, never a sum; each of nine cells suggests a play."""

from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard.findings import maturity as told
from dashboard.look import Look
from dashboard.reads import Card
from dashboard.reads import maturity as reads
from dashboard.records import records

VIEW = "client_maturity"
DEFAULT = "vendor_risk"
Cell = dict[str, Any]


def panel(look: Look, card: Card) -> Markup:
    """The nine cells against the view the address chooses; where maturity is not connected, the place of them."""
    others = [other for other in look.cards if other.view in look.health and other.view != card.view]
    health = _chosen(look, others)
    if not card.connected or health is None:
        return look.render("maturity_hole", card=card, health=health)
    rows = records(reads.pairs(look.generation, look.scope, look.week, card.view, health.view))
    cells = {(row["maturity"], row["health"]): row for row in rows if (row["maturity"], row["health"]) in told.PLAYS}
    total = sum(row["arr"] for row in rows) or 1
    return look.render(
        "maturity",
        card=card,
        health=health,
        others=others,
        title=told.title(cells, health, look.voice),
        unscored=told.unscored(rows, health, look.voice),
        grid=[(level, [_cell(look, card, health, level, state, cells, total) for state in told.HEALTH])
              for level in told.MATURITY],
        levels=told.LEVELS,
        states=told.HEALTH,
        csv=look.csv("maturity", lambda: table(look, rows), health.view),
    )  # fmt: skip


def _chosen(look: Look, others: list[Card]) -> Card | None:
    """The view on the health axis: the one in the address, else Vendor Risk, else the first there is."""
    by_view = {card.view: card for card in others}
    wanted = by_view.get(look.address.more.get("health", ""))
    return wanted or by_view.get(DEFAULT) or next(iter(others), None)


def _cell(
    look: Look, card: Card, health: Card, level: str, state: str, cells: dict[tuple[str, str], Cell], total: float
) -> Cell:
    found = cells.get((level, state), {"accounts": 0, "arr": 0.0})
    name, words = told.PLAYS[level, state]
    return {
        "accounts": int(found["accounts"]),
        "arr": found["arr"],
        "share": found["arr"] / total,
        "play": name,
        "words": words,
        "state": state,
        "href": look.address.to("views", only=f"{card.view}:{level},{health.view}:{state}"),
    }


def table(look: Look, rows: list[Cell]) -> pd.DataFrame:
    """The nine cells and what stands in none, as one table with the plays."""
    plays = [told.PLAYS.get((row["maturity"], row["health"]), ("", "")) for row in rows]
    return pd.DataFrame(rows).assign(play=[name for name, _ in plays], words=[words for _, words in plays])
