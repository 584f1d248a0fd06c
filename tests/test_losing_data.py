"""What a company loses must show: a source, its tail or a column gone never lifts a band without less behind it."""

import csv
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.company import read_company
from data.contract import SOURCES
from data.errors import UserError
from data.generations import current
from data.sample import write_sample
from metrics.build import build

AS_OF, TODAY = date(2026, 11, 15), date(2026, 11, 16)
ORDER = {"red": 0, "amber": 1, "green": 2}
ALWAYS_THERE = ("accounts", "account_aliases")
STANDS_IN = {
    ("subscriptions", "ends_on"): "an empty end means that the line still runs, so seats of ended lines count again",
    ("touchpoints", "attended"): "where nobody writes down who came, whoever was met or invited counts, but for mails",
    ("tickets", "is_repeat"): "without the source's word, a case within 30 days of the last closing is a repeat",
}
"""Columns whose absence has a meaning of its own in the contract."""

IN_FORCE = {
    "surveys": "an answer stands until the person gives another or it is too old",
    "maturity": "an assessment stands until the next one or for a year",
}
"""Sources whose newest rows replace older ones: without them the older ones stand, and only the source's age tells."""

SOURCES_LOST = [("source", name, "") for name in SOURCES if name not in ALWAYS_THERE]
TAILS_LOST = [
    ("tail", name, "")
    for name, source in SOURCES.items()
    if source.known_on and source.is_event and name not in IN_FORCE
]
COLUMNS_LOST = [
    ("column", name, column.name)
    for name, source in SOURCES.items()
    for column in source.columns
    if not column.required and name not in ALWAYS_THERE and (name, column.name) not in STANDS_IN
]
LOST = SOURCES_LOST + TAILS_LOST + COLUMNS_LOST


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small sample company with every source."""
    folder = tmp_path_factory.mktemp("whole") / "company"
    write_sample(folder, AS_OF, accounts=40, weeks=20)
    return folder


def scores(folder: Path) -> pd.DataFrame:
    """Band and what stands behind it, by account and view, in the last week."""
    build(read_company(folder), TODAY)
    with duckdb.connect(str(current(folder)), read_only=True) as connection:
        rows = connection.execute(
            """
            select a.account_code, v.view, v.status, v.coverage, v.n_measures, v.n_connected
            from view_scores as v join accounts as a on a.account_id = v.account_id
            where v.as_of = $as_of
            """,
            {"as_of": AS_OF},
        ).df()
    return rows.set_index(["account_code", "view"])


@pytest.fixture(scope="module")
def before(whole: Path) -> pd.DataFrame:
    return scores(whole)


def lose(folder: Path, kind: str, source: str, column: str) -> None:
    """Take a source, a column, or the rows of the last 60 days away from a company's files."""
    path = folder / "sources" / f"{source}.csv"
    if kind == "source":
        path.unlink()
        return
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if kind == "tail":
        known = str(SOURCES[source].known_on)
        rows = [row for row in rows if row[known][:10] < "2026-09-16"]
    names = [name for name in rows[0] if name != column] if rows else []
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lost=st.sampled_from(LOST))
def test_losing_data_never_lifts_a_band_unseen(whole, before, tmp_path_factory, lost):
    folder = tmp_path_factory.mktemp("part") / "company"
    shutil.copytree(whole, folder, ignore=shutil.ignore_patterns("warehouse"))
    lose(folder, *lost)
    try:
        after = scores(folder)
    except UserError:
        return  # a build that stops with a report hides nothing
    both = before.join(after.add_suffix("_after"), how="inner")
    judged = both[both["status"].isin(ORDER) & both["status_after"].isin(ORDER)]
    lifted = judged[judged["status_after"].map(ORDER) > judged["status"].map(ORDER)]
    unseen = lifted[
        (lifted["coverage_after"] >= lifted["coverage"] - 1e-9)
        & (lifted["n_measures_after"] >= lifted["n_measures"])
        & (lifted["n_connected_after"] >= lifted["n_connected"])
    ]
    assert unseen.empty, f"{lost}: {unseen.head(3).to_dict('index')}"
