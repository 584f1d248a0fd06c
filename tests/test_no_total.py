"""Nothing anywhere adds the seven views up: every number about accounts is held beside every sum there could be.

Two walks, one over all tables of a warehouse and one over all tables on screen. A third plants totals in both ways and
is there to show that the walks find them.
"""

import itertools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from dashboard.reads.warehouse import connect
from dashboard.screens.frame import SCREENS
from data.company import VIEWS
from data.generations import current
from metrics.catalog import measures
from tests.opened import look_at, open_screen

SAME = 0.9999
FEWEST = 20
"""Accounts a column must tell of: fewer agree with something by chance."""

TOTAL = re.compile(
    r"\b(total|overall|combined|composite|aggregate|average|mean) (customer |account )?(health|score)\b"
    r"|\bhealth (score|index)\b|\bscore across\b|\b(sum|mean|average) of (the |all )?(seven )?views\b",
    re.IGNORECASE,
)
KEYS = ("view", "grp", "entry", "item", "measure", "product_id", "conflict", "part", "kind")
"""What a table tells several things of one account by: each of them is looked at alone."""

NUMERIC = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE", "DECIMAL")


@pytest.fixture
def warehouse(sample_folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The sample's warehouse in memory's reach: read-only, other databases beside it."""
    path = current(sample_folder)
    assert path is not None
    connection = connect(path)
    yield connection
    connection.close()


def points(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Points of the seven views in the latest week, a row per account."""
    columns = ", ".join(f"{view}_points as {view}" for view in VIEWS)
    return connection.execute(
        f"select account_id, account_code, {columns} from view_now where as_of = (select max(as_of) from view_now)"
    ).df()


def totals(seven: pd.DataFrame) -> dict[str, np.ndarray]:
    """Every sum and mean over two views or more, the best and the worst of all, and how many are red."""
    made = {}
    for size in range(2, len(VIEWS) + 1):
        for chosen in itertools.combinations(VIEWS, size):
            part = seven[list(chosen)]
            names = " + ".join(chosen)
            made[f"sum of {names}"] = part.sum(axis=1, min_count=2).to_numpy(float)
            made[f"mean of {names}"] = part.mean(axis=1).where(part.count(axis=1) > 1).to_numpy(float)
    every = seven[list(VIEWS)]
    made["worst of seven"] = every.min(axis=1).to_numpy(float)
    made["best of seven"] = every.max(axis=1).to_numpy(float)
    made["reds of seven"] = (every <= 50).sum(axis=1).to_numpy(float)
    return made


def alike(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether one is the other, or the other on another scale, wherever both are known."""
    known = ~np.isnan(one) & ~np.isnan(other)
    if known.sum() < FEWEST or np.ptp(one[known]) < 1e-9 or np.ptp(other[known]) < 1e-9:
        return False
    return abs(float(np.corrcoef(one[known], other[known])[0, 1])) > SAME


def is_weighted_sum(values: np.ndarray, seven: np.ndarray) -> bool:
    """Whether some weights of two views or more give exactly these values."""
    known = ~np.isnan(values) & ~np.isnan(seven).any(axis=1)
    if known.sum() < FEWEST or np.ptp(values[known]) < 1e-9:
        return False
    given = np.column_stack([seven[known], np.ones(known.sum())])
    weights, *_ = np.linalg.lstsq(given, values[known], rcond=None)
    left = values[known] - given @ weights
    counted = int((np.abs(weights[:-1]) * seven[known].std(axis=0) > 0.01 * values[known].std()).sum())
    return counted > 1 and float(left.std()) < 1e-4 * float(values[known].std())


def found_totals(columns: Mapping[str, pd.Series], seven: pd.DataFrame, key: str) -> dict[str, str]:
    """Which of these columns (values by account) is a total, and of what."""
    by_account = seven.set_index(key)
    single = by_account[list(VIEWS)].to_numpy(float)
    sums = totals(by_account)
    found = {}
    for name, column in columns.items():
        values = column.groupby(level=0).first().reindex(by_account.index).to_numpy(float)
        if any(alike(values, one) for one in single.T):
            continue
        made = next((total for total, of in sums.items() if alike(values, of)), None)
        if made or is_weighted_sum(values, single):
            found[name] = made or "a weighted sum of views"
    return found


def stored_columns(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, pd.Series]]:
    """Every numeric column with an account beside it, of every table, latest week, one slice at a time."""
    tables: dict[str, dict[str, str]] = {}
    described = "select table_name, column_name, data_type from information_schema.columns where table_schema = 'main'"
    for table, column, kind in connection.execute(described).fetchall():
        tables.setdefault(table, {})[column] = kind
    for table, kinds in tables.items():
        if (
            "account_id" not in kinds
            or table in ("measure_values", "item_values", "recent")
            or table.startswith("values_")
        ):
            continue
        numbers = [c for c, k in kinds.items() if k.split("(")[0] in NUMERIC and c != "account_id"]
        keys = [c for c in kinds if c in KEYS]
        week = f"where as_of = (select max(as_of) from {table})" if "as_of" in kinds else ""
        rows = connection.execute(f"select account_id, {', '.join([*keys, *numbers]) or '1'} from {table} {week}").df()
        slices = rows.groupby(keys, dropna=False) if keys else [((), rows)]
        for name, part in slices:
            if part["account_id"].nunique() >= FEWEST:
                indexed = part.set_index("account_id")
                yield from ((f"{table} {name} {number}", indexed[number]) for number in numbers)


def shown_columns(path: str) -> Iterator[tuple[str, pd.Series]]:
    """Every column of numbers in a screen's tables of accounts."""
    by_width: dict[int, list[list[object]]] = {}
    for code, cells in open_screen(path).account_rows():
        by_width.setdefault(len(cells), []).append([code, *map(number, cells)])
    for width, found in by_width.items():
        rows = pd.DataFrame(found).set_index(0)
        yield from ((f"{path} column {column} of {width}", rows[column]) for column in rows.columns)


def number(text: str) -> float:
    """The last number of a cell; nan without one."""
    found = re.findall(r"[-−]?\d[\d,]*(?:\.\d+)?", text)
    return float(found[-1].replace(",", "").replace("−", "-")) if found else float("nan")


def test_no_table_holds_a_total(warehouse):
    columns = dict(stored_columns(warehouse))
    assert sum(name.startswith("view_now ") for name in columns) > 30
    assert found_totals(columns, points(warehouse), "account_id") == {}


def test_no_screen_shows_a_total(sample_folder, warehouse, monkeypatch):
    seven = points(warehouse)
    warehouse.close()
    look_at(sample_folder, monkeypatch)
    columns = dict(column for path in ("views", "accounts", "profit", *VIEWS) for column in shown_columns(path))
    assert len(columns) > 20
    assert found_totals(columns, seven, "account_code") == {}


def test_no_words_speak_of_a_total(sample_folder, monkeypatch):
    look_at(sample_folder, monkeypatch)
    said = {path: TOTAL.findall(open_screen(path).words) for path in [*SCREENS, *VIEWS]}
    assert {path: words for path, words in said.items() if words} == {}
    assert not [name for name, measure in measures().items() if TOTAL.search(measure.label)]


@pytest.mark.parametrize(
    "total",
    [
        lambda seven: seven[list(VIEWS)].mean(axis=1),
        lambda seven: seven[["vendor_risk", "client_engagement"]].sum(axis=1) / 20,
        lambda seven: 0.7 * seven["vendor_risk"] + 0.2 * seven["vendor_outcomes"] + 0.1 * seven["client_engagement"],
        lambda seven: (seven[list(VIEWS)] <= 50).sum(axis=1),
    ],
    ids=["mean of seven", "two on another scale", "weighted", "reds counted"],
)
def test_a_total_would_be_found(total, warehouse):
    seven = points(warehouse)
    planted = pd.Series(total(seven).to_numpy(float), index=seven["account_id"])
    assert set(found_totals({"planted": planted}, seven, "account_id")) == {"planted"}


def test_the_points_of_one_view_are_no_total(warehouse):
    seven = points(warehouse)
    columns = {view: seven.set_index("account_id")[view] for view in VIEWS}
    assert found_totals(columns, seven, "account_id") == {}
