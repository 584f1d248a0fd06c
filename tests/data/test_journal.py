"""The journal: made when first written, read as it is, brought forward under a lock, and silent about passwords."""

import sqlite3
import stat
import subprocess
import sys
import traceback
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from data.company import read_company
from data.journal.limits import LONGEST_NAME, LONGEST_REASON
from data.journal.opening import MIGRATIONS, Journal, open_journal
from data.journal.overrides import Entry, NotTaken, enter, every_override, standing, withdraw
from data.journal.place import JournalError, Place
from data.journal.tables import NEWEST, VERSIONS, metadata

WEEK = date(2026, 11, 15)
NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """The journal of an empty company; nothing is entered yet."""
    return journal_in(tmp_path)


def journal_in(folder: Path, settings: str = "") -> Journal:
    (folder / "company.toml").write_text(f'name = "Acme"\n{settings}', encoding="utf-8")
    return open_journal(read_company(folder))


def entry(account: str = "A1", view: str = "vendor_risk", **more) -> Entry:
    usual = {"week": WEEK, "rule_points": 30.0, "rule_status": "red", "status": "green", "reason": "Renewed by phone"}
    return Entry(account, view, **usual | {"author": "Ada"} | more)


# What is kept


def test_an_override_keeps_both_values_and_stands_for_thirty_days(journal):
    enter(journal, entry(), NOW)
    (kept,) = every_override(journal)
    assert (kept.rule_points, kept.rule_status, kept.points, kept.status) == (30, "red", 87.5, "green")
    assert (kept.author, kept.is_verified, kept.reason) == ("Ada", False, "Renewed by phone")
    assert kept.expires_on == date(2026, 12, 18)
    weeks = [date(2026, 11, 8), WEEK, date(2026, 12, 13), date(2026, 12, 20)]
    assert [kept.stands_in(week) for week in weeks] == [False, True, True, False]
    assert [bool(standing(journal, week)) for week in weeks] == [False, True, True, False]


@pytest.mark.parametrize(("status", "points"), [("red", 25), ("amber", 62.5), ("green", 87.5)])
def test_points_are_the_middle_of_the_band(journal, status, points):
    enter(journal, entry(rule_status="insufficient data", rule_points=None, status=status), NOW)
    (kept,) = every_override(journal)
    assert (kept.points, kept.rule_points) == (points, None)


def test_a_withdrawn_override_ends_with_the_week_looked_at_and_stays_on_the_list(journal):
    number = enter(journal, entry(), NOW)
    later = date(2026, 11, 29)
    assert withdraw(journal, number, "Bo", later, NOW)
    assert not withdraw(journal, number, "Cy", later, NOW)
    (kept,) = every_override(journal)
    assert (kept.withdrawn_by, kept.ends_on) == ("Bo", later)
    assert standing(journal, date(2026, 11, 22)) and not standing(journal, later)


def test_a_later_override_takes_the_place_of_an_earlier_one_for_good(journal):
    enter(journal, entry(days=100), NOW)
    second = enter(journal, entry(status="amber", week=date(2026, 11, 22), days=20), NOW)
    assert standing(journal, WEEK)["A1", "vendor_risk"].status == "green"
    assert standing(journal, date(2026, 11, 22))["A1", "vendor_risk"].status == "amber"
    withdraw(journal, second, "Ada", date(2026, 11, 29), NOW)
    assert not standing(journal, date(2026, 11, 29))


def test_overrides_of_other_views_and_accounts_stand_beside(journal):
    for one in (entry(), entry(view="client_outcomes"), entry("B2")):
        enter(journal, one, NOW)
    both = {("A1", "vendor_risk"), ("A1", "client_outcomes")}
    assert set(standing(journal, WEEK)) == both | {("B2", "vendor_risk")}
    assert set(standing(journal, WEEK, "A1")) == both


