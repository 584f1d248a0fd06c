"""The profit plan and the what-if as the script draws them: on every company, entered into, and closed."""

import shutil
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.address import Address
from dashboard.screens.who import COOKIE
from data.company import read_company
from data.journal.opening import Journal, open_journal
from data.journal.scenarios import every_scenario, save
from data.journal.strategies import NewStrategy, add, every_strategy, members_of
from tests.companies import NAMES, built_company
from tests.conftest import DATASETS, SAMPLE_AS_OF
from tests.dashboard.kinds import HOSTILE
from tests.edge_companies import COMPANIES, built_edge
from tests.opened import FOLLOWED, look_at, open_app, open_screen, seen, troubles

PATHS = (
    "plan", "plan?strategies=all", "plan?segment=nowhere", "plan?strategy=99", "plan?week=2026-10-25", "what-if",
    "what-if?price=2&serve=-5&restore=1&double=60&retention=2", "what-if?price=much&double=-5&retention=1e9",
    "what-if?price=2&beside=1&csm=nobody", "what-if?price=7.5&retention=-50", "what-if?price=-50&serve=50&saved=all",
)  # fmt: skip


@pytest.fixture
def folder(sample_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample company with a journal of its own, served."""
    shutil.copytree(sample_folder, tmp_path / "company", ignore=shutil.ignore_patterns("sources", "journal.db*"))
    look_at(tmp_path / "company", monkeypatch)
    return tmp_path / "company"


def journal_of(folder: Path) -> Journal:
    return open_journal(read_company(folder))


def strategy(what: str = "Back to list price", **more) -> NewStrategy:
    usual = {"type": "pricing", "owner": "Bo", "expected": Decimal(5200), "due_on": SAMPLE_AS_OF + timedelta(days=90)}
    who = {"members": ["A1001"], "account_code": "A1001", "author": "Ada", "week": SAMPLE_AS_OF}
    return NewStrategy(what=what, **usual | who | more)


def drawn(path: str) -> AppTest:
    """The app at an address, forms and all."""
    app = open_app()
    app.session_state[FOLLOWED] = path
    app.session_state[f"{COOKIE}_forgotten"] = True  # what stands for a browser here has a cookie for every name
    return app.run()


def wrong(paths: tuple[str, ...] = PATHS) -> dict[str, list[str]]:
    found = {path: troubles(open_screen(path)) for path in paths}
    return {path: each for path, each in found.items() if each}


def test_every_address_of_the_sample(folder):
    add(journal_of(folder), strategy())
    save(journal_of(folder), "Price round", {"price": "3", "segment": "Small"}, "Ada")
    assert wrong() == {}


@pytest.mark.parametrize("name", COMPANIES)
def test_every_address_of_a_company_at_an_edge(name, tmp_path_factory, monkeypatch):
    look_at(built_edge(name, tmp_path_factory.getbasetemp()), monkeypatch)
    assert wrong() == {}


@pytest.mark.skipif(not DATASETS.is_dir(), reason=f"no data sets at {DATASETS} (set SEVENVIEWS_DATASETS)")
@pytest.mark.parametrize("name", NAMES)
def test_every_address_of_a_company_others_made(name, tmp_path_factory, monkeypatch):
    look_at(built_company(name, tmp_path_factory.getbasetemp(), DATASETS), monkeypatch)
    assert wrong() == {}


# What is entered


def test_a_strategy_is_added_by_the_form_for_one_account(folder):
    app = drawn("plan?strategy=new&for=A1001&type=growth")
    assert app.radio(key="strategy-type").value == "growth" and app.text_input(key="strategy-account").value == "A1001"
    fill(app, what="Open a second site", owner="Bo", expected="12,500.50", name="Ada")
    (kept,) = every_strategy(journal_of(folder))
    assert (kept.type, kept.account_code, kept.expected) == ("growth", "A1001", Decimal("12500.50"))
    assert (kept.author, kept.is_verified, kept.owner, kept.week) == ("Ada", False, "Bo", SAMPLE_AS_OF)
    assert kept.profit_then is not None and members_of(journal_of(folder), kept.strategy_id) == ["A1001"]
    assert "strategy" not in app.query_params
    assert "Open a second site" in open_screen("plan").words


def test_a_strategy_for_a_group_keeps_its_accounts(folder):
    app = drawn("plan?strategy=new")
    app.selectbox(key="strategy-for").set_value("All loss-making accounts")
    fill(app, what="Charge for rush orders", owner="Bo", expected="1000", name="Ada")
    (kept,) = every_strategy(journal_of(folder))
    assert (kept.group_by, kept.group_value, kept.account_code) == ("band", "unprofitable", None)
    assert kept.profit_then < 0 and len(members_of(journal_of(folder), kept.strategy_id)) > 20


def test_ideal_accounts_and_a_segment_can_be_a_group(folder):
    for whom in ("Ideal accounts, not there yet", "Segment: Enterprise"):
        app = drawn("plan?strategy=new")
        app.selectbox(key="strategy-for").set_value(whom)
        fill(app, what=whom, owner="Bo", expected="1000", name="Ada")
    assert {(one.group_by, one.group_value) for one in every_strategy(journal_of(folder))} == {
        ("profile", "ideal"), ("segment", "Enterprise"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"what": " "}, "Say what will be done."),
        ({"owner": ""}, "Say who owns it"),
        ({"expected": "a lot"}, "as a number"),
        ({"expected": "-5"}, "an amount above 0"),
        ({"name": ""}, "needs a name"),
        ({"account": "GONE"}, "No account here has the id “GONE”."),
        ({"account": ""}, "Give the id of the account."),
    ],
)
def test_what_a_form_lacks_is_said_and_nothing_is_kept(folder, more, says):
    app = drawn("plan?strategy=new&for=A1001")
    fill(app, **{"what": "Keep them", "owner": "Bo", "expected": "1000", "name": "Ada"} | more)
    assert says in shown(app)
    assert every_strategy(journal_of(folder)) == []


def test_a_strategy_is_closed_by_the_form(folder):
    number = add(journal_of(folder), strategy())
    app = drawn(f"plan?strategy={number}")
    app.text_input(key="strategy-name").set_value("Cy")
    app.button(key="strategy-close").click().run()
    assert "Say how it ended" in shown(app)
    app.radio(key="strategy-ended").set_value("done")
    app.button(key="strategy-close").click().run()
    (kept,) = every_strategy(journal_of(folder))
    assert (kept.status, kept.closed_by) == ("done", "Cy")
    assert "No strategy is open; 1 was closed" in open_screen("plan").words


def test_a_what_if_is_saved_with_its_filters_listed_and_opened_by_its_link(folder):
    app = drawn("what-if?price=2&restore=1&segment=Small&save=new")
    app.text_input(key="what-if-title").set_value("Price round")
    app.text_input(key="what-if-name").set_value("Ada")
    app.button(key="what-if-save").click().run()
    (kept,) = every_scenario(journal_of(folder))
    assert (kept.name, kept.author) == ("Price round", "Ada")
    assert kept.assumptions == {"price": "2", "restore": "1", "segment": "Small"}
    screen = open_screen("what-if")
    assert Address("what-if", segment="Small", more={"price": "2", "restore": "1"}).href in screen.links
    beside = open_screen(f"what-if?serve=-5&beside={kept.scenario_id}")
    assert "Price round" in [" ".join(tag.text.split()) for tag in beside.tags if tag.name == "th"]


def test_without_a_lever_there_is_nothing_to_save(folder):
    assert not drawn("what-if?save=new").text_input
    assert not (folder / "journal.db").exists()


@pytest.mark.parametrize("words", HOSTILE[:2] + HOSTILE[5:6] + HOSTILE[7:])
def test_hostile_words_are_text(folder, words):
    journal = journal_of(folder)
    add(journal, strategy(words, owner=words[:80], author=words[:80]))
    add(journal, strategy("x", account_code=None, group_by="segment", group_value=words, members=["A1001"]))
    number = save(journal, words[:80], {"price": "2"}, words[:80])
    for path in ("plan", "plan?strategy=1", f"what-if?price=1&beside={number}"):
        screen = open_screen(path)
        assert [each for each in troubles(screen) if "element of the framework" not in each] == []
        assert " ".join(words.split())[:70] in screen.words


def fill(app: AppTest, what: str, owner: str, expected: str, name: str, account: str | None = None) -> None:
    """Fill the form for a strategy and send it."""
    values = {"what": what, "owner": owner, "expected": expected, "name": name, "account": account}
    for field, value in values.items():
        if value is not None:
            area = app.text_area if field == "what" else app.text_input
            area(key=f"strategy-{field}").set_value(value)
    app.date_input(key="strategy-due").set_value(date(2030, 1, 31))
    app.button(key="strategy-add").click().run()


def shown(app: AppTest) -> str:
    return seen(app).words
