"""Companies with part of the sources: what can be told is, with its measures; the rest says what to connect."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.reads import Card, Generation, Warehouse, cards
from dashboard.screens.frame import SCREENS
from data.company import VIEWS
from tests.companies import built_company
from tests.conftest import DATASETS
from tests.edge_companies import built_edge
from tests.opened import Screen, look_at, open_screen, troubles

pytestmark = pytest.mark.skipif(not DATASETS.is_dir(), reason=f"no data sets at {DATASETS} (set SEVENVIEWS_DATASETS)")
COMPANIES = ("ravenstack", "accounts_only")
TELLS = {
    "vendor_outcomes": 1, "vendor_risk": 3, "vendor_expansion": 1, "client_outcomes": 0, "client_experience": 2,
    "client_engagement": 0, "client_maturity": 0,
}  # fmt: skip
"""Measures of each view that RavenStack's columns feed: it has no users, surveys, goals, touchpoints or maturity."""


@pytest.fixture(scope="module")
def folder_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of one of the companies with its warehouse, built once."""
    home = tmp_path_factory.getbasetemp()
    return lambda name: built_edge(name, home) if name == "accounts_only" else built_company(name, home, DATASETS)


@pytest.fixture
def company(request: pytest.FixtureRequest, folder_of, monkeypatch) -> Path:
    """The company a test is about, served."""
    folder = folder_of(request.param)
    look_at(folder, monkeypatch)
    return folder


every = pytest.mark.parametrize("company", COMPANIES, indirect=True)
ravenstack = pytest.mark.parametrize("company", ["ravenstack"], indirect=True)
accounts_only = pytest.mark.parametrize("company", ["accounts_only"], indirect=True)


def generation(folder: Path) -> Generation:
    return Warehouse(folder).generation()


def every_card(folder: Path) -> tuple[Card, ...]:
    return cards(generation(folder))


def largest(folder: Path) -> str:
    order = "select account_code from view_now order by as_of desc, weight_arr desc, account_id limit 1"
    return str(generation(folder).ask(order).iloc[0, 0])


@every
def test_every_screen_stands_and_shows_no_empty_value(company):
    for path in (*SCREENS, *VIEWS, f"accounts?account={largest(company)}"):
        assert troubles(open_screen(path)) == [], path


@ravenstack
def test_scores_stand_where_the_columns_allow_them(company):
    assert {card.view: len(card.connected) for card in every_card(company)} == TELLS
    shown = generation(company).ask("select * from view_now where as_of = (select max(as_of) from view_now)")
    for view, n in TELLS.items():
        scored = shown[f"{view}_status"].isin(["red", "amber", "green"])
        assert scored.any() == (n > 0), view
        assert (shown.loc[scored, f"{view}_n"] >= 1).all() and (shown[f"{view}_of"].fillna(0) <= n).all(), view


@every
def test_no_account_is_red_for_a_column_nobody_delivered(company):
    recent = generation(company).ask(
        """
        select r.status, count(*) as n from account_recent as r
        join scorecard as s on s.view = r.view and s.entry = r.entry where not s.is_connected group by r.status
        """
    )
    assert not set(recent["status"]) & {"red", "amber", "green"}
    for card in every_card(company):
        if not card.connected:
            column = f"{card.view}_status"
            assert list(generation(company).ask(f"select distinct {column} from view_now")[column]) == ["not connected"]


@every
def test_each_view_says_how_many_measures_it_rests_on_and_which_columns_to_connect(company):
    for card in every_card(company):
        screen = open_screen(card.view)
        n, all_ = len(card.connected), len(card.places)
        assert (f"from {n} of {all_} measures" if n else f"none of {all_} measures connected") in screen.words, (
            card.view
        )
        for column in card.missing_columns:
            assert column in screen.words, (card.view, column)


@every
def test_an_account_names_the_measures_beside_every_score(company):
    words = open_screen(f"accounts?account={largest(company)}").words
    for card in every_card(company):
        rows = generation(company).ask(
            f"select {card.view}_n as n, {card.view}_status as status from view_now "
            "order by as_of desc, weight_arr desc, account_id limit 1"
        )
        if rows["status"].iloc[0] in ("red", "amber", "green"):
            assert f"{int(rows['n'].iloc[0])} of {len(card.places)} measures" in words, card.view


@every
def test_what_is_not_connected_has_no_colour_no_arrow_and_no_figure(company):
    for card in every_card(company):
        if not card.connected:
            screen = open_screen(card.view)
            assert not screen.figures and "↑" not in screen.words and "↓" not in screen.words
            assert not any(tag.has(f"st-{state}") for state in ("red", "amber") for tag in screen.tags), card.view


@every
def test_a_ghost_of_the_coming_picture_stands_in_every_hole(company):
    for path in (
        "client_outcomes",
        "client_maturity",
        "vendor_expansion",
        "profit",
        f"accounts?account={largest(company)}",
    ):
        screen = open_screen(path)
        holes = [tag for tag in screen.tags if tag.has("hole")]
        ghosts = [tag for tag in screen.tags if tag.has("ghost")]
        assert len(holes) == len(ghosts), path
    assert any(tag.has("ghost") for tag in open_screen("client_outcomes").tags)


@accounts_only
def test_accounts_alone_are_listed_and_nothing_is_guessed(company):
    assert open_screen("").title.startswith("No view has a score yet")
    assert all(not card.connected for card in every_card(company))
    assert "Account 1" in open_screen("accounts").words


def links(screen: Screen) -> set[str]:
    return {re.sub(r"&.*", "", link) for link in screen.links}


@ravenstack
def test_a_measure_that_waits_leads_to_its_definition(company):
    assert "definitions?measure=goals_reached" in links(open_screen("client_outcomes"))
    words = open_screen("definitions?measure=goals_reached").words
    assert "Goals reached waits for goals.due_on and goals.achieved_on" in words
