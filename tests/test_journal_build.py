"""People enter values by hand while builds run: nobody waits for the other, and nothing is lost."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest

from data.company import read_company
from data.generations import current
from data.journal.opening import open_journal
from data.journal.overrides import Entry, enter, every_override
from data.sample import write_sample
from metrics.build import build
from tests.data.test_journal import WRITER

AS_OF, TODAY = date(2026, 11, 15), date(2026, 11, 16)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources of a small sample company; nothing is built."""
    folder = tmp_path_factory.mktemp("small") / "company"
    write_sample(folder, AS_OF, accounts=20, weeks=30)
    return folder


def taken(folder: Path) -> set[str]:
    """The reasons of the overrides that the current generation took."""
    with duckdb.connect(str(current(folder)), read_only=True) as connection:
        return {reason for (reason,) in connection.execute("select reason from overrides").fetchall()}


def test_builds_take_what_is_there_while_processes_write_and_nothing_is_lost(small):
    names = [f"writer{nth}" for nth in range(3)]
    running = [subprocess.Popen([sys.executable, "-c", WRITER, str(small), name, "60"]) for name in names]
    seen = set()
    while any(process.poll() is None for process in running) or not seen:
        build(read_company(small), TODAY)
        assert seen <= taken(small)
        seen = taken(small)
    assert [process.wait() for process in running] == [0, 0, 0]
    written = {f"{name} {nth}" for name in names for nth in range(60)}
    assert {one.reason for one in every_override(open_journal(read_company(small)))} == written
    build(read_company(small), TODAY)
    assert taken(small) == written


def test_a_build_tells_of_overrides_it_knows_no_account_of(small):
    entry = Entry("NOBODY", "vendor_risk", AS_OF, 30.0, "red", "green", "-", "-")
    enter(open_journal(read_company(small)), entry)
    build(read_company(small), TODAY)
    with duckdb.connect(str(current(small)), read_only=True) as connection:
        notes = connection.execute("select note from load_notes where source = 'overrides'").fetchall()
    assert "not among the accounts" in notes[0][0]
