"""The forms beside the profit plan: in one a person adds a strategy, in the other they close one."""

from datetime import date, timedelta
from decimal import Decimal

import streamlit as st

from dashboard import reads
from dashboard.findings import plan as told
from dashboard.findings import profit as profit_findings
from dashboard.look import Look
from dashboard.reads import plan, profiles
from dashboard.reads.plan import Course, Group
from dashboard.screens.canvas import draw
from dashboard.screens.plan import FOR, STRATEGY, TYPE, Book
from dashboard.screens.who import Person, ask_name, give_name, keep_name, offer_another, who
from dashboard.voice import capital
from data.errors import UserError
from data.journal.limits import ENDINGS, LONGEST_GROUP, LONGEST_NAME, LONGEST_STRATEGY, TYPES
from data.journal.words import NotTaken

NEW = "new"
ONE = "One account, by its id"
QUARTER = 91
Target = tuple[str, str]
"""By what a group is named, and its value."""


def form(look: Look) -> None:
    """Draw the form the address asks for: a new strategy in the latest week, or one that is there."""
    keep_name()
    wanted = look.address.more.get(STRATEGY)
    if wanted == NEW and look.week == look.weeks[0]:
        st.dialog("Add a strategy", width=520, position="right", on_dismiss=_close)(_add)(look)
        return
    course = next((one for one in Book(look).courses if str(one.strategy.strategy_id) == wanted), None)
    if course:
        st.dialog("Strategy", width=520, position="right", on_dismiss=_close)(_end)(look, course)


def _close() -> None:
    for name in (STRATEGY, FOR, TYPE):
        if name in st.query_params:
            del st.query_params[name]


def _done(by: Person) -> None:
    give_name(by.name)
    _close()
    st.rerun()


def _add(look: Look) -> None:
    """The form for a new strategy."""
    with st.container(gap="small"):
        trouble = _entry(look)
        if trouble:
            draw(look.render("override_trouble", trouble=trouble), "strategy-trouble")


def _entry(look: Look) -> str:
    """The fields and the button; what went wrong comes back in words."""
    person, targets, more = who(), _targets(look), look.address.more
    with st.form("strategy-form", border=False, enter_to_submit=False):
        first = TYPES.index(more[TYPE]) if more.get(TYPE) in TYPES else 0
        kind = st.radio("Type", TYPES, first, format_func=capital, horizontal=True, key="strategy-type")
        whom = st.selectbox("For", list(targets), key="strategy-for") or ONE
        code = st.text_input("Account id", more.get(FOR, ""), max_chars=LONGEST_GROUP, key="strategy-account") or ""
        what = st.text_area("What will be done", max_chars=LONGEST_STRATEGY, height=90, key="strategy-what") or ""
        owner = st.text_input("Owner", max_chars=LONGEST_NAME, key="strategy-owner") or ""
        label = f"Expected profit a year, {look.f.currency}"
        amount = st.text_input(label, max_chars=20, placeholder=look.f.count(120_000), key="strategy-expected")
        due = st.date_input("Due", look.week + timedelta(days=QUARTER), key="strategy-due")
        name = ask_name(person, "strategy")
        adds = st.form_submit_button("Add the strategy", type="primary", key="strategy-add")
    offer_another(person, "strategy")
    if not adds:
        return ""
    by = person or Person(name)
    target = targets[whom] or ("account", code.strip())
    try:
        _store(look, by, str(kind), target, what, owner, amount or "", due if isinstance(due, date) else None)
    except UserError as trouble:
        return str(trouble)
    _done(by)
    return ""


def _targets(look: Look) -> dict[str, Target | None]:
    """Whom a strategy can be for, by what the form calls it; None for one account."""
    found: dict[str, Target | None] = {ONE: None}
    if look.company.profit_missing is None:
        found |= {f"All {told.BAND_WORDS[band]} accounts": ("band", band) for band in plan.BANDS}
        found[capital(told.PROFILE_WORDS)] = ("profile", "ideal")
    for by in plan.GROUPS:
        values = plan.group_values(look.generation, look.scope, by)
        found |= {f"{capital(by)}: {value}": (by, value) for value in values}
    return found


def _store(
    look: Look, by: Person, kind: str, target: Target, what: str, owner: str, amount: str, due: date | None
) -> None:
    """Store it with who is in the group, and what they earn now. Raises `UserError` for what can't be stored."""
    from data.journal.strategies import NewStrategy, add

    name, value = target
    found = _group(look, name, value)
    is_account = name == "account"
    if is_account and not found.codes:
        raise NotTaken(f"No account here has the id “{value}”." if value else "Give the id of the account.")
    if due is None:
        raise NotTaken("Say by when it is due.")
    new = NewStrategy(
        type=kind, what=what, owner=owner, expected=_amount(amount, look), due_on=due,
        week=look.week, members=found.codes, author=by.name, is_verified=by.is_verified,
        profit_then=found.profit, account_code=value if is_account else None,
        group_by=None if is_account else name, group_value=None if is_account else value,
    )  # fmt: skip
    add(reads.journal_to_write(look.generation), new)


def _group(look: Look, by: str, value: str) -> Group:
    """The accounts a strategy is for, of those that are looked at."""
    if by == "profile":
        return profiles.ideal_group(look.generation, look.scope, look.week)
    return plan.group_of(look.generation, look.scope, look.week, by, value)


def _amount(text: str, look: Look) -> Decimal:
    """The amount a person wrote, the company's way or plainly. Raises `NotTaken`."""
    from babel.numbers import NumberFormatError, parse_decimal

    for locale in (look.f.locale, "en_US"):
        try:
            return parse_decimal(text.strip(), locale=locale, strict=True)
        except NumberFormatError:
            continue
    raise NotTaken(f"Write the expected profit as a number, such as {look.f.count(120_000)}.")


def _end(look: Look, course: Course) -> None:
    """What one strategy says, and as long as it is open the way to close it."""
    with st.container(gap="small"):
        whom = told.for_whom(course, look.f)
        window = profit_findings.window(look.company)
        says = look.render("plan_strategy", one=course.strategy, whom=whom, course=course, window=window)
        draw(says, "strategy-now")
        trouble = _ending(look, course) if course.strategy.is_open else ""
        if trouble:
            draw(look.render("override_trouble", trouble=trouble), "strategy-trouble")


def _ending(look: Look, course: Course) -> str:
    """The fields and the button that close it; what went wrong comes back in words."""
    person = who()
    with st.form("strategy-ending", border=False, enter_to_submit=False):
        ending = st.radio("How it ended", ENDINGS, None, format_func=capital, horizontal=True, key="strategy-ended")
        name = ask_name(person, "strategy")
        closes = st.form_submit_button("Close the strategy", type="primary", key="strategy-close")
    offer_another(person, "strategy")
    if not closes:
        return ""
    from data.journal.strategies import close

    by = person or Person(name)
    try:
        close(reads.journal_to_write(look.generation), course.strategy.strategy_id, ending or "", by.name)
    except UserError as trouble:
        return str(trouble)
    _done(by)
    return ""
