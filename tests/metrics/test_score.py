"""Scoring: points, bands, coverage and the states that are not zero."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.metrics.conftest import card, entry, measure

ONE = card([entry("m")])
TWO = card([entry("m"), entry("k")])


@pytest.mark.parametrize(
    ("value", "points", "status"),
    [(1.0, 100, "green"), (1.7, 100, "green"), (0.76, 76, "green"), (0.75, 75, "amber"), (0.51, 51, "amber"),
     (0.5, 50, "red"), (0.0, 0, "red"), (-3.0, 0, "red")],
)  # fmt: skip
def test_points_run_straight_from_red_to_green_and_bands_close_on_top(scored, value, points, status):
    row = scored(ONE, [("m", "a", value, 1)]).loc["a"]
    assert (row["points"], row["status"]) == (pytest.approx(points), status)


def test_less_is_better_when_green_is_the_lower_number(scored):
    overrun = card([entry("m", red=1.5, green=1.0)])
    assert scored(overrun, [("m", "a", 1.1, 1)]).loc["a", "points"] == pytest.approx(80)


def test_a_view_is_the_mean_of_its_groups_not_of_its_measures(scored):
    three_and_one = card([entry("m"), entry("k"), entry("j")], [entry("h")])
    row = scored(three_and_one, [("m", "a", 1, 1), ("k", "a", 1, 1), ("j", "a", 1, 1), ("h", "a", 0, 1)]).loc["a"]
    assert row["points"] == pytest.approx(50)


def test_weights_of_groups_and_measures(scored):
    weighted = card([entry("m", weight=3), entry("k", weight=1)], [entry("h")], weights=(1, 3))
    row = scored(weighted, [("m", "a", 1, 1), ("k", "a", 0, 1), ("h", "a", 0.6, 1)]).loc["a"]
    assert row["points"] == pytest.approx((75 + 3 * 60) / 4)


def test_a_view_can_be_red_without_a_red_measure(scored):
    row = scored(TWO, [("m", "a", 0.4, 1), ("k", "a", 0.5, 1)]).loc["a"]
    assert (row["points"], row["status"]) == (pytest.approx(45), "red")


def test_na_leaves_the_weights_and_costs_no_coverage(scored):
    row = scored(TWO, [("m", "a", 0.8, 1), ("k", "a", 0, 0)]).loc["a"]
    assert (row["points"], row["coverage"], row["n_measures"]) == (pytest.approx(80), 1, 1)


def test_everything_na_is_na(scored):
    assert scored(TWO, [("m", "a", 0, 0), ("k", "a", 0, 0)]).loc["a", "status"] == "na"


def test_no_row_is_no_data_and_costs_coverage(scored):
    row = scored(TWO, [("m", "a", 0.8, 1)]).loc["a"]
    assert (row["points"], row["coverage"], row["status"]) == (pytest.approx(80), 0.5, "green")
    assert scored(TWO, []).loc["a", "status"] == "no data"


def test_below_half_coverage_there_is_no_score(scored):
    three = card([entry("m"), entry("k"), entry("j")])
    row = scored(three, [("m", "a", 1, 1)]).loc["a"]
    assert row["status"] == "insufficient data"
    assert row["points"] != row["points"]


def test_a_value_older_than_its_validity_is_stale(scored):
    yearly = {"m": measure("m", valid_days=365)}
    fresh = scored(ONE, [("m", "a", 1, 1, "", date(2025, 6, 28))], measures=yearly)
    old = scored(ONE, [("m", "a", 1, 1, "", date(2025, 6, 27))], measures=yearly)
    assert (fresh.loc["a", "status"], old.loc["a", "status"]) == ("green", "stale")


def test_a_source_that_stopped_makes_its_measures_stale_and_not_green(scored):
    assert scored(ONE, [], last_on=date(2026, 5, 31)).loc["a", "status"] == "stale"


def test_a_measure_nobody_connected_leaves_coverage(scored):
    row = scored(TWO, [("m", "a", 0.8, 1)], missing={"k": ["tickets.kind"]}).loc["a"]
    assert (row["coverage"], row["n_measures"], row["n_connected"]) == (1, 1, 1)


def test_a_view_without_a_connected_measure_is_not_connected(scored):
    row = scored(ONE, [], missing={"m": ["tickets"]}).loc["a"]
    assert (row["status"], row["coverage"], row["n_connected"]) == ("not connected", 0, 0)


def test_the_first_exception_that_fits_wins(scored):
    rules = [
        {"segment": "Small", "red": 0, "green": 10},
        {"age_to_days": 60, "na": True},
        {"age_to_days": 180, "green": 2},
    ]
    by_kind = card([entry("m", exceptions=rules)])
    accounts = [
        {"account_id": "small_and_new", "segment": "Small", "age_days": 5},
        {"account_id": "new", "segment": "Large", "age_days": 59},
        {"account_id": "young", "age_days": 60},
        {"account_id": "old", "age_days": 180},
    ]
    rows = scored(by_kind, [("m", a["account_id"], 1, 1) for a in accounts], accounts)
    assert rows["points"].round(6).to_dict() == {
        "small_and_new": 10,
        "young": 50,
        "old": 100,
        "new": pytest.approx(float("nan"), nan_ok=True),
    }
    assert rows.loc["new", "status"] == "na"


def test_an_exception_may_set_the_weight(scored):
    light = card([entry("m"), entry("k", exceptions=[{"segment": "Small", "weight": 3}])])
    rows = scored(light, [("m", "a", 1, 1), ("k", "a", 0, 1)], [{"account_id": "a", "segment": "Small"}])
    assert rows.loc["a", "points"] == pytest.approx(25)


def test_items_without_a_row_count_as_untapped_and_na_items_leave(scored):
    penetration = {"m": measure("m", item="product", items="products.product_id", absent="zero")}
    two = card([entry("m", red=0, green=2)], name="vendor_expansion")
    products = ["p1", "p2", "p3", "p4"]
    rows = scored(
        two,
        [("m", "a", 2, 1, "p1"), ("m", "a", 1, 1, "p2"), ("m", "a", 0, 0, "p3")],
        [{"account_id": "a"}, {"account_id": "owns_nothing"}],
        products=products,
        measures=penetration,
    )
    assert rows["points"].to_dict() == {"a": pytest.approx((100 + 50 + 0) / 3), "owns_nothing": 0}


def test_the_rule_of_industry_and_product(scored):
    """Star Wars needs ten lightsabers and two tricorders, Star Trek the other way round; two means two or more."""
    rules = [
        {"industry": "Star Wars", "item": "lightsaber", "green": 10},
        {"industry": "Star Trek", "item": "tricorder", "green": 10},
    ]
    penetration = {"m": measure("m", item="product", items="products.product_id", absent="zero")}
    white_space = card([entry("m", red=0, green=2, exceptions=rules)], name="vendor_expansion")
    accounts = [{"account_id": "wars", "industry": "Star Wars"}, {"account_id": "trek", "industry": "Star Trek"}]
    values = [("m", name, 3, 1, product) for name in ("wars", "trek") for product in ("lightsaber", "tricorder")]
    scored(white_space, values, accounts, products=["lightsaber", "tricorder"], measures=penetration)
    recent = scored.engine.rows("select account_id, item, status from recent where item <> ''")
    states = {(row.account_id, row.item): row.status for row in recent.itertuples()}
    assert states == {
        ("wars", "lightsaber"): "amber", ("wars", "tricorder"): "green",
        ("trek", "lightsaber"): "green", ("trek", "tricorder"): "amber",
    }  # fmt: skip


def test_one_item_of_a_measure_can_be_an_entry_of_its_own(scored):
    levels = {"m": measure("m", item="dimension")}
    people = card([entry("m", red=1, green=5, item="people"), entry("m", red=1, green=5, item="data")])
    row = scored(people, [("m", "a", 5, 1, "people"), ("m", "a", 3, 1, "data")], measures=levels).loc["a"]
    assert (row["points"], row["n_measures"]) == (pytest.approx(75), 2)


values = st.lists(st.floats(-2, 3), min_size=3, max_size=3)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values, st.integers(0, 2))
def test_losing_a_value_never_improves_a_band_without_losing_coverage(scored, numbers, lost):
    three = card([entry("m"), entry("k"), entry("j")])
    rows = [(name, "a", value, 1) for name, value in zip("mkj", numbers, strict=True)]
    whole = scored(three, rows).loc["a"]
    part = scored(three, [row for nth, row in enumerate(rows) if nth != lost]).loc["a"]
    assert part["coverage"] < whole["coverage"]
    assert 0 <= whole["points"] <= 100
