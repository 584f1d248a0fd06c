"""Repeat-purchase models against the published figures of the CDNOW customers, and where they are refused."""

import numpy as np
import pandas as pd
import pytest

from metrics.value.repeat import (
    CONTRACTUAL,
    Buying,
    NoModel,
    Spending,
    fit_buying,
    fit_spending,
    frequency_spend_correlation,
    models,
)
from tests.value.conftest import bill, line

CDNOW = Buying(r=0.243, alpha=4.414, a=0.793, b=2.426)
CDNOW_SPENDING = Spending(p=6.25, q=3.74, v=15.44)


def one(*values: float) -> list[np.ndarray]:
    return [np.array([float(value)]) for value in values]


def test_purchases_expected_of_a_cdnow_customer():
    """Fader, Hardie & Lee: two repeats, the last in week 30.43 of 38.86, the coming 39 weeks."""
    assert CDNOW.expected(39, *one(2, 30.43, 38.86))[0] == pytest.approx(1.226, abs=5e-4)


def test_probability_that_a_cdnow_customer_still_buys():
    by_hand = 1 / (1 + 0.793 / (2.426 + 1) * ((4.414 + 38.86) / (4.414 + 30.43)) ** (0.243 + 2))
    assert CDNOW.alive(*one(2, 30.43, 38.86))[0] == pytest.approx(by_hand)


def test_who_never_bought_again_cannot_have_stopped_after_a_purchase():
    assert CDNOW.alive(*one(0, 0, 38.86))[0] == 1


def test_the_published_form_of_the_expectation_for_every_history():
    from scipy.special import hyp2f1

    r, alpha, a, b = CDNOW.r, CDNOW.alpha, CDNOW.a, CDNOW.b
    for x, last, age, weeks in ((0, 0, 20, 10), (1, 5, 30, 39), (7, 25, 26, 52), (29, 30, 38, 12)):
        power = ((alpha + age) / (alpha + age + weeks)) ** (r + x)
        series = hyp2f1(r + x, b + x, a + b + x - 1, weeks / (alpha + age + weeks))
        published = (a + b + x - 1) / (a - 1) * (1 - power * series) * CDNOW.alive(*one(x, last, age))[0]
        assert CDNOW.expected(weeks, *one(x, last, age))[0] == pytest.approx(published)


def test_a_daily_buyer_is_expected_to_go_on():
    assert 350 < CDNOW.expected(52, *one(600, 60, 60))[0] < 52 * 600 / 60


def test_spending_is_drawn_towards_what_all_spend():
    """CDNOW: two repeats of 22.35 on average, where all spend 35.22 in the mean."""
    assert CDNOW_SPENDING.expected(*one(2, 22.35))[0] == pytest.approx(24.66, abs=5e-3)
    assert CDNOW_SPENDING.expected(*one(0, np.nan))[0] == pytest.approx(6.25 * 15.44 / 2.74)


def simulated(n: int) -> pd.DataFrame:
    """Purchases of n made-up customers who behave as the model says, with CDNOW's parameters."""
    rng = np.random.default_rng(20)
    rate, stop, age = rng.gamma(0.243, 1 / 4.414, n), rng.beta(0.793, 2.426, n), rng.uniform(60, 104, n)
    rows = []
    for each, quits, weeks in zip(rate, stop, age, strict=True):
        repeats, now, last = 0, rng.exponential(1 / each), 0.0
        while now <= weeks:
            repeats, last = repeats + 1, now
            if rng.random() < quits:
                break
            now += rng.exponential(1 / each)
        rows.append((repeats, last * 7, weeks * 7))
    table = pd.DataFrame(rows, columns=["repeats", "recency_days", "age_days"])
    x = np.maximum(table["repeats"], 1)
    spent = pd.Series(rng.gamma(6.25 * x, 1 / rng.gamma(3.74, 1 / 15.44, n) / x))
    return table.assign(account_id=range(n), mean_repeat=spent.where(table["repeats"] > 0))


@pytest.fixture(scope="module")
def purchases() -> pd.DataFrame:
    return simulated(8_000)


def test_a_fit_finds_the_parameters_that_made_the_purchases(purchases):
    found = fit_buying(purchases)
    assert found.r == pytest.approx(CDNOW.r, rel=0.1)
    assert found.alpha == pytest.approx(CDNOW.alpha, rel=0.15)
    assert found.a / (found.a + found.b) == pytest.approx(CDNOW.a / (CDNOW.a + CDNOW.b), rel=0.15)


def test_a_fit_of_spending_finds_its_mean_in_any_currency(purchases):
    for unit in (1, 150):
        found = fit_spending(purchases.assign(mean_repeat=purchases["mean_repeat"] * unit))
        assert found.p * found.v / (found.q - 1) == pytest.approx(35.22 * unit, rel=0.1)


def test_spending_that_goes_with_frequency_is_seen():
    rows = pd.DataFrame({"repeats": [0, 1, 2, 3], "mean_repeat": [None, 10, 20, 30]})
    assert frequency_spend_correlation(rows) == pytest.approx(1)


def test_models_are_refused_where_an_end_is_written_down(purchases):
    model, values = models(purchases, is_contractual=True)
    assert model["refused"].tolist() == [CONTRACTUAL]
    assert values.empty


def test_models_are_refused_for_a_handful_of_accounts():
    with pytest.raises(NoModel, match="1 accounts have bought again; a model needs 30"):
        fit_buying(pd.DataFrame({"repeats": [0, 1], "recency_days": [0, 7], "age_days": [70, 70]}))


def test_every_account_gets_its_expected_revenue(purchases):
    model, values = models(purchases, is_contractual=False)
    assert model["refused"].isna().all()
    assert values["account_id"].tolist() == purchases["account_id"].tolist()
    assert values["alive"].between(0, 1).all()
    assert (values["purchases"] >= 0).all()
    assert (values["revenue"] == values["purchases"] * values["mean_value"]).all()


def test_purchases_are_days_with_revenue(valued):
    bills = [
        bill("a", 10, "2026-06-01"),
        bill("a", 20, "2026-06-11"),
        bill("a", 5, "2026-06-11"),
        bill("a", -9, "2026-06-15"),
        bill("a", 35, "2026-06-21"),
        bill("once", 50, "2026-06-10"),
    ]
    company = valued(invoices=bills)
    assert company.rows("select refused from clv_model") == [("1 accounts have bought again; a model needs 30",)]
    assert company.rows("select count(*) from account_clv") == [(0,)]


def test_a_company_with_one_subscription_is_contractual(valued):
    company = valued(invoices=[bill("a", 10, "2026-06-01")], subscriptions=[line("b", 10, "2026-06-01")])
    assert company.rows("select refused, accounts from clv_model") == [(CONTRACTUAL, 0)]
