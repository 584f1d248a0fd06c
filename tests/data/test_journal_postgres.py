"""The journal in a real PostgreSQL: the same entries, the same words, the same quiet about the password."""

import os
import traceback
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine

from data.journal.overrides import enter, every_override, standing, withdraw
from data.journal.place import JournalError
from data.journal.tables import NEWEST, VERSIONS, metadata
from tests import postgres
from tests.data.test_journal import HOSTILE, NOW, WEEK, entry, journal_in, write_at_once


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a server of our own; skips where there can be none, fails where one is required."""
    if reason := postgres.missing():
        (pytest.fail if os.environ.get("SEVENVIEWS_REQUIRE_POSTGRES") else pytest.skip)(reason)
    with postgres.running() as address:
        yield address


@pytest.fixture
def folder(server: str, tmp_path: Path) -> Path:
    """A company whose journal is a fresh database there."""
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute("drop database if exists notes with (force)")
        connection.execute("create database notes")
    journal_in(tmp_path, f'journal_url = "{server}/notes"')
    return tmp_path


@pytest.fixture
def journal(folder: Path, server: str):
    return journal_in(folder, f'journal_url = "{server}/notes"')


def test_entries_stand_end_and_give_way_as_in_a_file(journal, folder):
    assert every_override(journal) == [] and standing(journal, WEEK) == {}
    first = enter(journal, entry(), NOW)
    enter(journal, entry("B2"), NOW)
    assert set(standing(journal, WEEK)) == {("A1", "vendor_risk"), ("B2", "vendor_risk")}
    assert withdraw(journal, first, "Bo", WEEK, NOW) and not withdraw(journal, first, "Bo", WEEK, NOW)
    assert set(standing(journal, WEEK)) == {("B2", "vendor_risk")}
    enter(journal, entry("B2", status="amber"), NOW)
    assert standing(journal, WEEK, "B2")["B2", "vendor_risk"].points == 62.5
    assert not (folder / "journal.db").exists()


@pytest.mark.parametrize("words", [*HOSTILE, "a\x00b"])
def test_text_comes_back_as_it_was_written(journal, words):
    enter(journal, entry(reason=words, author=words), NOW)
    assert every_override(journal)[0].reason == words.replace("\x00", "")


def test_the_revisions_make_the_tables_that_are_declared(journal, server):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    enter(journal, entry(), NOW)
    engine = create_engine(f"{server}/notes".replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSIONS})
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == NEWEST
    engine.dispose()


def test_processes_that_begin_a_journal_together_lose_nothing(journal, folder):
    written = write_at_once(folder, writers=4, entries=10)
    assert sorted(one.reason for one in every_override(journal)) == sorted(written)


def test_a_wrong_password_is_told_without_repeating_it(folder, server):
    journal = journal_in(folder, f'journal_url = "{server.replace("pass", "hunter2")}/notes"')
    with pytest.raises(JournalError, match=r"keeper@127.0.0.1:\d+/notes: .*authentication failed") as caught:
        every_override(journal)
    assert "hunter2" not in "".join(traceback.format_exception(caught.value))
