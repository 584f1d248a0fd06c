"""Levers in the address and in words, and what is said of what they do."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import levers
from dashboard.findings import what_if as told
from dashboard.format import NBSP, Formats
from metrics.what_if import Levers, bands_of, what_if

F = Formats()
TEXTBOOK = (100, 60, 40, 10, 0, 0, -5, -15, -30, -60)


def book(profits=TEXTBOOK, revenue: float = 100.0) -> pd.DataFrame:
    n = len(profits)
    rows = pd.DataFrame({"account_id": range(1, n + 1), "revenue": [revenue] * n, "service_cost": [10.0] * n})
    rows["profit"] = pd.Series(profits, dtype=float)
    rows["band"] = bands_of(rows["revenue"].to_numpy(), rows["profit"].to_numpy(), np.ones(n, dtype=bool), 0.0)
    return rows


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ({}, Levers()),
        ({"price": "2", "serve": "-5", "restore": "1"}, Levers(0.02, -0.05, True)),
        ({"double": "60", "retention": "1.5"}, Levers(double=0.6, retention=0.015)),
        ({"price": "much", "serve": "1e2", "retention": "", "restore": "yes", "double": "-60"}, Levers()),
        ({"price": "51", "serve": "-51", "double": "96"}, Levers()),
        ({"price": "+1.25", "retention": "-2"}, Levers(price=0.0125, retention=-0.02)),
        ({"price": "٢", "serve": "²", "double": " 60"}, Levers()),
    ],
)
def test_what_an_address_asks_for(address, asked):
    assert levers.read(address) == asked


STEPS = st.integers(-5000, 5000).map(lambda n: n / 100)


@given(STEPS, STEPS, st.booleans(), st.integers(0, 95), STEPS)
def test_an_address_says_what_was_read_from_it(price, serve, restore, double, retention):
    texts = {"price": f"{price:g}", "serve": f"{serve:g}", "double": str(double), "retention": f"{retention:g}"}
    asked = levers.read(texts | ({"restore": "1"} if restore else {}))
    assert levers.read(levers.written(asked)) == asked


def test_a_lever_offers_its_usual_ways_and_the_one_it_is_set_to():
    offered = levers.choices(Levers(price=0.035), "price", F)
    assert [one.text for one in offered] == [
        f"−5{NBSP}%", f"−2{NBSP}%", "0", f"+1{NBSP}%", f"+2{NBSP}%", f"+3.50{NBSP}%", f"+5{NBSP}%",
    ]  # fmt: skip
    assert [one.value for one in offered if one.is_on] == ["3.5"]
    assert [one.value for one in levers.choices(Levers(), "restore", F) if one.is_on] == [None]


def test_levers_in_words():
    assert levers.sentence(Levers(), F) == "nothing assumed"
    everything = Levers(-0.02, 0.05, True, 0.6, 0.015)
    assert levers.words(everything, F, 1) == [
        f"2{NBSP}% off price", f"5{NBSP}% more cost to serve", "break-even for 1 loss-maker",
        f"doubling the top 60{NBSP}%", f"1.50{NBSP}pts more retention",
    ]  # fmt: skip


# Findings


def says(asked: Levers, looking, rows: pd.DataFrame | None = None, missing: str | None = None) -> tuple[str, str, str]:
    rows = book() if rows is None else rows
    base, after = (what_if(rows, each, 0.0, missing) for each in (Levers(), asked))
    voice = looking().voice
    found = told.title(asked, base.figures, after, voice), told.steps(asked, after, voice)
    return *found, told.figures(asked, base.figures, after, voice)


def test_break_even_for_the_textbook_company(looking):
    title, step, figures = says(Levers(restore=True), looking)
    assert title == "Break-even for 4 loss-makers would bring $110 a year: $210 in place of $100"
    assert step == "Break-even alone moves profit by +$110 a year"
    assert figures == "No account would make a loss in place of 4"


def test_doubling_says_how_many_times_revenue_is(looking):
    rows = book([30, 20, 5, 5])
    rows["revenue"] = [400.0, 200.0, 200.0, 200.0]
    asked = Levers(double=0.6)
    assert says(asked, looking, rows)[2] == "Revenue would be 1.6 times what it is"
    words = told.doubled(what_if(rows, asked, 0.0), asked, looking().voice)
    assert words == f"2 accounts bring 60{NBSP}% of revenue: doubled, the whole becomes 1.6{NBSP}×"


@pytest.mark.parametrize(
    ("asked", "rows", "missing", "title"),
    [
        (Levers(), book(), None, "Nothing is assumed yet: 10 accounts earn $100 a year"),
        (Levers(), book([-5.0]), None, "Nothing is assumed yet: 1 account loses $5 a year"),
        (Levers(price=-0.1), book(), None, f"10{NBSP}% off price would cost $100 a year: $0 in place of $100"),
        (Levers(restore=True), book([5.0]), None, "Break-even for no loss-maker would change nothing"),
        (
            Levers(price=0.1), book()[:0], None,
            "No account has an invoice in the profit window, so no lever has anything to act on",
        ),
        (
            Levers(price=0.1), book(), "not connected: invoices.product_cost",
            "Nobody can tell what a lever brings: profit waits for invoices.product_cost",
        ),
    ],
)  # fmt: skip
def test_titles(looking, asked, rows, missing, title):
    found = says(asked, looking, rows, missing)
    assert found[0] == title and all(len(each) <= 95 for each in found)


def test_retention_goes_no_further_than_nobody_leaving(looking):
    asked, within = Levers(retention=0.3), Levers(retention=0.046)
    words = f"no more than 4.6{NBSP}pts are to be had: then nobody leaves"
    assert told.capped(asked, within, looking().voice) == words
    assert told.capped(within, within, looking().voice) == ""


def test_many_levers_are_counted_where_their_names_do_not_fit(looking):
    title, step, _ = says(Levers(0.02, -0.05, True, 0.6, 0.02), looking)
    assert title.startswith("Five levers together would bring") and len(title) <= 95
    assert step.startswith("Doubling the top group moves profit most: +$")
