"""The frame around every screen: style, the bar, which screen is shown, and where a followed link leads."""

import logging
import os
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import streamlit as st
from markupsafe import Markup

from dashboard import reads, theme
from dashboard.address import Address, parse, read
from dashboard.look import Look
from dashboard.reads import BuiltBefore, NothingBuilt, Warehouse
from dashboard.screens.bar import bar, page_title
from dashboard.screens.canvas import FOLLOWED, draw
from dashboard.templating import render, sheet

_log = logging.getLogger(__name__)
COMPANY = "SEVENVIEWS_COMPANY"
"""The environment variable that names the company folder."""

SCREENS = {
    "": "week",
    "views": "matrix",
    "people": "people",
    "plan": "plan",
    "profit": "profit",
    "value": "value",
    "what-if": "what_if",
    "accounts": "accounts",
    "definitions": "definitions",
    "data": "data",
    "overrides": "overrides",
}
"""Path of a screen in the address, and its module; every view has its own path besides, and one module for all."""


@cache
def warehouse(folder: str) -> Warehouse:
    """The company's warehouse, opened once for all sessions of this server."""
    return Warehouse(Path(folder))


def run() -> None:
    """One run of the script: what the address asks for, drawn."""
    with st.container(gap=None):
        _run()


def _run() -> None:
    st.html(f"<style>{theme.css(st.context.theme.type)}{sheet()}</style>")
    folder = os.environ.get(COMPANY, "")
    try:
        generation = warehouse(folder).generation()
    except NothingBuilt:
        st.set_page_config(page_title="Seven Views", layout="wide")
        draw(render("nothing", {"folder": folder or "FOLDER"}), "nothing", "screen")
        return
    cards = reads.cards(generation)
    pages = {path: _page(path) for path in (*SCREENS, *(card.view for card in cards))}
    here = st.navigation(list(pages.values()), position="hidden")
    address = read(here.url_path, {name: st.query_params.get_all(name) for name in st.query_params})
    followed = st.session_state.pop(FOLLOWED, None)
    if followed:
        address = _follow(parse(followed), address, pages)
    look = Look(generation, address, theme.tone(st.context.theme.type))
    st.set_page_config(page_title=page_title(look), layout="wide", initial_sidebar_state="collapsed")
    _draw(look)


def _follow(wanted: Address, now: Address, pages: dict[str, Any]) -> Address:
    """Go where a link leads: another screen, or the same one under another address. Each is one step back."""
    if wanted.screen not in pages:
        return now
    if wanted.screen != now.screen:
        st.switch_page(pages[wanted.screen], query_params=wanted.params())
    if wanted.params() != now.params():
        st.query_params.from_dict(wanted.params())
    return wanted


def _draw(look: Look) -> None:
    draw(bar(look), "bar", "")
    module = SCREENS.get(look.address.screen, "view")
    screen: Callable[[Look], None] = import_module(f"dashboard.screens.{module}").show
    try:
        screen(look)
    except BuiltBefore as trouble:
        _log.warning("%s", trouble)
        draw(look.render("built_before", folder=os.environ.get(COMPANY, "FOLDER")), "before", "screen")


def sheet_of(look: Look, html: Markup, cls: str = "screen", form: str = "") -> None:
    """A screen that is one sheet. `form` names the form over it: a link that only opens one leaves the sheet as it was,
    which has to hear of it to stop waiting.
    """
    screen = f"{look.address.screen}/{look.address.more.get('account', '')}"
    draw(html, "sheet", cls, screen=screen, form=form)


@cache
def _page(path: str) -> Any:
    """The framework's page for a path. It has no body: the frame draws every screen."""

    def body() -> None:
        return None

    body.__name__ = path or "week"
    return st.Page(body, title=path or "week", url_path=path or "week", default=not path)
