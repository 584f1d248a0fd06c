"""The scorer of one account gives what the SQL over all accounts gives."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from data.generations import current
from metrics.catalog import Cap
from metrics.definition import definition_of
from metrics.one_account import Account, Definition, Reading, Value, ViewScore, definition_from, score_view
from tests.companies import built_company
from tests.conftest import DATASETS
from tests.edge_companies import COMPANIES, built_edge
from tests.metrics.conftest import AS_OF, card, entry, measure


def readings(connection: duckdb.DuckDBPyConnection, week: date) -> dict[int, tuple[Account, Reading]]:
    """Every account that is live in a week, with what is known of it."""
    bound = {"week": week}
    rows = connection.execute(
        "select measure, account_id, item, numerator, denominator, evidence_on from measure_values where as_of = $week",
        bound,
    ).fetchall()
    values: dict[int, dict[tuple[str, str], Value]] = {}
    for name, account, item, numerator, denominator, evidence_on in rows:
        values.setdefault(account, {})[name, item] = Value(numerator, denominator, evidence_on)
    listed: dict[str, tuple[str, ...]] = {}
    for name, item in connection.execute(
        "select distinct e.measure, i.item from entry_items as i"
        " join entries as e on e.view = i.view and e.entry = i.entry where i.item <> '' and e.has_items and e.item = ''"
    ).fetchall():
        listed[name] = (*listed.get(name, ()), item)
    sources = connection.execute("select source from source_weeks where as_of = $week", bound).fetchall()
    days = connection.execute("select source, last_on from source_days").fetchall()
    ended = frozenset(name for name, last_on in days if week > last_on + timedelta(days=6))
    delivered = frozenset(name for (name,) in sources)
    accounts = connection.execute(
        "select w.account_id, coalesce(a.segment, ''), coalesce(a.industry, ''), w.age_days"
        " from scored_weeks as w join accounts as a on a.account_id = w.account_id where w.as_of = $week",
        bound,
    ).fetchall()
    return {
        account: (Account(*facts), Reading(week, values.get(account, {}), delivered, ended, listed))
        for account, *facts in accounts
    }


def definitions(connection: duckdb.DuckDBPyConnection) -> dict[str, Definition]:
    """Every view that is on, as this generation scores it."""
    (scoring,) = connection.execute(
        "select scoring from scorecards_used join generation on scorecards_hash = hash"
    ).fetchone()
    return {view: definition_from(values) for view, values in json.loads(scoring).items()}


def disagreements(connection: duckdb.DuckDBPyConnection, week: date) -> list[str]:
    """Accounts and views where the two differ, in words."""
    stored = connection.execute(
        "select view, account_id, points, status, coverage, n_measures, n_connected from view_scores"
        " where as_of = $week",
        {"week": week},
    ).fetchall()
    known, cards, by_hand = readings(connection, week), definitions(connection), overridden(connection, week)
    wrong = []
    for view, account, *row in stored:
        found = score_view(cards[view], *known[account])
        if (view, account) not in by_hand and not agrees(found, row):
            wrong.append(f"{view}, account {account}: SQL {row}, here {found}")
    assert len(stored) == len(known) * len(cards)
    return wrong


def overridden(connection: duckdb.DuckDBPyConnection, week: date) -> set[tuple[str, int]]:
    """Views and accounts a person's value stands for in a week: no rule says those."""
    return set(connection.execute("select view, account_id from overridden where as_of = ?", [week]).fetchall())


def agrees(found: ViewScore, row: list) -> bool:
    points, status, coverage, n_measures, n_connected = row
    same_points = found.points == points if None in (points, found.points) else abs(found.points - points) < 1e-9
    return same_points and (found.status, found.n_measures, found.n_connected) == (
        status, n_measures, n_connected,
    ) and abs(found.coverage - coverage) < 1e-9  # fmt: skip


def weeks_of(connection: duckdb.DuckDBPyConnection) -> list[date]:
    """The latest week, one in autumn and the first one shown."""
    rows = [
        day for (day,) in connection.execute("select as_of from weeks where is_shown order by as_of desc").fetchall()
    ]
    return sorted({rows[0], rows[min(9, len(rows) - 1)], rows[-1]})


