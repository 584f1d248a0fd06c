"""What the sample company writes: the contract's columns, the same rows for the same arguments, none from tomorrow."""

from datetime import date
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest

from data.company import read_company
from data.contract import SOURCES
from data.sample import write_sample

AS_OF = date(2026, 11, 15)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("written") / "company"
    write_sample(folder, AS_OF, accounts=60, weeks=30)
    return folder


def digests(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()}


def rows(file: Path) -> duckdb.DuckDBPyRelation:
    return duckdb.read_csv(str(file), header=True, all_varchar=True)


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_every_source_is_written_with_the_columns_of_the_contract(source, folder):
    columns = rows(folder / "sources" / f"{source.name}.csv").columns
    known = [column.name for column in source.columns]
    assert set(columns) <= set(known)
    assert set(source.required) <= set(columns)


@pytest.mark.parametrize("source", [s for s in SOURCES.values() if s.known_on], ids=lambda s: s.name)
def test_no_fact_is_known_after_the_last_day(source, folder):
    file = rows(folder / "sources" / f"{source.name}.csv")
    (newest,) = file.aggregate(f"max({source.known_on}[:10])").fetchall()[0]
    assert newest <= AS_OF.isoformat()


def test_the_same_arguments_write_the_same_rows(folder, tmp_path):
    write_sample(tmp_path / "again", AS_OF, accounts=60, weeks=30)
    assert digests(tmp_path / "again") == digests(folder)


def test_another_seed_writes_other_rows(folder, tmp_path):
    write_sample(tmp_path / "other", AS_OF, accounts=60, weeks=30, seed=9)
    assert digests(tmp_path / "other")["usage.csv"] != digests(folder)["usage.csv"]


def test_the_same_company_is_drawn_for_another_week(folder, tmp_path):
    write_sample(tmp_path / "later", date(2026, 11, 22), accounts=60, weeks=30)
    lines = "cast(invoiced_on as date) - {} as day_on, account_id, quantity, list_revenue"
    later = rows(tmp_path / "later" / "sources" / "invoices.csv").project(lines.format(7))
    assert later.fetchall() == rows(folder / "sources" / "invoices.csv").project(lines.format(0)).fetchall()


def test_the_settings_are_those_of_a_company(folder):
    company = read_company(folder)
    assert (company.name, company.as_of, company.history_weeks) == ("Corvane Robotics", AS_OF, 30)
    assert company.week_ends == "sunday"


@pytest.mark.parametrize("events", [1_000, 90_000])
def test_as_many_usage_rows_are_written_as_are_asked_for(events, tmp_path):
    write_sample(tmp_path / "company", AS_OF, accounts=60, weeks=10, events=events)
    assert rows(tmp_path / "company" / "sources" / "usage.csv").shape[0] == events


def test_parquet_holds_the_rows_of_csv(folder, tmp_path):
    write_sample(tmp_path / "company", AS_OF, accounts=60, weeks=30, file_format="parquet")
    for name in ("tickets", "goals", "usage"):
        parquet = duckdb.read_parquet(str(tmp_path / "company" / "sources" / f"{name}.parquet"))
        assert parquet.shape[0] == rows(folder / "sources" / f"{name}.csv").shape[0]


def test_writing_again_leaves_one_file_per_source(tmp_path):
    for file_format in ("csv", "parquet", "csv"):
        write_sample(tmp_path / "company", AS_OF, accounts=5, weeks=4, file_format=file_format)
    names = sorted(path.name for path in (tmp_path / "company" / "sources").iterdir())
    assert names == sorted(f"{name}.csv" for name in SOURCES)


@pytest.mark.parametrize("accounts", [1, 2, 7])
def test_a_handful_of_accounts_is_a_company_too(accounts, tmp_path):
    write_sample(tmp_path / "company", AS_OF, accounts=accounts, weeks=4)
    assert rows(tmp_path / "company" / "sources" / "accounts.csv").shape[0] == accounts


def test_progress_says_what_is_done_and_what_is_left(tmp_path):
    said = []
    write_sample(tmp_path / "company", AS_OF, accounts=5, weeks=4, progress=said.append)
    assert said[0] == "accounts, 1 of 22"
    assert said[-1].endswith("5 of 5 accounts")


def test_some_names_are_awkward(folder):
    names = {name for (name,) in rows(folder / "sources" / "accounts.csv").project("name").fetchall()}
    assert "O'Brien & Söhne <Intralogistics>" in names
    assert max(map(len, names)) == 40
