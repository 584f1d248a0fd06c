"""The form beside an account in which a person sets the band of one view by hand, or takes it back."""

from typing import Any

import streamlit as st

from dashboard import marks, reads
from dashboard.hands import Hand
from dashboard.look import Look
from dashboard.reads import Card
from dashboard.records import records
from dashboard.screens.canvas import draw
from dashboard.screens.who import Person, ask_name, give_name, keep_name, offer_another, who
from data.errors import UserError
from data.journal.limits import DAYS, LONGEST_REASON, MOST_DAYS

OPEN = "override"
"""The part of the address that opens the form: the view to set, or anything else for the first."""

BANDS = ("green", "amber", "red")


def form(look: Look, code: str) -> None:
    """Draw the form over the account where the address asks for it and the account is scored in the latest week."""
    keep_name()
    if OPEN not in look.address.more or look.week != look.weeks[0]:
        return
    row = _row(look, code)
    if row is None or not look.cards:
        return
    st.dialog("Set a value by hand", width=520, position="right", on_dismiss=_close)(_body)(look, row)


def _row(look: Look, code: str) -> dict[str, Any] | None:
    """The account in the latest week, values by hand laid over; None when it is not live in it, or not in the scope."""
    account = reads.find_account(look.generation, look.scope, code)
    if account is None:
        return None
    weeks = records(reads.account_now(look.generation, look.scope, int(account["account_id"]), look.week))
    now = [row for row in weeks if row["as_of"] == look.week]
    return look.overlay(now)[0] if now else None


def _close() -> None:
    if OPEN in st.query_params:
        del st.query_params[OPEN]


def _done() -> None:
    _close()
    st.rerun()


def _body(look: Look, row: dict[str, Any]) -> None:
    """What the form holds."""
    with st.container(gap="small"):
        card = _view(look)
        hand: Hand | None = row["hands"].get(card.view)
        says = {"look": look, "card": card, "row": row, "hand": hand, "rule": _rule(row, card, hand)}
        draw(look.render("override", **says), "override-now")
        trouble = _entry(look, row, card, hand)
        if trouble:
            draw(look.render("override_trouble", trouble=trouble), "override-trouble")


def _view(look: Look) -> Card:
    wanted = look.address.more.get(OPEN, "")
    first = next((nth for nth, card in enumerate(look.cards) if card.view == wanted), 0)
    titles = [card.title for card in look.cards]
    return look.cards[titles.index(st.selectbox("View", titles, index=first, key="override-view") or titles[first])]


def _rule(row: dict[str, Any], card: Card, hand: Hand | None) -> reads.Rule:
    return hand.rule if hand else reads.Rule(row[f"{card.view}_status"], row[f"{card.view}_points"])


def _entry(look: Look, row: dict[str, Any], card: Card, hand: Hand | None) -> str:
    """The fields and buttons; what went wrong comes back in words."""
    rule, person = _rule(row, card, hand), who()
    with st.form("override-form", border=False, enter_to_submit=False):
        bands = [band for band in BANDS if band != rule.status]
        words = {marks.word(band, card.is_expansion): band for band in bands}
        band = st.radio("Value by hand", list(words), index=None, horizontal=True, key=f"override-band-{card.view}")
        reason = st.text_area("Reason", max_chars=LONGEST_REASON, height=110, key="override-reason")
        days = st.number_input("Days it stands", 1, MOST_DAYS, DAYS, key="override-days")
        st.caption("After that the rule counts again by itself. A reason is shown to everyone who sees the account.")
        name = ask_name(person, "override")
        sets = st.form_submit_button("Set by hand", type="primary", key="override-set")
        takes_back = hand is not None and st.form_submit_button("Withdraw the value by hand", key="override-withdraw")
    offer_another(person, "override")
    if not sets and not takes_back:
        return ""
    by = person or Person(name)
    try:
        if takes_back and hand:
            _withdraw(look, hand, by)
        else:
            _set(look, row, card, rule, by, words.get(band or "", ""), reason or "", int(days or 0))
    except UserError as trouble:
        return str(trouble)
    give_name(by.name)
    _done()
    return ""


def _set(
    look: Look, row: dict[str, Any], card: Card, rule: reads.Rule, by: Person, band: str, reason: str, days: int
) -> None:
    """Store it. Raises `UserError` for what can't be stored."""
    from data.journal.overrides import Entry, NotTaken, enter

    if not band:
        raise NotTaken("Pick the band it should have.")
    entry = Entry(
        row["account_code"], card.view, look.week, rule.points, rule.status, band, reason, by.name, by.is_verified, days
    )
    enter(reads.journal_to_write(look.generation), entry)


def _withdraw(look: Look, hand: Hand, by: Person) -> None:
    """End it with this week. Raises `UserError`."""
    from data.journal.overrides import withdraw

    withdraw(reads.journal_to_write(look.generation), hand.override.override_id, by.name, look.week)
