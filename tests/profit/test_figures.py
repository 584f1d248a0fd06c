"""The company's profit figures, checked on the example of ten accounts whose profits a reader can add up."""

from decimal import Decimal

import pandas as pd
import pytest

from metrics.profit import profit_figures

TEN = [100, 60, 40, 10, 0, 0, -5, -15, -30, -60]


def rows(profits, revenues=None):
    """Rows of `account_profit` at τ = 0; every account has a revenue of 100 unless said otherwise."""
    revenues = revenues or [100] * len(profits)
    band = [None if p is None else "profitable" if p > 0 else "unprofitable" if p < 0 else "marginal" for p in profits]
    ids = [f"a{n:03}" for n in range(len(profits))]
    return pd.DataFrame({"account_id": ids, "revenue": revenues, "profit": profits, "band": band})


def test_the_example_of_ten_accounts():
    figures = profit_figures(rows(TEN))
    assert figures.split == (0.4, 0.2, 0.4)
    assert figures.cpr_count == 1.0
    assert figures.cpr_money == pytest.approx(1.909, abs=5e-4)
    assert figures.erosion == pytest.approx(0.524, abs=5e-4)
    assert figures.whale_peak == pytest.approx(2.10)
    assert figures.break_even_prize == 110
    assert (figures.gains, figures.losses, figures.profit) == (210, 110, 100)
    assert figures.missing == {}


def test_the_example_of_ten_accounts_from_invoice_lines(profits):
    lines = [
        {"account_id": f"a{n}", "invoiced_on": "2026-06-01", "net_revenue": 100, "product_cost": 100 - profit}
        for n, profit in enumerate(TEN)
    ]
    figures = profit_figures(profits(invoices=lines).reset_index())
    assert (figures.n_plus, figures.n_zero, figures.n_minus) == (4, 2, 4)
    assert figures.cpr_money == pytest.approx(210 / 110)


def test_money_goes_by_sign_where_counts_go_by_band():
    table = rows([1, -1]).assign(band="marginal")
    figures = profit_figures(table)
    assert (figures.n_plus, figures.n_zero, figures.n_minus) == (0, 2, 0)
    assert (figures.gains, figures.losses, figures.cpr_money) == (1, 1, 1)
    assert figures.cpr_count is None


def test_nobody_loses():
    figures = profit_figures(rows([10, 0]))
    assert figures.cpr_money is None and figures.cpr_count is None
    assert figures.missing == {"cpr_count": "no account loses money", "cpr_money": "no account loses money"}
    assert (figures.break_even_prize, figures.erosion, figures.whale_peak) == (0, 0, 1)


def test_nobody_earns():
    figures = profit_figures(rows([-10, -5]))
    assert (figures.cpr_money, figures.cpr_count) == (0, 0)
    assert figures.erosion is None and figures.missing["erosion"] == "no account earns money"


@pytest.mark.parametrize("profits", [[10, -10], [10, -30]])
def test_shares_of_a_total_that_is_not_above_zero_are_not_said(profits):
    figures = profit_figures(rows(profits))
    assert figures.whale_peak is None and figures.top_20_profit_share is None
    assert figures.missing["whale_peak"] == "total profit is not above zero"
    assert figures.erosion == pytest.approx(-profits[1] / 10)


def test_one_account():
    figures = profit_figures(rows([40]))
    assert figures.split == (1, 0, 0)
    assert (figures.accounts_to_80, figures.top_20_share, figures.top_20_profit_share, figures.hhi) == (1, 1, 1, 1)


def test_no_account_at_all():
    figures = profit_figures(rows([]))
    assert figures.accounts == 0 and figures.split is None
    assert figures.profit is None and figures.revenue is None
    assert set(figures.missing.values()) == {"no account with an invoice line in the profit window"}


def test_accounts_without_a_profit_are_counted_and_left_out():
    figures = profit_figures(rows([10, None, -5]))
    assert (figures.accounts, figures.n_unknown, figures.n_plus, figures.n_minus) == (3, 1, 1, 1)
    assert (figures.profit, figures.revenue) == (5, 300)


def test_revenue_is_never_called_profit():
    figures = profit_figures(rows([None, None]), missing="not connected: invoices.product_cost")
    assert figures.revenue == 200 and figures.accounts_to_80 == 2
    assert figures.profit is None and figures.missing["profit"] == "not connected: invoices.product_cost"
    assert profit_figures(rows([None])).missing["n_minus"] == "a cost is missing for every account"


def test_accounts_without_revenue_and_cost_are_in_no_band():
    table = pd.concat([rows([10]), pd.DataFrame([{"account_id": "z", "revenue": 0, "profit": 0, "band": None}])])
    figures = profit_figures(table)
    assert (figures.accounts, figures.n_idle, figures.n_unknown) == (2, 1, 0)
    assert figures.split == (1, 0, 0)


@pytest.mark.parametrize(
    ("revenues", "accounts"),
    [
        ([80, 20], 1),  # reaches 80 % exactly
        ([79, 21], 2),
        ([20, 20, 20, 20, 20], 4),  # all alike
        ([0.1] * 10, 8),  # no more than floats of tenths can hold
        ([50, 30, 20, 0, -40], 2),  # of the revenue above zero
    ],
)
def test_the_fewest_accounts_that_bring_80_percent(revenues, accounts):
    assert profit_figures(rows([1] * len(revenues), revenues)).accounts_to_80 == accounts


def test_a_fifth_of_the_accounts_is_rounded_up():
    six = profit_figures(rows([50, 30, 10, 5, 4, 1], [50, 30, 10, 5, 4, 1]))
    assert six.top_20_share == 0.8
    assert six.top_20_profit_share == 0.8
    assert profit_figures(rows([50, 30, 10, 5, 5], [50, 30, 10, 5, 5])).top_20_share == 0.5


def test_concentration_of_revenue():
    assert profit_figures(rows([1, 1], [75, 25])).hhi == pytest.approx(0.625)
    nothing = profit_figures(rows([1], [0]))
    assert nothing.hhi is None and nothing.missing["hhi"] == "no account has revenue above zero"


def test_cents_add_up_exactly_from_floats_and_from_decimals():
    cents = [0.1, 0.2, -0.3] * 1000
    assert profit_figures(rows(cents)).profit == 0
    assert profit_figures(rows([Decimal("0.1"), Decimal("0.2"), Decimal("-0.3")])).profit == 0