def test_every_account_and_view_of_the_sample(sample):
    for week in weeks_of(sample):
        assert disagreements(sample, week) == []


def test_the_sample_has_what_makes_it_hard(sample):
    """Without exceptions, items, missing sources and NA an agreement would say little."""
    states = {status for (status,) in sample.execute("select distinct status from view_scores").fetchall()}
    assert {"red", "amber", "green", "insufficient data"} <= states
    assert any(len(place.rules) > 1 for card in definitions(sample).values() for place in card.places)
    assert any(place.lists_products for card in definitions(sample).values() for place in card.places)


@pytest.mark.parametrize("name", COMPANIES)
def test_every_account_and_view_of_a_company_at_an_edge(name, tmp_path_factory):
    connection = opened(built_edge(name, tmp_path_factory.getbasetemp()))
    for week in weeks_of(connection):
        assert disagreements(connection, week) == []


@pytest.mark.skipif(not DATASETS.is_dir(), reason=f"no data sets at {DATASETS} (set SEVENVIEWS_DATASETS)")
def test_every_account_and_view_of_a_company_with_few_sources(tmp_path_factory):
    connection = opened(built_company("ravenstack", tmp_path_factory.getbasetemp(), DATASETS))
    for week in weeks_of(connection):
        assert disagreements(connection, week) == []


