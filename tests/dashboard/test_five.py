"""The five questions at the head of This week: answers from the data, holes in words, one click down."""

import re
from datetime import date

import duckdb
import pytest

from dashboard import reads as every
from dashboard.address import parse
from dashboard.findings import five as told
from dashboard.format import Formats
from dashboard.look import Look
from dashboard.reads import EVERYTHING, Scope, Warehouse
from dashboard.reads import people as reads
from dashboard.screens import five
from dashboard.screens.frame import SCREENS
from dashboard.tiles import tiles
from data.generations import current
from tests.dashboard.kinds import KINDS
from tests.dashboard.made import AS_OF, Made, make
from tests.dashboard.pages import html, text

FEET = ["10,000 ft", "8,000 ft", "5,000 ft", "3,000 ft", "1,000 ft"]


def asked(look):
    bands = every.bands(look.generation, look.scope, look.week)
    held = every.held_by(look.generation, look.scope, look.week, look.views)
    profit = every.profit_bands(look.generation, look.scope, look.week)
    return five.five(look, tiles(look.cards, bands, held, look.week), profit)


def by_feet(look):
    return {question.feet: question for question in asked(look)}


@pytest.mark.parametrize("kind", KINDS)
def test_on_every_company_each_question_has_an_answer_or_says_what_to_connect(kind, looking):
    look = looking(kind)
    questions = asked(look)
    assert [question.feet for question in questions] == FEET
    for question in questions:
        assert bool(question.answer) != bool(question.missing), question
        assert len(question.answer) <= 80, question.answer
        assert question.href.split("?")[0] in {*SCREENS, *look.views}


def test_every_answer_is_one_click_from_its_screen(looking):
    page = html(looking("usual"))
    strip = page[page.index('class="five"') : page.index('class="seven"')]
    links = re.findall(r'href="([^"]+)" data-open', strip)
    assert links == ["plan", "people", "profit", "client_experience", "profit?part=behaviour"]
    assert re.search(r'<a href="value" data-open>NRR 103\xa0%</a>', page)


def test_return_on_people_by_hand(looking):
    question = by_feet(looking())["8,000 ft"]
    # Months 14 to 25: 12 × 500,000 + 10,000 × 234 = 8.34M; people 97.2 to 95.0, on average 96.1.
    assert question.answer == "Above every median; $3K per person to the goal"
    assert question.note == "$87K, goal $90K; $70K a year before"  # before: 6.9M ÷ 98.5
    assert question.bullet.goal == pytest.approx(1 / 1.12)
    assert question.bullet.value == pytest.approx(8_340_000 / 96.1 / 90_000 / 1.12)


def test_the_profit_ratio_is_the_bands_of_all_accounts(looking):
    question = by_feet(looking())["5,000 ft"]
    assert question.answer.startswith("Losers cost")
    assert sum(share for _, share in question.shares) == pytest.approx(1)
    assert by_feet(looking("all earn"))["5,000 ft"].answer == "No account loses money"
    assert by_feet(looking("all lose"))["5,000 ft"].answer == "No account earns money"


def test_the_stage_that_keeps_its_standard_least_is_named(looking):
    question = by_feet(looking())["3,000 ft"]
    assert question.answer == "<b>onboarding</b> is right first time in only 70\u00a0%"
    assert question.note == "91 of 130, goal 95\u00a0%; 70\u00a0% the quarter before"
    assert "&lt;b&gt;onboarding" in html(looking())


def test_without_standards_the_bands_of_client_experience_answer(tmp_path):
    generation = Warehouse(make(tmp_path / "company", Made(accounts=40, unconnected=("tickets",)))).generation()
    question = by_feet(Look(generation, parse("./")))["3,000 ft"]
    assert "is red in Client Experience" in question.answer
    assert "connect standards" in question.note


