"""Definitions: every measure is there once, found by a word of it, linked to by name, and says where it turns red."""

import re
from datetime import date

import duckdb
import pytest

from dashboard.address import parse
from dashboard.findings import definitions as told
from dashboard.format import NBSP, Formats
from dashboard.look import Look
from dashboard.reads import Warehouse
from dashboard.reads.company import Card, Place
from dashboard.reads.dictionary import Rule, Source, dictionary, find
from dashboard.screens.definitions import table, written
from tests.dashboard.made import Made, make
from tests.dashboard.made_measures import MEASURES
from tests.dashboard.pages import html, text, titles

F = Formats()


def rule(red=5.0, green=1.0, unit="cases", exceptions=(), view="vendor_risk"):
    place = Place(
        "open_cases",
        "support",
        "Support",
        "open_cases",
        "Open cases",
        unit,
        "",
        "Support",
        red,
        green,
        0.2,
        True,
        (),
        "",
    )
    card = Card(view, "Vendor Risk", "?", "vendor", "board", False, view == "vendor_expansion", (place,))
    return Rule(card, place, "", 30, tuple(exceptions))


def test_every_measure_stands_on_the_screen_with_a_link_of_its_own(looking):
    page = html(looking("usual", "definitions"))
    for made in MEASURES:
        assert f"definitions?measure={made.measure}" in page and made.label in text(page)
    assert len(dictionary(looking("usual").generation)) == len(MEASURES)


def test_a_measure_opens_with_meaning_thresholds_owner_sql_and_the_age_of_its_source(looking):
    words = text(html(looking("usual", "definitions?measure=open_cases")))
    assert "Open cases is red at 5 or more, green at 1 or less" in words and "in cases" in words
    assert "Open cases of an account, as its rows say." in words
    assert "Imani Okafor" in words and "select 1 as open_cases" in words
    assert "complete to 15 Nov 2026" in words and "a default" in words


def test_the_entry_of_one_item_leads_to_its_measure(looking):
    generation = looking("usual").generation
    assert find(generation, "maturity_level:people").key == "maturity_level"
    assert find(generation, "no_such_measure") is None


def test_a_search_finds_by_label_owner_and_column_and_says_how_many(looking):
    for wanted, label in [
        ("age of", "Age of open cases"),
        ("ferrer", "Unresolved defects"),
        ("tickets.csat", "Support"),
    ]:
        page = html(looking("usual", f"definitions?find={wanted.replace(' ', '+')}"))
        assert label in text(page[page.index("words2") :]), wanted
    page = html(looking("usual", "definitions?find=age+of"))
    assert "One of 16 measures fits" in titles(page)
    assert "No measure fits" in text(html(looking("usual", "definitions?find=zzzz")))


def test_what_is_not_connected_says_which_columns_to_connect(looking):
    look = looking("partly connected", "definitions?measure=goals_reached")
    page = html(look)
    assert titles(page)[0] == "9 of 16 measures can be told; the other 7 wait for tickets, goals and outages"
    assert "Goals reached waits for goals" in titles(page)
    listed = html(looking("partly connected", "definitions?only=missing")).split("words2")[1].split("stackcol")[0]
    only = text(listed)
    assert "Uptime" in only and "Utilisation" not in only


def test_all_connected_is_said_quietly(looking):
    assert titles(html(looking("usual", "definitions")))[0].startswith("All 16 measures of the views can be told; ")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"segment": "Enterprise", "red": 8}, "Segment Enterprise: red at 8 or more, green at 1 or less"),
        ({"age_to_days": 60, "na": True}, "Accounts younger than 60 days: NA"),
        (
            {"industry": "Food", "age_from_days": 90, "weight": 0},
            "Industry Food and accounts of 90 days or more: does not count",
        ),
        ({"item": "P1", "weight": 2}, "P1: weight 2.00"),
    ],
)  # fmt: skip
def test_an_exception_says_for_whom_and_what(given, said):
    assert told.exception(rule(), given, F).replace(NBSP, " ") == said


def test_more_is_better_turns_the_words_round():
    assert (
        told.thresholds(rule(0.5, 0.8, "ratio"), F).replace(NBSP, " ") == "red at 50 % or less, green at 80 % or more"
    )
    expansion = told.thresholds(rule(0, 2, "units", view="vendor_expansion"), F)
    assert expansion.replace(NBSP, " ") == "untapped at 0 or less, penetrated at 2 or more"


def test_the_age_of_a_source_counts_from_the_week():
    late = Source("tickets", True, date(2026, 11, 12), False)
    assert told.age(late, date(2026, 11, 15), F) == "complete to 12 Nov 2026, by its newest row: 3 days behind"
    assert told.age(Source("goals", False, None, False), date(2026, 11, 15), F) == "not connected"


def test_the_meaning_is_told_in_paragraphs_however_long_the_lines_of_the_file():
    assert told.meaning({"words": "One line\nand the next.\n\nA second part."}) == [
        "One line and the next.",
        "A second part.",
    ]


def test_the_changes_are_words_and_tables_and_nothing_else():
    html_ = written("# Top\n\n<script>alert(1)</script> [x](javascript:alert(1)) **b**\n\n| a |\n|---|\n| <i>1</i> |\n")
    assert "<script" not in html_ and "<a" not in html_ and "<i>" not in html_ and "Top" not in html_
    assert "<strong>b</strong>" in html_ and "<td>&lt;i&gt;1&lt;/i&gt;</td>" in html_


def test_the_changes_stand_on_the_screen(looking):
    assert "first definitions and thresholds" in text(html(looking("usual", "definitions")))


def test_the_table_twin_has_a_row_for_every_place(looking):
    look = looking("usual")
    rows = table(look)
    assert len(rows) == sum(len(card.places) for card in look.cards)
    cases = rows[rows["measure"] == "open_cases"].iloc[0]
    assert (cases["red"], cases["green"], cases["owner"]) == (5.0, 1.0, "Imani Okafor")


def test_data_no_longer_holds_the_definitions_and_a_measure_links_to_them(looking):
    assert "<pre" not in html(looking("usual", "data"))
    view = html(looking("usual", "vendor_risk"))
    assert re.search(r'href="definitions\?measure=open_cases"', view)


def test_a_cap_is_named_at_every_measure_of_its_view(tmp_path):
    folder = make(tmp_path / "company", Made(accounts=3))
    with duckdb.connect(str(Warehouse(folder).generation().path)) as con:
        con.execute(
            """
            create or replace table caps as
            select 'vendor_risk' as view, 1 as nth, 'gone' as name, 50 as most,
                'Sponsor left: 50 points at most' as words
            """
        ).fetchall()
    look = Look(Warehouse(folder).generation(), parse("definitions?measure=open_cases"))
    assert "Cap on Vendor RiskSponsor left: 50 points at most" in text(html(look))
    other = Look(look.generation, parse("definitions?measure=uptime"))
    assert "Sponsor left" not in text(html(other))
