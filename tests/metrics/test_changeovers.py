"""Scorecards kept from build to build, and the week of a change by the old and by the new."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data.company import read_company
from data.generations import current
from data.sample import write_sample
from metrics.build import build
from tests.metrics.test_diff import OPEN_CASES, SHIPPED, folder_with

AS_OF = date(2026, 11, 15)
STRICTEST = ('name  = "open_cases"\nred   = 5', 'name  = "open_cases"\nred   = 1.5')


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company of 50 accounts, built for the week to 1 November, then to the 8th and the 15th with a stricter view."""
    made = tmp_path_factory.mktemp("changeovers") / "company"
    write_sample(made, AS_OF, accounts=50, weeks=24)
    built(made, AS_OF - timedelta(weeks=2))
    folder_with(made / "scorecards", "vendor_risk", OPEN_CASES)
    built(made, AS_OF - timedelta(weeks=1))
    built(made, AS_OF)
    return made


def built(folder: Path, as_of: date) -> None:
    company = read_company(folder)
    again = company.model_copy(update={"as_of": as_of})
    again._folder = folder
    build(again, today=AS_OF + timedelta(days=1))


def asked(folder: Path, select: str) -> list[tuple[Any, ...]]:
    connection = duckdb.connect()
    connection.execute(f"attach '{current(folder)}' as built (read_only)").fetchall()
    connection.execute("use built").fetchall()
    return connection.execute(select).fetchall()


def test_every_scorecard_that_was_used_is_kept_with_its_first_week(folder):
    rows = asked(folder, "select hash, first_as_of, cards like '%vendor_risk%' from scorecards_used order by built_at")
    assert [row[1:] for row in rows] == [(AS_OF - timedelta(weeks=2), True), (AS_OF - timedelta(weeks=1), True)]
    assert rows[-1][0] == asked(folder, "select scorecards_hash from generation")[0][0]


def test_a_changeover_names_view_week_and_what_changed(folder):
    used = [row[0] for row in asked(folder, "select hash from scorecards_used order by built_at")]
    assert asked(folder, "select * from changeovers") == [
        (AS_OF - timedelta(weeks=1), "vendor_risk", used[0], used[1], "open_cases: red 5 → 2")
    ]


def test_the_week_of_the_change_keeps_both_scores_while_history_is_scored_by_todays(folder):
    rows = asked(
        folder,
        """
        select o.points, n.points, v.points
        from changeover_scores as o
        join changeover_scores as n on n.account_id = o.account_id and n.view = o.view and n.definition = 'new'
        join view_scores as v on v.account_id = o.account_id and v.view = o.view and v.as_of = o.as_of
        where o.definition = 'old' and o.points is not null
        """,
    )
    assert len(rows) > 20
    assert all(new == pytest.approx(now, abs=1e-9) for _, new, now in rows)
    assert all(old >= new - 1e-9 for old, new, _ in rows)
    assert any(old > new + 1 for old, new, _ in rows)


def test_bands_of_both_definitions_hold_every_account_once(folder):
    sums = asked(
        folder, "select definition, sum(accounts) from changeover_bands group by definition order by definition"
    )
    (scored,) = asked(folder, f"select count(*) from scored_weeks where as_of = date '{AS_OF - timedelta(weeks=1)}'")
    assert sums == [("new", scored[0]), ("old", scored[0])]


def test_the_old_definition_scores_the_week_as_a_build_under_it_would(folder, tmp_path):
    other = tmp_path / "company"
    write_sample(other, AS_OF, accounts=50, weeks=24)
    built(other, AS_OF - timedelta(weeks=1))
    kept = asked(
        folder,
        "select a.account_code, s.points from changeover_scores as s join accounts as a using (account_id)"
        " where s.definition = 'old'",
    )
    code = f"as_of = date '{AS_OF - timedelta(weeks=1)}' and view = 'vendor_risk'"
    would = dict(
        asked(other, f"select account_code, points from view_scores join accounts using (account_id) where {code}")
    )
    assert dict(kept) == pytest.approx(would, abs=1e-9, nan_ok=True)


def test_a_change_of_words_is_no_changeover(tmp_path):
    company = small(tmp_path)
    folder_with(company / "scorecards", "vendor_risk", ('title    = "Vendor Risk"', 'title    = "Risk"'))
    built(company, AS_OF)
    assert len(asked(company, "from scorecards_used")) == 2
    assert asked(company, "from changeovers") == []


def test_two_changes_in_a_week_are_one_and_a_change_taken_back_is_none(tmp_path):
    company = small(tmp_path)
    folder_with(company / "scorecards", "vendor_risk", OPEN_CASES)
    built(company, AS_OF)
    folder_with(company / "scorecards", "vendor_risk", STRICTEST)
    built(company, AS_OF)
    assert asked(company, "select words from changeovers") == [("open_cases: red 5 → 1.5",)]
    (company / "scorecards" / "vendor_risk.toml").write_bytes((SHIPPED / "vendor_risk.toml").read_bytes())
    built(company, AS_OF)
    assert asked(company, "from changeovers") == []
    assert asked(company, "from changeover_scores") == asked(company, "from changeover_bands") == []


def test_accounts_numbered_anew_keep_their_scores(tmp_path):
    """An account that joins the list in front of the others takes the first number; what is kept follows the codes."""
    company = small(tmp_path)
    folder_with(company / "scorecards", "vendor_risk", OPEN_CASES)
    built(company, AS_OF)
    select = "select account_code, definition, points from changeover_scores join accounts using (account_id)"
    before = sorted(asked(company, select), key=str)
    accounts = company / "sources" / "accounts.csv"
    lines = accounts.read_text(encoding="utf-8").splitlines()
    first = lines[1].split(",")
    accounts.write_text("\n".join([lines[0], ",".join(["A0000", *first[1:]]), *lines[1:]]) + "\n", encoding="utf-8")
    built(company, AS_OF)
    assert sorted(asked(company, select), key=str) == before


def small(tmp_path: Path) -> Path:
    company = tmp_path / "company"
    write_sample(company, AS_OF, accounts=20, weeks=12)
    built(company, AS_OF)
    return company