def test_the_day_is_the_company_s_own(tmp_path):
    journal = journal_in(tmp_path, 'time_zone = "Pacific/Auckland"')
    enter(journal, entry(days=1), datetime(2026, 11, 18, 23, 0, tzinfo=UTC))
    (kept,) = every_override(journal)
    assert (kept.made_at, kept.made_on) == (datetime(2026, 11, 18, 23, 0), date(2026, 11, 19))
    assert kept.expires_on == date(2026, 11, 20)


# What is refused, and what stays text


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"reason": " \n "}, "needs a reason"),
        ({"reason": "\x00\x1b"}, "needs a reason"),
        ({"reason": "x" * 10_000}, "The reason has 10,000 characters; 1,000 fit"),
        ({"author": "\u202e"}, "needs a name"),
        ({"author": "x" * 81}, "The name has 81 characters; 80 fit"),
        ({"status": "purple"}, "A band is one of red, amber, green"),
        ({"status": "red"}, "The rule says the same already"),
        ({"view": "overall"}, "no view called overall"),
        ({"days": 0}, "1 to 365 days"),
        ({"days": 366}, "1 to 365 days"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_words_and_leaves_nothing(journal, more, says):
    with pytest.raises(NotTaken, match=says):
        enter(journal, entry(**more), NOW)
    assert every_override(journal) == []


HOSTILE = [
    "<script>alert(1)</script>", '=HYPERLINK("http://x")', "'; drop table overrides; --", "{{ 7 * 7 }}",
    "%s %(x)s :n ?", "Ünïcødé 客户 🙂", "line one\nline two", "x" * LONGEST_NAME,
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_text_comes_back_as_it_was_written(journal, words):
    enter(journal, entry(words, reason=words, author=words), NOW)
    (kept,) = every_override(journal)
    assert (kept.account_code, kept.reason, kept.author) == (words, words, " ".join(words.split()))
    assert standing(journal, WEEK, words)


def test_what_cannot_be_shown_is_left_out(journal):
    enter(journal, entry(reason="a\x00b\ud800c\u202ed\r\ne", author="A\x00da\n"), NOW)
    (kept,) = every_override(journal)
    assert (kept.reason, kept.author) == ("abcd\ne", "Ada")


def test_the_longest_reason_fits(journal):
    enter(journal, entry(reason="é" * LONGEST_REASON), NOW)
    assert len(every_override(journal)[0].reason) == LONGEST_REASON


# Where it lies


def test_reading_makes_nothing(journal, tmp_path):
    assert every_override(journal) == [] and standing(journal, WEEK) == {}
    assert [path.name for path in tmp_path.iterdir()] == ["company.toml"]


def test_the_file_is_its_owner_s_alone_and_readers_do_not_wait_for_writers(journal, tmp_path):
    enter(journal, entry(), NOW)
    file = tmp_path / "journal.db"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    connection = sqlite3.connect(file)
    assert connection.execute("pragma journal_mode").fetchone() == ("wal",)
    connection.execute("begin immediate")
    assert len(every_override(journal)) == 1
    connection.close()


def test_an_address_may_name_another_file(tmp_path):
    journal = journal_in(tmp_path, 'journal_url = "sqlite:///kept/notes.db"')
    (tmp_path / "kept").mkdir()
    enter(journal, entry(), NOW)
    assert (tmp_path / "kept" / "notes.db").exists() and not (tmp_path / "journal.db").exists()
    assert every_override(Journal(Place.in_folder(tmp_path)))


def test_a_file_put_in_its_place_is_met_at_once(journal, tmp_path):
    enter(journal, entry(), NOW)
    (tmp_path / "journal.db").unlink()
    assert every_override(journal) == []
    enter(journal, entry("B2"), NOW)
    assert [one.account_code for one in every_override(journal)] == ["B2"]


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("nonsense hunter2", "is no address"),
        ("mysql://keeper:hunter2@host/x", "has to begin with postgresql://"),
        ("sqlite://", "has to begin with postgresql:// or name a file"),
        ("postgresql://keeper:hun@hunter2@host/x", "write an @ inside the password as %40"),
        ("postgresql://keeper:hunter2@127.0.0.1:1/x", r"postgresql://keeper@127.0.0.1:1/x: .*journal_url in .*company"),
        ("postgresql://keeper@127.0.0.1:1/x?password=hunter2", r"postgresql://keeper@127.0.0.1:1/x: .*can't be used"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_without_its_password(tmp_path, address, says):
    with pytest.raises(JournalError, match=says) as caught:
        every_override(journal_in(tmp_path, f'journal_url = "{address}"'))
    assert "hunter2" not in "".join(traceback.format_exception(caught.value))
    assert "hunter2" not in repr(Place.in_folder(tmp_path))


def test_a_file_that_is_no_journal_is_told(journal, tmp_path):
    (tmp_path / "journal.db").write_bytes(b"not a database at all, but long enough to be one" * 30)
    with pytest.raises(JournalError, match=r"journal.db: the journal can't be used \(file is not a database\)"):
        every_override(journal)


def test_a_folder_that_is_not_there_is_told(tmp_path):
    journal = journal_in(tmp_path, 'journal_url = "sqlite:///nowhere/notes.db"')
    with pytest.raises(JournalError, match="can be written"):
        enter(journal, entry(), NOW)


# Its tables


def test_the_revisions_make_the_tables_that_are_declared(journal, tmp_path):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    enter(journal, entry(), NOW)
    with create_engine(f"sqlite:///{tmp_path}/journal.db").connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSIONS})
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == NEWEST


def test_the_newest_revision_is_the_one_the_tables_are_of():
    from alembic.script import ScriptDirectory

    assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == NEWEST


def test_a_revision_that_fails_leaves_nothing_behind(journal, tmp_path, monkeypatch):
    from data.journal import opening

    run = opening._run_revisions

    def failing(connection):
        run(connection)
        raise OSError("the disk is full")

    monkeypatch.setattr(opening, "_run_revisions", failing)
    with pytest.raises(JournalError, match="the disk is full"):
        enter(journal, entry(), NOW)
    assert sqlite3.connect(tmp_path / "journal.db").execute("select * from sqlite_master").fetchall() == []
    monkeypatch.undo()
    assert enter(journal, entry(), NOW) == 1


def test_a_journal_from_the_future_is_not_touched(journal, tmp_path):
    enter(journal, entry(), NOW)
    with sqlite3.connect(tmp_path / "journal.db") as connection:
        connection.execute(f"update {VERSIONS} set version_num = '9999'")
    for use in (lambda: every_override(journal), lambda: enter(journal, entry(), NOW)):
        with pytest.raises(JournalError, match=r"newer Seven Views \(revision 9999"):
            use()


# Many at once

WRITER = """
import sys
import traceback
from datetime import date
from pathlib import Path
from data.journal.opening import Journal
from data.journal.overrides import Entry, enter
from data.journal.place import Place

folder, name, n = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for nth in range(n):
    words = dict(week=date(2026, 11, 15), rule_points=30.0, rule_status="red", status="green", reason=f"{name} {nth}")
    enter(Journal(Place.in_folder(folder)), Entry(f"{name}-{nth}", "vendor_risk", author=name, **words))
"""


def write_at_once(folder: Path, writers: int, entries: int) -> set[str]:
    """Let processes write into a journal that none of them finds; what they were to write comes back."""
    names = [f"writer{nth}" for nth in range(writers)]
    running = [subprocess.Popen([sys.executable, "-c", WRITER, str(folder), name, str(entries)]) for name in names]
    assert [process.wait(timeout=120) for process in running] == [0] * writers
    return {f"{name} {nth}" for name in names for nth in range(entries)}


def test_processes_that_begin_a_journal_together_lose_nothing(journal, tmp_path):
    written = write_at_once(tmp_path, writers=4, entries=10)
    assert sorted(one.reason for one in every_override(journal)) == sorted(written)
