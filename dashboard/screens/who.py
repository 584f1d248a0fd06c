"""Who is at the screen: whom the login names, else the name they gave once, which nobody has checked."""

from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote

import streamlit as st
from markupsafe import Markup

from data.journal.limits import LONGEST_NAME

COOKIE = "sevenviews_name"

_SCRIPT = """
export default function ({ data }) {
  const secure = window.location.protocol === 'https:' ? '; secure' : '';
  const value = encodeURIComponent(data.name);
  document.cookie = `${data.cookie}=${value}; path=/; max-age=31536000; samesite=lax${secure}`;
}
"""


@dataclass(frozen=True)
class Person:
    """Whoever enters something. `is_verified` when a login says who it is."""

    name: str
    is_verified: bool = False


def who() -> Person | None:
    """The person at this screen; None as long as nobody said. Every entry asks here and nowhere else."""
    if st.user.get("is_logged_in"):
        return Person(str(st.user.get("name") or st.user.get("email") or st.user.get("sub")), is_verified=True)
    given = st.session_state.get(COOKIE) or _kept()
    return Person(given) if given else None


def give_name(name: str) -> None:
    """Take a name for this session; `keep_name` lets the browser remember it."""
    st.session_state[COOKIE] = " ".join(name.split())[:LONGEST_NAME]


def forget_name() -> None:
    """Ask again."""
    st.session_state[COOKIE] = ""
    st.session_state[f"{COOKIE}_forgotten"] = True


def keep_name() -> None:
    """Have the browser remember a name given in this session, for a year."""
    given = st.session_state.get(COOKIE)
    if given and given != _cookie():
        _component()(data={"name": given, "cookie": COOKIE}, key="keep-name")


def _kept() -> str:
    return "" if st.session_state.get(f"{COOKIE}_forgotten") else _cookie()


def _cookie() -> str:
    """What the browser remembers: foreign text like any other."""
    return " ".join(unquote(str(st.context.cookies.get(COOKIE, "")), errors="replace").split())[:LONGEST_NAME]


@cache
def _component() -> Any:
    """Registered once in the life of the server."""
    return st.components.v2.component("seven_name", html="<span></span>", js=_SCRIPT)


def ask_name(person: Person | None, key: str) -> str:
    """The field for a name in a form, the first time; afterwards the name is only shown. The name comes back."""
    from dashboard.screens.canvas import draw

    if person is None:
        name = st.text_input("Your name", max_chars=LONGEST_NAME, autocomplete="name", key=f"{key}-name") or ""
        st.caption("Asked once and kept in this browser. Nobody checks it, so it is shown as unverified.")
        return name
    checked = "" if person.is_verified else " (unverified)"
    draw(Markup('<p class="q long">Entered as {}{}.</p>').format(person.name, checked), f"{key}-as")
    return person.name


def offer_another(person: Person | None, key: str) -> None:
    """The way to be asked again, for whoever shares a browser; beneath a form."""
    if person and not person.is_verified and st.button("I am someone else", type="tertiary", key=f"{key}-other"):
        forget_name()
        st.rerun(scope="fragment")
