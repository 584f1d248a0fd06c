"""Return on People on screen: the finding, the flag, the bridge that adds up, rows to compare with, and holes."""

import re

import duckdb
import pandas as pd
import pytest

from dashboard.address import parse
from dashboard.findings import people as told
from dashboard.look import Look
from dashboard.panels import people as panel
from dashboard.reads import Warehouse
from dashboard.screens import people
from dashboard.screens.people_book import People
from data.generations import current
from tests.dashboard.made import Made, make
from tests.dashboard.pages import html, text, titles


@pytest.fixture
def company(tmp_path):
    """A look at a company after some change of its warehouse."""

    def looking(*changes: str) -> Look:
        folder = make(tmp_path / "company", Made(accounts=20))
        con = duckdb.connect(str(current(folder)))
        for change in changes:
            con.execute(change).fetchall()
        con.close()
        return Look(Warehouse(folder).generation(), parse("people"))

    return looking


LEVEL = "update finance set net_income = 500000, fte = 100"
FEWER = "update finance set fte = 80 where month >= date '2025-11-01'"


def test_the_finding_names_the_number_the_rank_and_the_way_to_the_goal(looking):
    found = titles(html(looking("usual", "people")))
    assert found[0] == "Each person earns $87K a year, above every median; $3K short of the goal"
    assert "$8.3M of net income over 96.1 people makes $87K each" in found


def test_a_rise_by_fewer_people_is_flagged(company):
    look = company(LEVEL, FEWER)
    page = html(look)
    assert titles(page)[0] == (
        "Return on People rose $15K, more by fewer people than by profit: that is no better profit"
    )
    assert "headcount is the larger part of this rise" in text(page)


def test_a_rise_by_profit_is_not_flagged(looking):
    assert "larger part of this rise" not in text(html(looking("usual", "people")))


def test_the_bridge_adds_up_to_the_cent(company):
    found = people._steps(People(company(LEVEL, FEWER)).split)
    assert found == [("was", 60_000), ("profit", 0), ("headcount", 15_000), ("now", 75_000)]
    steps = dict(people._steps(People(company()).split))
    assert round(steps["was"] + steps["profit"] + steps["headcount"], 2) == steps["now"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("update finance set net_income = -net_income", "Each person loses $87K a year, below every median"),
        ("delete from targets", "Each person earns $87K a year, above every median; no goal is set"),
        ("update targets set value = 50000", "Each person earns $87K a year, above every median; the goal is reached"),
        ("delete from finance where month = date '2026-05-01'",
         "Our rank in Return on People can’t be told: finance has 11 of the twelve months to 2026-10"),
        ("update finance set fte = 0 where month = date '2026-10-01'",
         "Our rank in Return on People can’t be told: finance.fte is 0 in 2026-10: correct it there"),
        ("delete from finance",
         "Our rank in Return on People can’t be told: connect finance.net_income and finance.fte"),
        ("update finance set month = month + interval 5 year",
         "Our rank in Return on People can’t be told: no month of finance is over"),
    ],
)  # fmt: skip
def test_the_finding_turns_round_with_the_books(change, words, company):
    assert titles(html(company(change)))[0].startswith(words)


def test_a_year_alone_has_a_number_but_no_change(company):
    look = company("delete from finance where month < date '2025-11-01'")
    page = html(look)
    assert titles(page)[0].startswith("Each person earns $87K")
    assert "A change needs 24 months in a row: finance has no 2025-10" in text(page)
    assert told.trend(People(look), look.voice) == "One month has twelve behind it: a trend needs more"


def test_rows_compared_with_come_first_and_each_has_year_population_and_source(looking):
    page = html(looking("usual", "people"))
    assert "We stand above every median: median $25K to $28K, 2017 or not given, two sources" in titles(page)
    table = page[page.index('class="published"') :]
    rows = [[text(cell) for cell in re.findall(r"<td.*?</td>", row)] for row in re.findall(r"<tr.*?</tr>", table)]
    first = ["median", "$25K", "2017", "manufacturing", "Anne C. Graham, 163 makers; at most: over half earn less"]
    assert rows[1] == first
    assert rows[2][:3] == ["median", "$28K", "not given"]
    assert ["mean", "$71K", "2017", "manufacturing", "AME Target Online"] in rows[3:]


def test_a_picked_mean_says_where_we_stand_to_it_and_no_rank(company):
    look = company("update benchmark_rows set is_picked = true where statistic = 'mean' and year = 2017")
    assert titles(html(look))[0].startswith("Each person earns $87K a year, above the mean")


def test_finance_is_of_the_whole_company_whatever_is_filtered(looking):
    page = text(html(looking("usual", "people?segment=Enterprise")))
    assert "of the whole company, not as filtered" in page
    assert "Each person earns $87K" in page


def test_the_picture_shows_every_month_the_normal_range_and_the_goal(looking):
    look = looking("usual", "people")
    found = People(look)
    assert len(found.trend) == 15  # of 26 months all but the first eleven
    figure = panel.figure(found.trend, people.limits(found), 90_000.0, look.tone, look.f, 300)
    assert list(figure.data[0].y) == pytest.approx(found.trend["value"].tolist())
    assert [shape.type for shape in figure.layout.shapes] == ["rect", "line", "line"]
    alt = panel.alt(found.trend, people.limits(found), 90_000.0, look.f)
    assert "$87K in Oct 2026" in alt and "Goal $90K" in alt


def test_too_few_months_have_no_normal_range(looking):
    few = pd.DataFrame({"month": ["2026-09", "2026-10"], "value": [1.0, 2.0]})
    look = looking("usual", "people")
    figure = panel.figure(few, None, None, look.tone, look.f, 300)
    assert not figure.layout.shapes
    assert "Normal range" not in panel.alt(few, None, None, look.f)
