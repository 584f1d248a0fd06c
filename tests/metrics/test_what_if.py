"""What if: each lever by head, levers one after the other without rest, and lifetime values with them pulled."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.profit import profit_figures
from metrics.value.acquisition import Margin
from metrics.value.figure import Figure
from metrics.what_if import Levers, bands_of, lifetimes_after, top_group, what_if

TEXTBOOK = (100, 60, 40, 10, 0, 0, -5, -15, -30, -60)
"""The published example: ten accounts that earn 210 and lose 110."""


def book(profits, revenues=None, service=None) -> pd.DataFrame:
    """Rows of accounts; without revenues each brings 100, without service costs each costs nothing to serve."""
    n = len(profits)
    revenue = pd.Series(revenues if revenues is not None else [100.0] * n, dtype=float)
    rows = pd.DataFrame({"account_id": range(1, n + 1), "revenue": revenue, "profit": pd.Series(profits, dtype=float)})
    rows["service_cost"] = pd.Series(service if service is not None else [0.0] * n, dtype=float)
    known = rows["profit"].notna().to_numpy()
    rows["band"] = bands_of(revenue.to_numpy(), rows["profit"].fillna(0).to_numpy(), known, 0.0)
    return rows


def test_nothing_pulled_leaves_everything_as_it_is():
    found = what_if(book(TEXTBOOK), Levers(), 0.0)
    assert found.steps == () and found.figures == profit_figures(book(TEXTBOOK))
    assert found.figures.split == (0.4, 0.2, 0.4)


def test_break_even_for_the_textbook_company_is_worth_110():
    found = what_if(book(TEXTBOOK), Levers(restore=True), 0.0)
    assert (found.steps[0].change, found.restored) == (110, 4)
    assert (found.figures.profit, found.figures.break_even_prize) == (210, 0)
    assert (found.figures.n_plus, found.figures.n_zero, found.figures.n_minus) == (4, 6, 0)
    assert (found.figures.erosion, found.figures.whale_peak) == (0, 1)
    assert found.figures.missing["cpr_money"] == "no account loses money"


def test_doubling_a_group_that_brings_60_percent_makes_it_1_6_times():
    rows = book([30, 20, 5, 5], [400, 200, 200, 200])
    found = what_if(rows, Levers(double=0.6), 0.0)
    assert (found.group, found.group_share) == (2, 0.6)
    assert found.figures.revenue == pytest.approx(1.6 * 1000)
    assert found.steps[0].change == 50


def test_the_group_is_the_fewest_accounts_that_reach_the_share():
    chosen, share = top_group(np.array([10, 50, 40, -30]), np.array([1, 2, 3, 4]), 0.6)
    assert (chosen.tolist(), share) == ([False, True, True, False], 0.9)
    chosen, _ = top_group(np.array([50, 50]), np.array([2, 1]), 0.5)
    assert chosen.tolist() == [False, True]
    assert top_group(np.array([-1, 0]), np.array([1, 2]), 0.6)[1] == 0


def test_price_goes_to_profit_in_full_and_a_refund_is_left_alone():
    found = what_if(book([10, -5], [100, -20]), Levers(price=0.1), 0.0)
    assert found.rows["revenue"].tolist() == [110, -20]
    assert found.rows["profit"].tolist() == [20, -5]
    assert found.steps[0].change == 10


def test_cost_to_serve_acts_on_service_cost_alone():
    found = what_if(book([10, -5], service=[40, 20]), Levers(serve=-0.25), 0.0)
    assert found.rows["profit"].tolist() == [20, 0]
    assert found.rows["revenue"].tolist() == [100, 100]
    assert found.figures.n_minus == 0


def test_retention_keeps_so_many_of_the_average_account():
    found = what_if(book(TEXTBOOK), Levers(retention=0.1), 0.0)
    assert found.steps[0].change == 10
    assert (found.figures.gains, found.figures.losses, found.figures.revenue) == (231, 121, 1100)
    assert found.figures.erosion == profit_figures(book(TEXTBOOK)).erosion


def test_levers_act_one_after_the_other():
    rows = book([-10, 20], [100, 100], [50, 50])
    found = what_if(rows, Levers(price=0.05, serve=-0.06, restore=True), 0.0)
    assert [(step.lever, step.change) for step in found.steps] == [("price", 10), ("serve", 6), ("restore", 2)]
    assert found.restored == 1 and found.figures.profit == 28


def test_what_is_restored_is_marginal_and_bands_follow_the_margin():
    found = what_if(book([1.0, 5.0, -1.0, -5.0]), Levers(restore=True), 0.02)
    assert found.rows["band"].tolist() == ["marginal", "profitable", "marginal", "marginal"]


def test_an_unknown_profit_stays_unknown_and_an_idle_account_in_no_band():
    rows = book([None, 10.0, 0.0], [100, 100, 0])
    rows.loc[2, "band"] = None
    found = what_if(rows, Levers(price=0.1, restore=True), 0.0)
    assert found.figures.n_unknown == 1 and found.figures.n_idle == 1
    assert np.isnan(found.rows["profit"][0]) and pd.isna(found.rows["band"][0])
    assert found.figures.profit == 20


def test_without_any_profit_there_are_no_steps_and_the_words_say_why():
    rows = book([None, None])
    found = what_if(rows, Levers(price=0.1), 0.0, "not connected: invoices.product_cost")
    assert found.steps == () and found.figures.missing["profit"] == "not connected: invoices.product_cost"
    assert found.figures.revenue == 220


AMOUNTS = st.lists(st.tuples(*[st.integers(-10_000, 10_000)] * 2, st.integers(0, 10_000)), min_size=1, max_size=12)
SHARES = st.integers(-30, 30).map(lambda n: n / 100)


@settings(max_examples=80, deadline=None)
@given(AMOUNTS, SHARES, SHARES, st.booleans(), st.sampled_from([0.0, 0.5, 0.8]), SHARES)
def test_steps_lead_from_the_profit_there_is_to_the_one_there_would_be(rows, price, serve, restore, double, kept):
    revenue, profit, service = zip(*rows, strict=True)
    levers = Levers(price, serve, restore, double, kept)
    found = what_if(book(profit, revenue, service), levers, 0.02)
    steps = sum(round(step.change * 10_000) for step in found.steps)
    assert sum(profit) * 10_000 + steps == round(found.figures.profit * 10_000)
    assert found.figures.profit == pytest.approx(found.rows["profit"].sum(), abs=0.001)


# Lifetime values


RETAINED = {"arpa": Figure(1000.0, 10), "logo_churn": Figure(0.2, 10)}
MARGIN = Margin(0.6, "invoice lines", "of 10 invoice lines")
CAC = Figure(1000.0, 5)


def lifetimes(levers: Levers, group_share: float = 0.0) -> dict[str, float | None]:
    return {way.name: way.gross.value for way in lifetimes_after(levers, RETAINED, MARGIN, CAC, 0.1, group_share)}


def test_lifetime_values_without_a_lever():
    found = lifetimes(Levers())
    assert found["article"] == pytest.approx(5000)
    assert found["margin"] == pytest.approx(3000)
    assert found["discounted"] == pytest.approx(600 * 0.8 / 0.3)


def test_retention_acts_on_churn():
    found = lifetimes(Levers(retention=0.1))
    assert found["article"] == pytest.approx(10_000)
    assert found["discounted"] == pytest.approx(600 * 0.9 / 0.2)
    assert lifetimes(Levers(retention=0.5))["article"] is None


def test_price_acts_on_revenue_and_leaves_the_cost():
    assert lifetimes(Levers(price=0.1))["margin"] == pytest.approx((1100 - 400) / 0.2)


def test_a_doubled_group_lifts_the_average_account():
    assert lifetimes(Levers(double=0.6), 0.6)["article"] == pytest.approx(8000)


def test_cost_to_serve_and_break_even_are_no_part_of_gross_margin():
    assert lifetimes(Levers(serve=-0.5, restore=True)) == lifetimes(Levers())