@pytest.mark.parametrize(
    ("feet", "words"),
    [
        ("10,000 ft", "Connect invoices"),
        ("8,000 ft", "Connect finance.net_income and finance.fte"),
        ("5,000 ft", "Connect invoices"),
        ("3,000 ft", "Connect standards, and nothing is scored in Client Experience"),
    ],
)
def test_an_accounts_only_company_is_told_what_to_connect(feet, words, looking):
    look = looking("accounts only")
    assert by_feet(look)[feet].missing == words
    assert words in text(html(look))


def test_standards_are_counted_over_thirteen_weeks_and_by_account_in_a_scope(looking):
    generation = looking().generation
    rows = reads.standards(generation, EVERYTHING, AS_OF).set_index("stage")
    assert rows.loc["support", ["observed", "kept", "was_observed", "was_kept"]].tolist() == [130, 117, 130, 117]
    large = reads.standards(generation, Scope(segment=("Enterprise",)), AS_OF).set_index("stage")
    assert large.loc["support", "observed"] == 70, "weeks 0, 2 … 12"
    assert reads.standards(generation, Scope(region=("nowhere",)), AS_OF).empty
    assert reads.standards(generation, Scope(segment=("",)), AS_OF).empty, "of no account is not of no segment"
    assert reads.standards(generation, EVERYTHING, date(2020, 1, 5)).empty


@pytest.fixture
def behaved(tmp_path):
    """What is rated, by driver: rating, cause, revenue and cost of accounts 1, 2 …; as `own_behaviour` finds it."""

    def found(**drivers):
        folder = make(tmp_path / "company", Made(accounts=20))
        con = duckdb.connect(str(current(folder)))
        con.execute("delete from driver_costs").fetchall()
        for driver, rows in drivers.items():
            for account, (rating, cause, revenue, cost) in enumerate(rows, start=1):
                given = {"driver": driver, "account": account, "rating": rating, "cause": cause, "revenue": revenue}
                con.execute(
                    """
                    insert into driver_costs by name
                    select $driver as driver, $account as account_id, $rating as rating, $cause as cause,
                        $revenue as revenue, $cost as support, 0 as fulfilment, 0 as returns, 0 as success,
                        0 as services, 0 as sales, 0 as other, 0 as price, 0 as waited
                    """,
                    given | {"cost": cost},
                ).fetchall()
        con.close()
        return reads.own_behaviour(Warehouse(folder).generation(), EVERYTHING)

    return found


def test_what_our_part_in_a_behaviour_costs_beyond_others(behaved):
    found = behaved(
        late=[(-1, "us", 100, 50), (-1, "them", 100, 90), (1, None, 200, 20)],
        rush=[(-1, "us", 100, 20), (0, None, 100, 10)],
    )
    # Others cost 20 of 200 revenue, ten percent: of our 100 that is 10, and 50 was paid.
    assert (found.driver, found.extra, found.accounts) == ("late", 40, 1)
    assert (found.ours, found.bad, found.rated, found.drivers) == (2, 3, 3, 2)


def test_behaviour_that_costs_no_more_is_told_quietly(behaved, looking):
    voice = looking().voice
    cheap = behaved(late=[(-1, "us", 100, 5), (1, None, 100, 10)])
    assert told.behaviour(cheap, voice) == "No behaviour of ours costs more than elsewhere"
    assert told.ratings(cheap, voice) == "1 of 1 bad ratings are ours"


def test_bad_ratings_of_other_causes_are_not_ours(behaved, looking):
    theirs = behaved(late=[(-1, "them", 100, 50), (1, None, 100, 10)])
    assert told.behaviour(theirs, looking().voice) == "No bad rating is caused by us"


def test_without_a_rating_there_is_no_behaviour(behaved):
    assert behaved() is None


def test_an_answer_says_it_when_the_goal_is_reached(looking):
    voice = looking().voice
    assert (
        told.experience("support", 0.97, 3, 0.95, voice)
        == f"All 3 stages keep their standards: {Formats().share(0.97)} at least"
    )
    assert told.against("$38K", None, None, "a year before") == "$38K, no goal"
