"""Thresholds as a default and exceptions by segment, industry, item and age: the first that fits wins."""

import pytest

from tests.metrics.conftest import card, entry, measure


def points(scored, exceptions, accounts, items=()):
    """Points of each account with the value 1 of 4, by exceptions to red 0 and green 4."""
    known = {"m": measure("m", item="product")} if items else {}
    values = [("m", account["account_id"], 1, 1, item) for account in accounts for item in items or [""]]
    rows = scored(card([entry("m", red=0, green=4, exceptions=exceptions)]), values, accounts, measures=known)
    return rows["points"].round(6).to_dict()


def accounts(column, *values):
    return [{"account_id": f"{value}", column: value} for value in values]


def test_by_segment_and_none_for_an_account_without_one(scored):
    rule = [{"segment": "Small", "green": 2}]
    assert points(scored, rule, accounts("segment", "Small", "small", "Large", None)) == {
        "Small": 50, "small": 25, "Large": 25, "None": 25,
    }  # fmt: skip


def test_by_industry(scored):
    rule = [{"industry": "Mining", "green": 2}, {"industry": "Banking", "red": -1}]
    assert points(scored, rule, accounts("industry", "Mining", "Banking", "Retail", None)) == {
        "Mining": 50, "Banking": 40, "Retail": 25, "None": 25,
    }  # fmt: skip


def test_by_item(scored):
    rule = [{"item": "p1", "green": 1}]
    assert points(scored, rule, [{"account_id": "a"}], items=("p1", "p2")) == {"a": pytest.approx((100 + 25) / 2)}
    rows = scored.engine.rows("select item, points from recent where item <> '' order by item")
    assert rows["points"].tolist() == [100, 25]


def test_by_age_from_a_day_on_and_up_to_the_day_before(scored):
    rules = [{"age_to_days": 60, "green": 1}, {"age_from_days": 60, "age_to_days": 180, "green": 2}]
    young = [{"account_id": f"{days}", "age_days": days} for days in (0, 59, 60, 179, 180)]
    assert points(scored, rules, [*young, {"account_id": "unknown", "age_days": None}]) == {
        "0": 100, "59": 100, "60": 50, "179": 50, "180": 25, "unknown": 25,
    }  # fmt: skip


def test_an_account_must_fit_everything_an_exception_names(scored):
    rule = [{"segment": "Small", "industry": "Mining", "age_to_days": 100, "item": "p1", "green": 1}]
    several = [
        {"account_id": "all", "segment": "Small", "industry": "Mining", "age_days": 99},
        {"account_id": "old", "segment": "Small", "industry": "Mining", "age_days": 100},
        {"account_id": "large", "segment": "Large", "industry": "Mining", "age_days": 99},
        {"account_id": "bank", "segment": "Small", "industry": "Banking", "age_days": 99},
    ]
    assert points(scored, rule, several, items=("p1",)) == {"all": 100, "old": 25, "large": 25, "bank": 25}
    assert points(scored, rule, several, items=("p2",)) == dict.fromkeys(("all", "old", "large", "bank"), 25)


@pytest.mark.parametrize(("order", "expected"), [((0, 1), 50), ((1, 0), 100)])
def test_the_first_in_the_file_wins_whatever_is_more_special(scored, order, expected):
    rules = [{"segment": "Small", "green": 2}, {"segment": "Small", "industry": "Mining", "green": 1}]
    miner = [{"account_id": "a", "segment": "Small", "industry": "Mining"}]
    assert points(scored, [rules[nth] for nth in order], miner) == {"a": expected}


def test_an_exception_that_only_weighs_keeps_the_thresholds(scored):
    two = card([entry("m", red=0, green=4), entry("k", exceptions=[{"industry": "Mining", "weight": 3}])])
    values = [(name, account, 1, 1) for account in ("miner", "bank") for name in ("m", "k")]
    rows = scored(two, values, [{"account_id": "miner", "industry": "Mining"}, {"account_id": "bank"}])
    assert rows["points"].to_dict() == {"miner": pytest.approx((25 + 3 * 100) / 4), "bank": pytest.approx(62.5)}


def test_an_exception_may_take_a_measure_out_for_an_item_alone(scored):
    rule = [{"item": "p1", "na": True}]
    assert points(scored, rule, [{"account_id": "a"}], items=("p1", "p2")) == {"a": 25}


def test_a_group_whose_measures_all_weigh_nothing_for_a_segment_leaves_the_view(scored):
    weightless = [{"segment": "Small", "weight": 0}]
    two = card([entry("m", exceptions=weightless)], [entry("k")])
    rows = scored(two, [("m", "a", 0, 1), ("k", "a", 0.8, 1)], [{"account_id": "a", "segment": "Small"}])
    assert rows.loc["a", ["points", "status", "coverage"]].tolist() == [pytest.approx(80), "green", 1]


def test_what_leaves_the_view_for_a_segment_needs_no_row(scored):
    """The measure nobody delivered for this account is out of its view, so it is not missed there either."""
    two = card([entry("m", exceptions=[{"segment": "Small", "weight": 0}])], [entry("k")])
    rows = scored(two, [("k", "a", 0.8, 1)], [{"account_id": "a", "segment": "Small"}])
    assert rows.loc["a", ["points", "status", "coverage"]].tolist() == [pytest.approx(80), "green", 1]


def test_a_product_not_for_sale_to_an_industry_is_no_gap(scored):
    """Two of p1 are all a bank can have: p2 is not for it. A mine that has as many lacks p2."""
    rule = [{"industry": "Bank", "item": "p2", "na": True}]
    penetration = {"m": measure("m", item="product", items="products.product_id", absent="zero")}
    white_space = card([entry("m", red=0, green=2, exceptions=rule)], name="vendor_expansion")
    accounts = [{"account_id": name, "industry": name} for name in ("Bank", "Mine")]
    values = [("m", name, 2, 1, "p1") for name in ("Bank", "Mine")]
    rows = scored(white_space, values, accounts, products=["p1", "p2"], measures=penetration)
    assert rows["points"].to_dict() == {"Bank": 100, "Mine": 50}
