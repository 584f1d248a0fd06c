"""Lifetime value three ways, against published and hand-made examples, and what is said where there is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.value import Figure, Life, Margin, article_value, discounted_value, lifetime_values, ratio_change
from metrics.value.lifetime import NOBODY_LEFT

MARGIN = Margin(0.5, "invoice lines", "of 10 invoice lines of 52 weeks")
NO_MARGIN = Margin(None, None, "not connected: invoices.product_cost or finance.cost_of_revenue")


def card(arpa=1200.0, churn=0.2, cac=900.0, margin=MARGIN, life=None, interest=0.1):
    """The ways by name, from an ARPA, a logo churn and a CAC."""
    retained = {"arpa": Figure(arpa, 10), "logo_churn": Figure(churn, 10)}
    won = Figure(cac, 3) if cac is not None else Figure(None, missing="not connected: acquisition_costs")
    return {way.name: way for way in lifetime_values(retained, margin, won, life, "nobody knows", interest)}


def test_the_article_s_example():
    assert article_value(1200, 5, 900) == 5100


def test_the_article_s_example_on_the_card_net_and_gross():
    article = card()["article"]
    assert (article.gross.value, article.net.value) == (6000, 5100)
    assert round(article.net_ratio.value, 1) == 5.7
    assert round(article.ratio.value, 1) == 6.7
    assert article.gross.basis == "5.0 years, one over logo churn"
    assert article.reads == (
        "6.7 × CAC gross, 5.7 × net: gross is at or above the floor of 3; "
        "above 5, which many read as investing too little"
    )


def test_discounted_first_margin_after_a_year_and_at_once():
    assert round(discounted_value(1, 0.8, 0.1), 2) == 2.67
    assert round(discounted_value(1, 0.8, 0.1, at_once=True), 2) == 3.67


def test_discounting_adds_up_what_each_year_is_worth():
    by_year = sum(100 * 0.8**year / 1.1**year for year in range(1, 400))
    assert discounted_value(100, 0.8, 0.1) == pytest.approx(by_year)
    assert discounted_value(100, 0.8, 0.1, at_once=True) == pytest.approx(100 + by_year)


def test_discounting_nothing_with_nobody_leaving_has_no_end():
    with pytest.raises(ValueError, match="retention must be below"):
        discounted_value(100, 1.0, 0.0)


def test_each_way_has_its_own_reading_against_three_times_cac():
    ways = card(life=Life(3.0, 2.5, 3.5, 5.0), cac=700)
    assert ways["margin"].gross.value == 600 / 0.2
    assert ways["discounted"].gross.value == pytest.approx(1600)
    assert ways["survival"].gross.value == 1800
    assert (ways["survival"].gross.low, ways["survival"].gross.high) == (1500, 2100)
    assert ways["discounted"].reads == "2.3 × CAC gross, 1.3 × net: gross is below the floor of 3"
    assert ways["margin"].reads == "4.3 × CAC gross, 3.3 × net: gross is at or above the floor of 3"
    assert "the first 5.0 years" in ways["survival"].gross.basis


def test_churn_of_zero_gives_words_and_not_infinity():
    ways = card(churn=0.0)
    assert ways["article"].gross.value is None and ways["article"].ratio.value is None
    assert ways["article"].reads == ways["margin"].reads == NOBODY_LEFT
    assert ways["discounted"].gross.value == pytest.approx(600 / 0.1)
    assert card(churn=0.0, interest=0.0)["discounted"].gross.missing == NOBODY_LEFT


def test_everybody_leaving_is_worth_the_first_margin_alone():
    ways = card(churn=1.0)
    assert ways["discounted"].gross.value == 0
    assert ways["discounted_at_once"].gross.value == pytest.approx(600)


def test_without_a_margin_only_the_article_s_way_is_left():
    ways = card(margin=NO_MARGIN, life=Life(3.0, 2.5, 3.5, 5.0))
    assert ways["article"].net.value == 5100
    assert {ways[name].gross.missing for name in ("margin", "discounted", "survival")} == {NO_MARGIN.words}


def test_without_cac_the_gross_value_stands_alone():
    article = card(cac=None)["article"]
    assert (article.gross.value, article.net.value, article.ratio.value) == (6000, None, None)
    assert article.reads == "not connected: acquisition_costs"


def test_without_a_curve_survival_says_why():
    assert card()["survival"].gross.missing == "nobody knows"


def test_a_ratio_that_fell_for_its_cac_alone():
    change = ratio_change(3000, 1000, 3000, 1500)
    assert (change.before, change.after, change.ltv_effect, change.cac_effect) == (3, 2, 0, pytest.approx(-1))


def test_a_ratio_that_both_moved():
    change = ratio_change(3000, 1000, 4500, 1500)
    assert change.change == 0
    assert (change.ltv_effect, change.cac_effect) == (1.5, pytest.approx(-1.5))


MONEY = st.floats(0.01, 1e7)


@given(MONEY, MONEY, MONEY, MONEY)
def test_both_effects_are_the_whole_change(ltv_before, cac_before, ltv_after, cac_after):
    change = ratio_change(ltv_before, cac_before, ltv_after, cac_after)
    scale = max(abs(change.before), abs(change.after), abs(change.ltv_effect), abs(change.cac_effect))
    assert change.ltv_effect + change.cac_effect == pytest.approx(change.change, abs=1e-9 * scale)