def opened(folder: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(f"attach '{current(folder)}' as built (read_only)").fetchall()
    connection.execute("use built").fetchall()
    return connection


SEGMENTS, INDUSTRIES, ITEMS = ("Small", "Large", None), ("Food", "Steel", None), ("p1", "p2", "p3")
MEASURES = {
    "plain": measure("plain"),
    "dated": measure("dated", valid_days=30),
    "levels": measure("levels", item="dimension", valid_days=30),
    "products": measure("products", item="product", items="products.product_id", absent="zero"),
    "gone": measure("gone"),
}


@pytest.mark.parametrize("seed", range(25))
def test_scorecards_with_everything_they_can_hold(scored, seed):
    """Random groups, weights, exceptions, items, caps, ages, NA and rows too old, over random accounts."""
    rng = np.random.default_rng(seed)
    scorecard = random_card(rng)
    accounts = [random_account(rng, nth) for nth in range(12)]
    values = [row for account in accounts for row in random_rows(rng, account["account_id"])]
    missing, last_on = {"gone": ["tickets.kind"]}, AS_OF - timedelta(days=int(rng.choice([0, 40])))
    stored = scored(
        scorecard, values, accounts, measures=MEASURES, missing=missing, products=ITEMS[:2], last_on=last_on
    )
    definition, known = definition_of(scorecard, MEASURES, missing), readings(scored.engine.connection, AS_OF)
    for account, row in stored.replace({float("nan"): None}).iterrows():
        found = score_view(definition, *known[account])
        names = ("points", "status", "coverage", "n_measures", "n_connected")
        assert agrees(found, [row[name] for name in names]), (account, found, row)


def random_card(rng: np.random.Generator) -> Any:
    entries = [random_entry(rng, name) for name in ("plain", "dated", "levels", "products", "gone")]
    entries.append(entry("levels", item="p1", red=0, green=3))
    order = [entries[nth] for nth in rng.permutation(len(entries))]
    cut = int(rng.integers(1, len(order)))
    made = card(order[:cut], order[cut:], weights=(float(rng.integers(1, 5)), float(rng.integers(1, 5))))
    bands = [str(rng.choice(["red", "amber", "green"])) for _ in range(3)]
    caps = (
        Cap.model_validate({"name": "a measure", "measure": "plain", "is": bands[0], "most": 30}),
        Cap.model_validate({"name": "a mean", "measure": "levels", "is": bands[1], "most": 45}),
        Cap.model_validate({"name": "a group", "group": "g1", "is": bands[2], "most": 60}),
    )
    return made.model_copy(update={"caps": caps if rng.random() < 0.7 else ()})


def random_entry(rng: np.random.Generator, name: str) -> dict[str, Any]:
    red, green = rng.choice(5, 2, replace=False)
    exceptions = [random_exception(rng, name) for _ in range(rng.integers(0, 4))]
    return entry(name, red=float(red), green=float(green), weight=float(rng.integers(1, 4)), exceptions=exceptions)


def random_exception(rng: np.random.Generator, name: str) -> dict[str, Any]:
    start = int(rng.integers(0, 200))
    kinds = [
        {"segment": str(rng.choice(["Small", "Large"]))},
        {"industry": str(rng.choice(["Food", "Steel"]))},
        {"age_from_days": start, "age_to_days": start + int(rng.integers(1, 300))},
    ]
    if name in ("levels", "products"):
        kinds.append({"item": str(rng.choice(ITEMS))})
    changes = [{"red": 9.0}, {"green": -1.0}, {"na": True}] + (
        [] if name in ("levels", "products") else [{"weight": 3}, {"weight": 0}, {"weight": 0}]
    )
    return kinds[rng.integers(len(kinds))] | changes[rng.integers(len(changes))]


def random_account(rng: np.random.Generator, nth: int) -> dict[str, Any]:
    return {
        "account_id": nth,
        "segment": SEGMENTS[rng.integers(3)],
        "industry": INDUSTRIES[rng.integers(3)],
        "age_days": int(rng.integers(0, 500)),
    }


def random_rows(rng: np.random.Generator, account: int) -> list[tuple[Any, ...]]:
    """Some of the values an account could have; some NA, some seen too long ago."""
    places = [("plain", ""), ("dated", ""), ("gone", ""), *(("levels", item) for item in ITEMS)]
    places += [("products", item) for item in ITEMS]
    rows = []
    for name, item in places:
        if rng.random() < 0.75:
            seen = AS_OF - timedelta(days=int(rng.integers(0, 60))) if name in ("dated", "levels") else None
            rows.append((name, account, float(rng.integers(-1, 6)), float(rng.choice([0, 1, 1, 1])), item, seen))
    return rows


def test_points_by_hand():
    """Red 0 and green 4: a value of 1 has 25 points, of 3 has 75; weights 3 and 1 make 37.5."""
    scorecard = card([entry("plain", red=0, green=4, weight=3), entry("dated", red=0, green=4, weight=1)])
    rows = {("plain", ""): Value(1, 1), ("dated", ""): Value(3, 1)}
    found = score_view(definition_of(scorecard, MEASURES, {}), Account(), Reading(AS_OF, rows))
    assert (found.points, found.status, found.coverage, found.n_measures) == (37.5, "red", 1.0, 2)


def test_a_group_that_weighs_nothing_for_an_account_is_na_there_in_both(scored):
    """The group of two measures counts for large accounts alone; a small one is scored from the other group whole."""
    none = [{"segment": "Small", "weight": 0}]
    scorecard = card(
        [entry("plain", red=0, green=4)],
        [entry("dated", red=0, green=4, exceptions=none), entry("second", red=0, green=4, exceptions=none)],
    )
    measures = MEASURES | {"second": measure("second")}
    values = [("plain", "small", 1, 1), ("dated", "small", 3, 1), ("second", "small", 3, 1)]
    values += [("plain", "large", 1, 1), ("dated", "large", 3, 1), ("second", "large", 3, 1)]
    values += [("dated", "bare", 3, 1)]
    accounts = [{"account_id": name, "segment": "Large" if name == "large" else "Small"} for name in
                ("small", "large", "bare")]  # fmt: skip
    stored = scored(scorecard, values, accounts, measures=measures)
    assert stored.loc["small", ["points", "coverage", "n_measures"]].tolist() == [25, 1, 1]
    assert stored.loc["large", ["points", "coverage", "n_measures"]].tolist() == [50, 1, 3]
    definition, known = definition_of(scorecard, measures, {}), readings(scored.engine.connection, AS_OF)
    for account, row in stored.replace({float("nan"): None}).iterrows():
        found = score_view(definition, *known[account])
        names = ("points", "status", "coverage", "n_measures", "n_connected")
        assert agrees(found, [row[name] for name in names]), (account, found, row)
