"""Overrides on their way through a build: a table beside the sources, and what followed each of them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data.company import Company, read_company
from data.journal.loading import put_overrides
from data.journal.opening import open_journal
from data.journal.overrides import Entry, enter, withdraw
from data.journal.place import JournalError
from metrics.engines import DuckEngine
from metrics.reads import READS_FOLDER

NOW = datetime(2026, 6, 24, 12, tzinfo=UTC)
JUNE_7, JUNE_14, JUNE_21, JUNE_28 = (date(2026, 6, day) for day in (7, 14, 21, 28))


@pytest.fixture
def company(tmp_path: Path) -> Company:
    (tmp_path / "company.toml").write_text('name = "Acme"', encoding="utf-8")
    return read_company(tmp_path)


def override(company: Company, account: str = "A1", view: str = "vendor_risk", **more: Any) -> int:
    usual = {"week": JUNE_7, "rule_points": 30.0, "rule_status": "red", "status": "green", "reason": "-", "author": "-"}
    return enter(open_journal(company), Entry(account, view, **usual | more), NOW)


@pytest.fixture
def loaded(company: Company) -> Callable[..., list[tuple[Any, ...]]]:
    """The table `overrides` over two accounts, of which B2 was once called OLD."""

    def load(columns: str) -> list[tuple[Any, ...]]:
        connection = duckdb.connect()
        connection.execute(
            "create table accounts as select * from (values (1, 'A1'), (2, 'B2')) t(account_id, account_code)"
        )
        connection.execute("create table account_aliases as select 'OLD' as alias, 2 as account_id")
        connection.execute("create table load_notes (source varchar, file varchar, note varchar)")
        put_overrides(company, connection)
        load.notes = connection.execute("select note from load_notes").fetchall()  # type: ignore[attr-defined]
        return connection.execute(f"select {columns} from overrides order by override_id").fetchall()

    return load


def test_an_override_keeps_its_account_and_its_weeks(company, loaded):
    override(company)
    columns = "account_id, account_code, view, starts_on, ends_on, made_on, points, status, rule_points, rule_status"
    assert loaded(columns) == [
        (1, "A1", "vendor_risk", JUNE_7, date(2026, 7, 24), date(2026, 6, 24), 87.5, "green", 30.0, "red")
    ]


def test_without_a_journal_the_table_is_empty_and_none_is_made(company, loaded):
    assert loaded("*") == []
    assert not (company.folder / "journal.db").exists()


def test_an_unknown_account_is_kept_and_counted(company, loaded):
    override(company, "GONE")
    override(company)
    assert loaded("account_id, account_code") == [(None, "GONE"), (1, "A1")]
    (note,) = loaded.notes[0]
    assert note == "1 override is for an account not among the accounts; kept, and of no effect"


def test_an_account_that_was_renamed_keeps_its_override_and_a_later_one_takes_its_place(company, loaded):
    override(company, "OLD")
    override(company, "B2", status="amber", week=JUNE_21)
    assert loaded("account_id, starts_on, ends_on") == [
        (2, JUNE_7, JUNE_21),
        (2, JUNE_21, date(2026, 7, 24)),
    ]


def test_a_withdrawn_override_ends_with_its_week(company, loaded):
    withdraw(open_journal(company), override(company), "Bo", JUNE_21, NOW)
    assert loaded("starts_on, ends_on, withdrawn_by") == [(JUNE_7, JUNE_21, "Bo")]


def test_no_two_of_an_account_and_view_ever_overlap(company, loaded):
    """Entered in any order of weeks, as after a rollback: each gives way to all that were entered after it."""
    for week in (JUNE_7, JUNE_28, JUNE_14, JUNE_21):
        override(company, week=week)
    terms = [(starts, ends) for starts, ends in loaded("starts_on, ends_on") if starts < ends]
    assert terms == [(JUNE_7, JUNE_14), (JUNE_14, JUNE_21), (JUNE_21, date(2026, 7, 24))]


def test_a_journal_out_of_reach_stops_the_build_in_words(tmp_path):
    (tmp_path / "company.toml").write_text(
        'name = "Acme"\njournal_url = "postgresql://keeper:hunter2@127.0.0.1:1/x"', encoding="utf-8"
    )
    with pytest.raises(JournalError, match="journal can't be used") as caught:
        put_overrides(read_company(tmp_path), duckdb.connect())
    assert "hunter2" not in str(caught.value)


# What followed


@pytest.fixture
def ends(company: Company) -> Callable[..., list[tuple[Any, ...]]]:
    """`override_ends` over four weeks: the rule gives A1 30, 40, 60 and 80 points, and B2 leaves after the second."""

    def followed(overridden: str = "where false") -> list[tuple[Any, ...]]:
        engine = DuckEngine(duckdb.connect())
        engine.table("accounts", "select * from (values (1, 'A1'), (2, 'B2')) as t(account_id, account_code)")
        engine.table("account_aliases", "select '' as alias, 0 as account_id where false")
        engine.table("load_notes", "select '' as source, '' as file, '' as note where false")
        put_overrides(company, engine.connection)
        weeks = f"(values (date '{JUNE_7}'), (date '{JUNE_14}'), (date '{JUNE_21}'), (date '{JUNE_28}'))"
        engine.table("weeks", f"select as_of, true as is_shown from {weeks} as t(as_of)")
        engine.table(
            "view_scores",
            f"""
            select 'vendor_risk' as view, account_id, as_of, points,
                case when points <= 50 then 'red' when points <= 75 then 'amber' else 'green' end as status
            from (values (1, date '{JUNE_7}', 30.0), (1, date '{JUNE_14}', 40.0), (1, date '{JUNE_21}', 60.0),
                (1, date '{JUNE_28}', 80.0), (2, date '{JUNE_7}', 30.0), (2, date '{JUNE_14}', 30.0))
                as t(account_id, as_of, points)
            """,
        )
        engine.table("scored_weeks", "select distinct account_id, as_of from view_scores")
        engine.table(
            "overridden",
            "select view, account_id, as_of, 20.0 as rule_points, 'red' as rule_status from view_scores " + overridden,
        )
        engine.table("override_ends", (READS_FOLDER / "override_ends.sql").read_text(encoding="utf-8"))
        columns = "override_id, ended_as_of, is_live, ended_status, ended_points"
        return engine.connection.execute(f"select {columns} from override_ends").fetchall()

    return followed


def test_the_rule_is_read_in_the_first_week_after_the_term(company, ends):
    number = override(company)
    withdraw(open_journal(company), number, "Bo", JUNE_21, NOW)
    assert ends() == [(number, JUNE_21, True, "amber", 60)]


def test_an_account_that_left_is_told(company, ends):
    number = override(company, "B2")
    withdraw(open_journal(company), number, "Bo", JUNE_21, NOW)
    assert ends() == [(number, JUNE_21, False, None, None)]


def test_where_another_override_stands_by_then_the_rule_is_read_beneath_it(company, ends):
    number = override(company)
    override(company, week=JUNE_21)
    assert ends(f"where as_of >= date '{JUNE_21}'") == [(number, JUNE_21, True, "red", 20)]
    assert ends() == [(number, JUNE_21, True, None, None)]  # too long ago: no build keeps what lay beneath


def test_what_still_stands_or_never_stood_has_no_end(company, ends):
    override(company)
    withdraw(open_journal(company), override(company, view="client_outcomes"), "Bo", JUNE_7, NOW)
    assert ends() == []
