"""People enter values by hand while builds run: nobody waits for the other, and nothing is lost."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from data.company import read_company
from data.generations import current
from data.journal.opening import open_journal
from data.journal.overrides import Entry, enter, every_override, withdraw
from data.sample import write_sample
from metrics.build import build
from tests.data.test_journal import WRITER

AS_OF, TODAY = date(2026, 11, 15), date(2026, 11, 16)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources of a small sample company; nothing is built."""
    folder = tmp_path_factory.mktemp("small") / "company"
    write_sample(folder, AS_OF, accounts=12, weeks=20)
    return folder


def taken(folder: Path) -> set[str]:
    """The reasons of the overrides that the current generation took."""
    with duckdb.connect(str(current(folder)), read_only=True) as connection:
        return {reason for (reason,) in connection.execute("select reason from overrides").fetchall()}


def test_builds_take_what_is_there_while_processes_write_and_nothing_is_lost(small):
    names = [f"writer{nth}" for nth in range(3)]
    running = [subprocess.Popen([sys.executable, "-c", WRITER, str(small), name, "25"]) for name in names]
    seen = set()
    while any(process.poll() is None for process in running) or not seen:
        build(read_company(small), TODAY)
        assert seen <= taken(small)
        seen = taken(small)
    assert [process.wait() for process in running] == [0, 0, 0]
    written = {f"{name} {nth}" for name in names for nth in range(25)}
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


def ask(folder: Path, select: str, *values: object) -> list[tuple[object, ...]]:
    with duckdb.connect(str(current(folder)), read_only=True) as connection:
        return connection.execute(select, values).fetchall()


def test_a_build_takes_a_value_by_hand_and_a_withdrawal_gives_the_rule_back(small):
    build(read_company(small), TODAY)
    now = (
        "select account_code, vendor_risk_status, vendor_risk_points from view_now where as_of = ? order by account_id"
    )
    code, status, points = next(row for row in ask(small, now, AS_OF) if row[2] is not None)
    human = "green" if status == "red" else "red"
    journal = open_journal(read_company(small))
    number = enter(journal, Entry(str(code), "vendor_risk", AS_OF, points, str(status), human, "Heard it", "Ada"))
    before = ask(small, "select status, accounts from view_bands where view = 'vendor_risk' and as_of = ?", AS_OF)
    build(read_company(small), TODAY)
    assert (code, human, {"red": 25.0, "green": 87.5}[human]) in ask(small, now, AS_OF)
    kept = "select rule_status, rule_points, status from overridden where override_id = ? and as_of = ?"
    assert ask(small, kept, number, AS_OF) == [(status, points, human)]
    bands = "select status, accounts from view_bands where view = 'vendor_risk' and as_of = ?"
    assert sum(n for _, n in ask(small, bands, AS_OF)) == sum(n for _, n in before)
    withdraw(journal, number, "Ada", AS_OF)
    build(read_company(small), TODAY)
    assert (code, status, points) in ask(small, now, AS_OF)
    assert ask(small, kept, number, AS_OF) == []


def test_an_expired_override_stays_in_its_weeks_and_is_held_against_what_followed(small):
    week, after = AS_OF - timedelta(weeks=6), AS_OF - timedelta(weeks=4)
    build(read_company(small), TODAY)
    scores = """
        select v.points, v.status from view_scores as v join accounts as a using (account_id)
        where v.view = 'client_engagement' and a.account_code = ? and v.as_of = ?
        """
    live = "select account_code from view_now where as_of = ? and client_engagement_points is not null"
    (code,) = ask(small, live, week)[0]
    (ruled,) = ask(small, scores, code, week)
    human = "green" if ruled[1] == "red" else "red"
    made = datetime(week.year, week.month, week.day, 12, tzinfo=UTC)
    entry = Entry(str(code), "client_engagement", week, ruled[0], str(ruled[1]), human, "Heard it", "Ada", days=14)
    number = enter(open_journal(read_company(small)), entry, made)
    (followed,) = ask(small, scores, code, after)
    build(read_company(small), TODAY)
    assert [ask(small, scores, code, day)[0][1] for day in (week, week + timedelta(weeks=1))] == [human, human]
    assert ask(small, scores, code, after) == [followed]
    ends = ask(small, "select * from override_ends where override_id = ?", number)
    assert ends == [(number, after, True, followed[1], followed[0])]
