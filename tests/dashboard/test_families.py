"""Parent accounts: their family with the worst of each view and points by ARR; a child names its parent."""

import re

import pytest

from dashboard.findings import families as told
from dashboard.reads import EVERYTHING, Scope
from dashboard.reads import families as reads
from dashboard.screens import family
from tests.dashboard.made import AS_OF, VIEWS
from tests.dashboard.pages import html, text, titles


def test_a_parent_shows_its_children_and_points_by_arr(looking):
    look = looking("usual", "accounts?account=001000")
    rows = reads.members(look.generation, EVERYTHING, 1, AS_OF, VIEWS)
    whole = reads.together(look.generation, EVERYTHING, 1, AS_OF).set_index("view")
    assert list(rows["account_code"]) == ["001000", "001001", "001002"]
    known = rows[rows["vendor_risk_points"].notna()]
    weighed = (known["vendor_risk_points"] * known["arr"]).sum() / known["arr"].sum()
    assert whole.loc["vendor_risk", "points"] == pytest.approx(weighed)
    assert whole.loc["vendor_risk", "scored"] == len(known)
    page = html(look)
    assert f"{round(weighed)} {len(known)} of 3 scored" in text(page)
    assert any(title.startswith("Its 3 accounts pay $") for title in titles(page))


def test_a_child_names_its_parent_and_a_stranger_none(looking):
    page = html(looking("usual", "accounts?account=001001"))
    name = reads.parent_of(looking("usual").generation, EVERYTHING, 2)["name"]
    assert re.search(rf'part of <a href="accounts\?account=001000" data-open>{re.escape(str(name))}</a>', page)
    assert 'id="family"' not in page
    assert "part of <a" not in html(looking("usual", "accounts?account=001009"))


def test_a_filter_that_cuts_the_family_leaves_out_what_they_come_to_together(looking):
    look = looking("usual")
    rows = reads.members(look.generation, EVERYTHING, 1, AS_OF, VIEWS)
    own = look.generation.ask("select csm from accounts where account_id = 1").iloc[0]["csm"]
    some = Scope(csm=(str(own),))
    members = reads.members(look.generation, some, 1, AS_OF, VIEWS)
    assert 1 <= len(members) < len(rows), "the made company gives the three different leads"
    assert reads.together(look.generation, some, 1, AS_OF).empty
    assert reads.parent_of(look.generation, Scope(csm=("nobody",)), 2) is None


def test_the_family_follows_a_week_before(looking):
    look = looking("usual", "accounts?account=001000&week=2026-11-01")
    assert "points by ARR" in text(str(family.panel(look, 1, "001000")))


def test_a_family_without_a_red_is_told_quietly(looking):
    look = looking("usual")
    rows = [{f"{view}_status": "green" for view in VIEWS} | {"arr": 10.0, "weight_arr": 10.0} for _ in range(2)]
    assert told.title(rows, look.cards, look.voice) == "Its 2 accounts pay $20 together; none is red in any view"
    rows[1]["client_outcomes_status"] = "red"
    assert told.title(rows, look.cards, look.voice) == "Its 2 accounts pay $20 together; 1 is red in Client Outcomes"
    rows[1] |= {"client_outcomes_status": "green", "vendor_expansion_status": "red"}
    assert "none is red" in told.title(rows, look.cards, look.voice), "Expansion raises no alarm"


def test_names_of_a_family_are_text(looking):
    page = html(looking("hostile", "accounts?account=001000"))
    assert "<script" not in page and 'id="family"' in page
