"""Maturity against health: nine cells that add up to the accounts scored in both, each with its play and its list."""

import re

import pytest

from dashboard.address import parse
from dashboard.findings import maturity as told
from dashboard.reads import EVERYTHING, Scope
from dashboard.reads import maturity as reads
from dashboard.screens import maturity
from tests.dashboard.made import AS_OF
from tests.dashboard.pages import html, text, titles


def panel(looking, href="client_maturity", kind="usual"):
    look = looking(kind, href)
    return str(maturity.panel(look, look.card("client_maturity")))


def test_the_nine_cells_and_the_rest_are_all_accounts(looking):
    look = looking("usual")
    rows = reads.pairs(look.generation, EVERYTHING, AS_OF, "client_maturity", "vendor_risk")
    assert rows["accounts"].sum() == 120
    inside = rows[rows["maturity"].isin(told.MATURITY) & rows["health"].isin(told.HEALTH)]["accounts"].sum()
    page = panel(looking)
    shown = [int(n) for n in re.findall(r">(\d+) accounts?</a>", page)]
    assert sum(shown) == inside
    rest = 120 - inside
    assert (f"{rest} account" in text(page) and "no play" in text(page)) or rest == 0


def test_a_cell_leads_to_exactly_its_accounts(looking):
    page = panel(looking)
    cells = re.findall(r'<a href="(views\?only=[^"]+)"[^>]*>(\d+) accounts?</a>', page)
    assert cells
    for href, n in cells:
        listed = text(html(looking("usual", href.replace("&amp;", "&"))))
        assert f"of {n}" in listed or f"{n} account" in listed, href
        pairs = dict(part.split(":") for part in parse(href.replace("&amp;", "&")).more["only"].split(","))
        assert set(pairs) == {"client_maturity", "vendor_risk"}


def test_health_is_one_view_chosen_in_the_address_and_never_a_sum(looking):
    assert "in Vendor Risk" in text(panel(looking))
    other = panel(looking, "client_maturity?health=client_experience")
    assert "in Client Experience" in text(other) and "in Vendor Risk" not in text(other)
    for not_an_axis in ("vendor_expansion", "client_maturity", "nothing"):
        assert "in Vendor Risk" in text(panel(looking, f"client_maturity?health={not_an_axis}"))
    assert "Vendor Expansion" not in text(panel(looking))


def test_every_pair_has_a_play_of_its_own_marked_as_our_proposal(looking):
    assert len({name for name, _ in told.PLAYS.values()}) == 9
    page = panel(looking)
    assert "the plays are our own proposal" in text(page)
    for name, words in told.PLAYS.values():
        assert f"{name} {words}" in text(page)


def test_it_obeys_the_scope(looking):
    look = looking("usual")
    assert reads.pairs(look.generation, Scope(region=("Nowhere",)), AS_OF, "client_maturity", "vendor_risk").empty
    assert "No account has a score in both" in panel(looking, "client_maturity?region=Nowhere")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (
            {("green", "red"): (3, 4e6), ("red", "green"): (9, 9e6)},
            "3 accounts far along are red in Vendor Risk, $4.0M of ARR: they know how to leave",
        ),
        (
            {("red", "green"): (9, 3e6), ("amber", "amber"): (1, 1e6)},
            "Nobody far along is red; 75 % of ARR is early and green",
        ),
        ({}, "No account has a score in both maturity and Vendor Risk"),
    ],
)
def test_the_title_names_what_could_leave_else_the_largest_part(looking, cells, said):
    look = looking("usual")
    found = {pair: {"accounts": n, "arr": arr} for pair, (n, arr) in cells.items()}
    assert told.title(found, look.card("vendor_risk"), look.voice).replace("\u00a0", " ") == said


def test_without_maturity_the_place_says_what_to_connect(looking):
    page = panel(looking, kind="accounts only")
    assert "Not connected: maturity" in text(page) and "<table" not in page


def test_the_table_twin_names_the_plays(looking):
    look = looking("usual", "client_maturity")
    rows = maturity.table(look, [{"maturity": "green", "health": "red", "accounts": 2, "arr": 5.0}])
    assert rows.iloc[0]["play"] == "Save"


def test_it_stands_on_the_maturity_screen(looking):
    assert 'id="plays"' in html(looking("usual", "client_maturity"))
    assert any("far along" in title for title in titles(html(looking("usual", "client_maturity"))))
