"""Every screen as the HTML it puts on the page, without a browser, and the titles in it."""

import re
from html import unescape
from importlib import import_module

from markupsafe import Markup

from dashboard.look import Look
from dashboard.screens import (
    account,
    accounts,
    data,
    definitions,
    expansion,
    matrix,
    overrides,
    people,
    profit_book,
    view,
    week,
)
from dashboard.screens.bar import bar


def _profit(look: Look) -> Markup:
    part = import_module(f"dashboard.screens.profit_{profit_book.part_of(look)}")
    return part.html(look, profit_book.Book(look))


def _people(look: Look) -> Markup:
    found = people.People(look)
    if found.value is None:
        parts = [look.render("people_hole", words=found.missing), people.others(look, found)]
    else:
        parts = [part(look, found) for part in (people.facts, people.others, people.bridge)]
    return Markup("").join([people.top(look, found), *parts, people.foot(look, found)])


def _view(look: Look) -> Markup:
    card = look.card(look.address.screen)
    assert card is not None
    tile = view.tile_of(look, card)
    parts = [view.top(look, tile), view.strip(look, card) if tile.is_scored else Markup()]
    parts += [view.bottom(look, tile, view.measure_rows(look, card)), view.foot(look)]
    if card.is_expansion:
        parts.append(expansion.panel(look, card))
    parts.append(view.beneath(look, card) or Markup())
    return Markup("").join(parts)


SCREENS = {
    "": week.page,
    "views": matrix.page,
    "people": _people,
    "profit": _profit,
    "definitions": definitions.page,
    "data": data.page,
    "overrides": overrides.page,
}
HREFS = (
    "./", "views", "people", "profit", "accounts", "accounts?account=001000", "data", "definitions", "overrides",
    "definitions?measure=open_cases", "vendor_risk", "vendor_expansion",
    "client_outcomes", "client_maturity", "profit?money=after", "profit?group=restore",
    "profit?part=overheads", "profit?part=behaviour",
    "profit?part=concentration", "profit?part=concentration&of=tickets",
)  # fmt: skip
"""An address of every kind of screen."""


def html(look: Look) -> str:
    """The screen an address leads to, with the bar above it."""
    code = look.address.more.get("account")
    if look.address.screen == "accounts":
        page = account.page(look, code) if code else accounts.page(look)
    else:
        page = SCREENS.get(look.address.screen, _view)(look)
    return str(bar(look)) + str(page)


def titles(page: str) -> list[str]:
    """The finding of the screen and of each of its panels, as one reads them."""
    found = re.findall(r"<h([12])([^>]*)>(.*?)</h\1>", page, re.S)
    return [text(inside) for _, more, inside in found if "grp" not in more]


def text(markup: str) -> str:
    """Markup as one reads it."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", markup))).strip()
