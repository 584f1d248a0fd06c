"""The form in which a person saves the levers as they stand, under a name."""

import streamlit as st

from dashboard import levers, reads
from dashboard.look import Look
from dashboard.screens.canvas import draw
from dashboard.screens.what_if import SAVE, assumptions
from dashboard.screens.who import Person, ask_name, give_name, keep_name, offer_another, who
from data.errors import UserError
from data.journal.limits import LONGEST_NAME


def form(look: Look) -> None:
    """Draw the form where the address asks for it and a lever is pulled."""
    keep_name()
    if SAVE not in look.address.more or not assumptions(look):
        return
    st.dialog("Save this what-if", width=460, position="right", on_dismiss=_close)(_body)(look)


def _close() -> None:
    if SAVE in st.query_params:
        del st.query_params[SAVE]


def _body(look: Look) -> None:
    """What the form holds."""
    said = levers.sentence(levers.read(look.address.more), look.f)
    with st.container(gap="small"):
        draw(look.render("what_if_save", said=said, kept=assumptions(look)), "what-if-now")
        trouble = _entry(look)
        if trouble:
            draw(look.render("override_trouble", trouble=trouble), "what-if-trouble")


def _entry(look: Look) -> str:
    """The fields and the button; what went wrong comes back in words."""
    person = who()
    with st.form("what-if-form", border=False, enter_to_submit=False):
        name = st.text_input("Name of the what-if", max_chars=LONGEST_NAME, key="what-if-title") or ""
        st.caption("One of the same name is replaced; the version before is kept in the journal.")
        author = ask_name(person, "what-if")
        saves = st.form_submit_button("Save", type="primary", key="what-if-save")
    offer_another(person, "what-if")
    if not saves:
        return ""
    by = person or Person(author)
    try:
        _save(look, name, by)
    except UserError as trouble:
        return str(trouble)
    give_name(by.name)
    _close()
    st.rerun()
    return ""


def _save(look: Look, name: str, by: Person) -> None:
    """Store it. Raises `UserError` for what can't be stored."""
    from data.journal.scenarios import save

    save(reads.journal_to_write(look.generation), name, assumptions(look), by.name, by.is_verified)
