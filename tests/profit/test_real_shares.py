"""Concentration of three data sets that others made, against figures taken from their files by other means."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from dashboard.reads import EVERYTHING, Generation, Warehouse, shares
from dashboard.reads.profit import profit_rows
from metrics.profit.diamond import band_moves, diamond
from metrics.profit.shares import concentration, top_20_interval
from metrics.profit.stobachoff import stobachoff
from tests.companies import built_company
from tests.conftest import DATASETS

pytestmark = pytest.mark.skipif(not DATASETS.is_dir(), reason=f"no data sets at {DATASETS} (set SEVENVIEWS_DATASETS)")

RESELLERS, OFFICE, SOFTWARE = "adventureworks_reseller", "superstore", "aws_saas_sales"


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Generation]:
    """The warehouse of a company."""
    home = tmp_path_factory.getbasetemp()
    return lambda name: Warehouse(built_company(name, home, DATASETS)).generation()


@pytest.mark.parametrize(
    ("name", "accounts", "to_80", "before", "top_20", "hhi"),
    [
        (RESELLERS, 635, 186, 183, 0.667124, 0.004524),
        (OFFICE, 793, 396, 379, 0.481484, 0.002298),
        (SOFTWARE, 99, 64, 64, 0.335300, 0.011961),
    ],
)
def test_concentration_of_revenue(generation, name, accounts, to_80, before, top_20, hhi):
    trend = shares.concentration_trend(generation(name), EVERYTHING, "revenue")
    now, then = trend.iloc[-1], trend.iloc[-14]
    assert len(trend) >= 13
    assert (now.accounts, now.to_80, then.to_80) == (accounts, to_80, before)
    assert (now.top_20_share, now.hhi) == (pytest.approx(top_20, abs=1e-6), pytest.approx(hhi, abs=1e-6))


@pytest.mark.parametrize(("name", "entered", "left"), [(RESELLERS, 14, 11), (OFFICE, 41, 24), (SOFTWARE, 3, 3)])
def test_who_came_into_the_top_group_since_last_quarter(generation, name, entered, left):
    moves = shares.top_moves(generation(name), EVERYTHING, "revenue", limit=2)
    assert (moves.entered, moves.left, len(moves.rows)) == (entered, left, 4)


@pytest.mark.parametrize(("name", "low", "high"), [(OFFICE, 0.461, 0.502), (SOFTWARE, 0.313, 0.355)])
def test_how_far_the_top_20_percent_share_could_lie(generation, name, low, high):
    """The bounds come from 4,000 plain draws of single accounts with another generator of random numbers."""
    week = shares.share_weeks(generation(name))[0]
    amounts = shares.share_rows(generation(name), EVERYTHING, "revenue", week)["amount"]
    assert top_20_interval(amounts) == pytest.approx((low, high), abs=0.003)


@pytest.mark.parametrize(
    ("name", "area", "index", "dependence"),
    [
        (RESELLERS, 4.85412, 0.89699, 300 / 635),
        (OFFICE, 1.01795, 0.50882, 638 / 793),
        (SOFTWARE, 0.73533, 0.32003, 89 / 99),
    ],
)
def test_index_of_subsidising(generation, name, area, index, dependence):
    week = shares.share_weeks(generation(name))[0]
    found = stobachoff(profit_rows(generation(name), EVERYTHING, week))
    assert (found.area, found.index) == (pytest.approx(area, abs=1e-5), pytest.approx(index, abs=1e-5))
    assert found.dependence == dependence


@pytest.mark.parametrize(
    ("name", "retain", "restore", "large", "prize"),
    [(RESELLERS, 300, 335, 110, 2_173_060.72), (OFFICE, 638, 155, 67, 71_224.47), (SOFTWARE, 89, 10, 6, 9_380.33)],
)
def test_diamond_at_a_band_of_zero(generation, name, retain, restore, large, prize):
    week = shares.share_weeks(generation(name))[0]
    table = diamond(profit_rows(generation(name), EVERYTHING, week)).set_index("diamond")
    assert table["accounts"].tolist() == [retain, 0, restore, 0]
    assert table.loc["restore", "large"] == large
    assert table.loc["restore", "prize"] == pytest.approx(prize, abs=0.01)


@pytest.mark.parametrize(("name", "moved"), [(OFFICE, 38), (SOFTWARE, 4)])
def test_accounts_that_changed_bands_since_last_quarter(generation, name, moved):
    week = shares.share_weeks(generation(name))[0]
    now, before = (profit_rows(generation(name), EVERYTHING, day) for day in (week, week - timedelta(weeks=13)))
    assert len(band_moves(now, before)) == moved


def test_what_these_companies_lack_is_said(generation):
    warehouse = generation(OFFICE)
    week = shares.share_weeks(warehouse)[0]
    assert [shares.missing_shares(warehouse, EVERYTHING, kind, week) for kind in shares.WHY_NONE] == [
        None,
        "not connected: subscriptions",
        "not connected: subscriptions",
        "not connected: tickets",
        "not connected: touchpoints",
        "not connected: service_costs",
    ]
    found = shares.attention(warehouse, EVERYTHING, week)
    assert found.accounts == concentration(shares.share_rows(warehouse, EVERYTHING, "revenue", week)["amount"]).to_80
    assert found.shares == {"executive_calls": None, "success_minutes": None}
    assert shares.share_rows(warehouse, EVERYTHING, "tickets", week).empty
    assert shares.concentration_trend(warehouse, EVERYTHING, "tickets").empty
