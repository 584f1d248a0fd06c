"""Strategies and scenarios in the journal: kept to the cent and for good, in a file and in a real PostgreSQL."""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from data.journal import opening
from data.journal.limits import LONGEST_STRATEGY, MOST_ASSUMPTIONS
from data.journal.opening import MIGRATIONS, Journal
from data.journal.overrides import enter, every_override
from data.journal.scenarios import every_scenario, save
from data.journal.strategies import NewStrategy, add, close, every_strategy, members_of
from data.journal.tables import NEWEST, VERSIONS
from data.journal.words import NotTaken
from tests import postgres
from tests.data.test_journal import HOSTILE, NOW, WEEK, entry, journal_in

DUE = date(2027, 6, 30)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a PostgreSQL of our own; skips where there can be none, fails where one is required."""
    if reason := postgres.missing():
        (pytest.fail if os.environ.get("SEVENVIEWS_REQUIRE_POSTGRES") else pytest.skip)(reason)
    with postgres.running() as address:
        yield address


@pytest.fixture(params=["file", "server"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Journal:
    """The journal of an empty company, in a file and on a server."""
    if request.param == "file":
        return journal_in(tmp_path)
    server = request.getfixturevalue("server")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute("drop database if exists plan with (force)")
        connection.execute("create database plan")
    return journal_in(tmp_path, f'journal_url = "{server}/plan"')


def strategy(what: str = "Move to the yearly price", **more) -> NewStrategy:
    usual = {"type": "pricing", "owner": "Bo", "expected": Decimal("1234.56"), "due_on": DUE, "week": WEEK}
    who = {"members": ["A1"], "account_code": "A1", "author": "Ada"}
    return NewStrategy(what=what, **usual | who | more)


def group(by: str = "band", value: str = "unprofitable", **more) -> NewStrategy:
    return strategy(account_code=None, group_by=by, group_value=value, **{"members": ["A1", "B2"]} | more)


# Strategies


def test_a_strategy_keeps_what_was_expected_to_the_cent(journal):
    add(journal, strategy(expected=Decimal("100000000000.01"), profit_then=Decimal("-0.1")), NOW)
    (kept,) = every_strategy(journal)
    assert (kept.expected, kept.profit_then) == (Decimal("100000000000.01"), Decimal("-0.1"))
    assert (kept.account_code, kept.group_by, kept.owner, kept.status) == ("A1", None, "Bo", "open")
    assert (kept.author, kept.is_verified, kept.made_on, kept.due_on) == ("Ada", False, date(2026, 11, 18), DUE)
    assert members_of(journal, kept.strategy_id) == ["A1"]


def test_a_group_keeps_who_was_in_it(journal):
    number = add(journal, group(members=["B2", "A1", "C3"]), NOW)
    (kept,) = every_strategy(journal)
    assert (kept.account_code, kept.group_by, kept.group_value) == (None, "band", "unprofitable")
    assert members_of(journal, number) == ["B2", "A1", "C3"] and members_of(journal, number + 1) == []


def test_a_strategy_is_closed_once_and_stays(journal):
    first, second = (add(journal, strategy(due_on=DUE - timedelta(days=n)), NOW) for n in (0, 1))
    assert [one.strategy_id for one in every_strategy(journal)] == [second, first]
    assert close(journal, second, "done", "Cy", NOW)
    assert not close(journal, second, "dropped", "Bo", NOW) and not close(journal, 99, "done", "Bo", NOW)
    still, ended = every_strategy(journal)
    assert still.is_open and (ended.status, ended.closed_by, ended.closed_on) == ("done", "Cy", date(2026, 11, 18))


def test_a_strategy_is_overdue_from_the_day_after_its_day(journal):
    number = add(journal, strategy(), NOW)
    (kept,) = every_strategy(journal)
    assert not kept.is_overdue(DUE) and kept.is_overdue(DUE + timedelta(days=1))
    close(journal, number, "dropped", "Bo", NOW)
    assert not every_strategy(journal)[0].is_overdue(DUE + timedelta(days=1))


@pytest.mark.parametrize(
    ("new", "says"),
    [
        (strategy(type="luck"), "one of retention, growth, pricing"),
        (strategy(" \x00 "), "Say what will be done"),
        (strategy("x" * 501), "The text has 501 characters; 500 fit"),
        (strategy(owner=" "), "Say who owns it"),
        (strategy(author="\u202e"), "needs a name"),
        (strategy(expected=Decimal(0)), "an amount above 0"),
        (strategy(expected=Decimal("NaN")), "an amount above 0"),
        (strategy(expected=Decimal("1e13")), "at most 1,000,000,000,000"),
        (strategy(due_on=date(2026, 11, 17)), "has passed"),
        (strategy(account_code=None), "Say whom it is for"),
        (group("mood"), "Say whom it is for"),
        (group(value=" "), "Say which group"),
        (group(members=[]), "No account is in this band"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words_and_leaves_nothing(tmp_path, new, says):
    journal = journal_in(tmp_path)
    with pytest.raises(NotTaken, match=says):
        add(journal, new, NOW)
    assert every_strategy(journal) == [] and not (tmp_path / "journal.db").exists()
    with pytest.raises(NotTaken, match="done or dropped"):
        close(journal, 1, "open", "Bo")


@pytest.mark.parametrize("words", HOSTILE)
def test_text_comes_back_as_it_was_written(journal, words):
    add(journal, group("segment", words, what=words, owner=words, members=[words]), NOW)
    save(journal, words, {"price": words}, words, now=NOW)
    (kept,), (saved,) = every_strategy(journal), every_scenario(journal)
    flat = " ".join(words.split())
    assert (kept.group_value, kept.what, kept.owner) == (flat, words, flat)
    assert members_of(journal, kept.strategy_id) == [words]
    assert (saved.name, saved.author, saved.assumptions) == (flat, flat, {"price": words})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    expected=st.decimals("0.01", "1000000000000", places=2),
    then=st.decimals("-1000000000000", "1000000000000", places=4),
)
def test_every_amount_comes_back_exactly(tmp_path_factory, expected, then):
    journal = journal_in(tmp_path_factory.mktemp("amounts"))
    add(journal, strategy(expected=expected, profit_then=then), NOW)
    (kept,) = every_strategy(journal)
    assert (kept.expected, kept.profit_then) == (expected, then)


def test_the_longest_text_fits(journal):
    add(journal, strategy("é" * LONGEST_STRATEGY), NOW)
    assert len(every_strategy(journal)[0].what) == LONGEST_STRATEGY


# Scenarios


def test_a_later_scenario_of_a_name_replaces_the_one_before_and_both_are_kept(journal):
    first = save(journal, "Price round", {"price": "2"}, "Ada", now=NOW)
    save(journal, "Cheaper", {"serve": "-5"}, "Ada", now=NOW + timedelta(hours=1))
    second = save(journal, " price  ROUND ", {"price": "3"}, "Bo", now=NOW + timedelta(hours=2))
    assert [(one.name, one.scenario_id) for one in every_scenario(journal)] == [
        ("price ROUND", second), ("Cheaper", second - 1),
    ]  # fmt: skip
    (old,) = [one for one in every_scenario(journal, replaced=True) if one.scenario_id == first]
    assert (old.assumptions, old.author) == ({"price": "2"}, "Ada")
    assert old.replaced_at == (NOW + timedelta(hours=2)).astimezone(UTC).replace(tzinfo=None)


@pytest.mark.parametrize(
    ("name", "assumptions", "says"),
    [
        (" ", {"price": "1"}, "Give it a name"),
        ("x" * 81, {"price": "1"}, "has 81 characters; 80 fit"),
        ("A", {}, "Nothing is assumed"),
        ("A", {str(n): "1" for n in range(MOST_ASSUMPTIONS + 1)}, "41 assumptions; 40 fit"),
        ("A", {"price": "1" * 201}, "more than 200 characters"),
    ],
)
def test_a_scenario_that_cannot_be_taken_leaves_nothing(tmp_path, name, assumptions, says):
    journal = journal_in(tmp_path)
    with pytest.raises(NotTaken, match=says):
        save(journal, name, assumptions, "Ada", now=NOW)
    assert every_scenario(journal, replaced=True) == []


def test_reading_makes_nothing(tmp_path):
    journal = journal_in(tmp_path)
    assert every_strategy(journal) == [] and every_scenario(journal) == [] and members_of(journal, 1) == []
    assert [path.name for path in tmp_path.iterdir()] == ["company.toml"]


# Journals of the version before


def first_version(journal: Journal) -> None:
    """Make the tables of revision 0001 alone, with two overrides in them."""
    newest = opening._run_revisions

    def only_the_first(connection):
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")

    opening._run_revisions = only_the_first
    try:
        for one in (entry(), entry("B2", status="amber")):
            enter(journal, one, NOW)
    finally:
        opening._run_revisions = newest


@pytest.mark.parametrize("first_use", [every_strategy, every_scenario, lambda journal: add(journal, strategy(), NOW)])
def test_a_journal_of_the_first_version_is_brought_forward_with_its_rows(journal, first_use):
    first_version(journal)
    assert version(journal) == "0001"
    first_use(journal)
    assert version(journal) == NEWEST == "0002"
    assert {(one.account_code, one.status) for one in every_override(journal)} == {("A1", "green"), ("B2", "amber")}
    assert save(journal, "A", {"price": "1"}, "Ada", now=datetime(2026, 11, 18, tzinfo=UTC)) == 1


def version(journal: Journal) -> str:
    engine = create_engine(journal._url)
    with engine.connect() as connection:
        found = connection.execute(text(f"select version_num from {VERSIONS}")).scalar_one()
    engine.dispose()
    return str(found)
