"""Comparing scorecards: who changes band, told before anything is built."""

import json
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from dashboard.cli import app
from data.company import read_company
from data.generations import current
from data.sample import write_sample
from metrics import diff_words
from metrics.build import build
from metrics.catalog import CatalogError
from metrics.diff import CannotCompare, diff
from tests.conftest import REPOSITORY, SAMPLE_AS_OF
from tests.edge_companies import HOSTILE, TODAY, accounts_only, built_edge

SHIPPED = REPOSITORY / "metrics" / "scorecards"
OPEN_CASES = ('name  = "open_cases"\nred   = 5', 'name  = "open_cases"\nred   = 2')


def folder_with(folder: Path, name: str, *changes: tuple[str, str]) -> Path:
    """A folder that holds one shipped scorecard with some of its text replaced."""
    text = (SHIPPED / f"{name}.toml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return folder_with(tmp_path / "old", "vendor_risk")


@pytest.fixture
def stricter(tmp_path: Path) -> Path:
    """Open cases are red from two, not from five."""
    return folder_with(tmp_path / "new", "vendor_risk", OPEN_CASES)


def test_the_same_scorecards_move_nobody(sample_folder, old):
    found = diff(read_company(sample_folder), old, old)
    assert (found.views, len(found.same)) == ((), 7)


def test_words_alone_move_nobody(sample_folder, old, tmp_path):
    renamed = folder_with(tmp_path / "new", "vendor_risk", ('title    = "Vendor Risk"', 'title    = "Risk"'))
    assert diff(read_company(sample_folder), old, renamed).views == ()


def test_a_threshold_moves_those_it_moves_when_it_is_built(old, stricter, tmp_path):
    """The comparison and a build under the new scorecards agree on every account's band."""
    folder = tmp_path / "company"
    write_sample(folder, SAMPLE_AS_OF, accounts=60, weeks=20)
    build(read_company(folder), today=TODAY)
    folder_with(stricter, "vendor_risk", OPEN_CASES, ("green = 0.25", "green = 0.9"))
    found = diff(read_company(folder), old, stricter)
    before = _bands(folder)
    (folder / "scorecards").mkdir()
    (folder / "scorecards" / "vendor_risk.toml").write_bytes((stricter / "vendor_risk.toml").read_bytes())
    build(read_company(folder), today=TODAY)
    after = _bands(folder)
    (view,) = found.views
    assert {one.account: (one.was, one.now) for one in view.moved} == {
        code: (before[code], after[code]) for code in before if before[code] != after[code]
    }
    assert len(view.moved) >= 1
    assert view.weight == pytest.approx(sum(one.arr for one in view.moved))
    assert view.changed == ("open_cases: red 5 → 2", "marketing_response: green 0.25 → 0.9")


def _bands(folder: Path) -> dict[str, str]:
    connection = duckdb.connect()
    connection.execute(f"attach '{current(folder)}' as built (read_only)").fetchall()
    return dict(
        connection.execute(
            "select account_code, vendor_risk_status from built.view_now"
            " where as_of = (select max(as_of) from built.view_now)"
        ).fetchall()
    )


def test_other_files_stand_as_the_company_has_them(sample_folder, stricter, tmp_path):
    """The old folder holds another view: risk is compared with what is shipped, outcomes with itself."""
    other = folder_with(tmp_path / "other", "vendor_outcomes")
    found = diff(read_company(sample_folder), other, stricter)
    assert [view.view for view in found.views] == ["vendor_risk"]


def test_expansion_speaks_its_own_words(sample_folder, tmp_path):
    old = folder_with(tmp_path / "old", "vendor_expansion")
    new = folder_with(tmp_path / "new", "vendor_expansion", ("green = 2 ", "green = 6 "))
    (view,) = diff(read_company(sample_folder), old, new).views
    assert {change.now for change in view.changes} <= {"untapped", "partial", "penetrated"}
    assert view.mean_is < view.mean_was


def test_nothing_is_written(sample_folder, old, stricter):
    files = {path: path.stat().st_mtime_ns for path in (sample_folder / "warehouse").iterdir()}
    diff(read_company(sample_folder), old, stricter)
    assert {path: path.stat().st_mtime_ns for path in (sample_folder / "warehouse").iterdir()} == files


def test_the_command_prints_a_table_json_and_a_comment(sample_folder, old, stricter):
    words = ["diff", str(old), str(stricter), "--company", str(sample_folder)]
    table, values, comment = (
        CliRunner().invoke(app, [*words, *more]).stdout for more in ([], ["--json"], ["--markdown"])
    )
    (view,) = json.loads(values)["views"]
    n = len(view["moved"])
    assert f"Vendor Risk: {n} of " in table
    assert f"| Vendor Risk | {n} |" in comment
    assert "open\\_cases: red 5 → 2" in comment
    assert sum(change["accounts"] for change in view["changes"]) == n


def test_a_customers_name_is_text_in_a_comment(tmp_path, tmp_path_factory):
    folder = built_edge("hostile", tmp_path_factory.getbasetemp())
    old = folder_with(tmp_path / "old", "vendor_expansion")
    new = folder_with(tmp_path / "new", "vendor_expansion", ("green = 2 ", "green = 60 "))
    said = diff_words.markdown(diff(read_company(folder), old, new))
    assert "| " in said
    for text in HOSTILE[:2]:
        assert text not in said
    assert "<script" not in said and "<img" not in said and "[a](" not in said


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda folder: None, "there is no such folder"),
        (lambda folder: folder.mkdir(), "there is no scorecard in it"),
    ],
)
def test_a_folder_without_scorecards_is_said_in_words(sample_folder, old, tmp_path, spoil, words):
    spoil(tmp_path / "nothing")
    with pytest.raises(CannotCompare, match=words):
        diff(read_company(sample_folder), old, tmp_path / "nothing")


def test_a_wrong_scorecard_names_its_file_and_the_way_out(sample_folder, old, tmp_path):
    wrong = folder_with(tmp_path / "new", "vendor_risk", ('name  = "open_cases"', 'name  = "open_case"'))
    with pytest.raises(
        CatalogError, match=r"vendor_risk\.toml: no measure is called 'open_case'\. Did you mean 'open_cases'"
    ):
        diff(read_company(sample_folder), old, wrong)


def test_before_the_first_build_it_says_what_to_run(old, tmp_path):
    with pytest.raises(CannotCompare, match=r"nothing is built yet\. Run: sevenviews build"):
        diff(read_company(accounts_only(tmp_path / "company")), old, old)
