"""The figures of a day as `sevenviews numbers` prints them, and how the ratio of LTV to CAC moves by quarter."""

from datetime import date

import pandas as pd
import pytest

from metrics.value import SUMS, Sources, ratio_trend, value_figures
from metrics.value.acquisition import NO_COSTS, NOT_BY_PART
from metrics.value.figures import LABELS
from metrics.value.retention import NO_LINES
from tests.value.conftest import AS_OF, bill, line

ACCOUNTS = [{"account_id": name, "segment": name[0]} for name in ("a1", "a2", "b1", "b2")]
LINES = [
    line("a1", 100, "2024-01-01"),
    line("a2", 100, "2024-01-01", "2026-01-01"),
    line("b1", 200, "2024-01-01"),
    line("b2", 300, "2026-05-01"),
]
COSTS = [{"cost_id": "1", "incurred_on": date(2026, 5, 2), "channel": "fair", "amount": 600}]
BILLS = [bill("a1", 100, "2026-01-01", product_cost=60), bill("b1", 100, "2026-01-01", product_cost=20)]


def figures(company, segment: str | None = None) -> dict[str, object]:
    return {named.name: named for named in value_figures(company.engine, date.fromisoformat(AS_OF), segment, 1)}


@pytest.fixture
def company(valued):
    return valued(accounts=ACCOUNTS, subscriptions=LINES, acquisition_costs=COSTS, invoices=BILLS)


def test_every_figure_has_a_value_or_words(company, valued):
    for found in (figures(company), figures(company, "a"), figures(valued(accounts=ACCOUNTS))):
        assert set(LABELS) < set(found)
        assert all((named.figure.value is None) <= bool(named.figure.missing) for named in found.values())
        assert all(named.label and named.unit and named.period for named in found.values())


def test_the_last_whole_quarter_and_the_four(company):
    found = figures(company)
    assert (found["cac"].period, found["cac"].figure.value) == ("2026 Q2", 600)
    assert (found["cac_year"].period, found["cac_year"].figure.value) == ("2025 Q3 to 2026 Q2", 600)
    assert found["cac_payback"].figure.value == pytest.approx(600 / (300 / 12 * 0.6))
    assert found["nrr"].period == "12 months to 2026-06-30"


def test_lifetime_values_by_hand(company):
    found = figures(company)
    assert found["arpa"].figure.value == 200
    assert found["logo_churn"].figure.value == 1 / 3
    assert found["ltv_article"].figure.value == pytest.approx(200 * 3 - 600)
    assert found["ltv_margin"].figure.value == pytest.approx(200 * 0.6 * 3)
    assert found["ltv_discounted"].figure.value == pytest.approx(120 * (2 / 3) / (1.1 - 2 / 3))
    assert found["ltv_margin_to_cac"].figure.value == pytest.approx(360 / 600)


def test_a_segment_has_its_own_retention_and_margin_but_no_cac(company):
    found = figures(company, "a")
    assert (found["nrr"].figure.value, found["arr"].figure.value) == (0.5, 100)
    assert found["ltv_margin"].figure.value == pytest.approx(100 * 0.4 * 2)
    assert {found[name].figure.missing for name in ("cac", "cac_year", "ltv_article")} == {NOT_BY_PART}


def test_a_day_back_knows_nothing_of_what_came_after(company):
    made = value_figures(company.engine, date(2026, 3, 31), None, 1)
    found = {named.name: named for named in made}
    assert found["arr"].figure.value == 300
    assert found["cac"].figure.missing == NO_COSTS


def test_a_company_with_accounts_alone(valued):
    found = figures(valued(accounts=ACCOUNTS))
    assert found["nrr"].figure.missing == NO_LINES
    assert found["cac"].figure.missing == NO_COSTS


QUARTERS = [("2025 Q3", "2025-09-30"), ("2025 Q4", "2025-12-31"), ("2026 Q1", "2026-03-31"), ("2026 Q2", "2026-06-30")]
FIVE = [*QUARTERS, ("2026 Q3", "2026-09-30")]
EVERYTHING = Sources(True, True, True, True, True)


def trend_of(costs: list[float], churned: list[int], won: int = 1) -> pd.DataFrame:
    """The article's way over five quarters: 10 accounts of 100, some of whom left, a cost a quarter, some won."""
    none = dict.fromkeys(SUMS, 0.0)
    retained = [
        none | {"as_of": day, "arr": 1000.0, "logos": 10, "logos_then": 10, "logos_kept": 10 - lost, "arr_then": 1000.0}
        for (_, day), lost in zip(FIVE, churned, strict=True)
    ]
    money = dict.fromkeys(("media", "pay", "hours_cost", "overhead", "referral", "new_arr", "expansion_arr"), 0.0)
    spent = [
        money | {"kind": "quarter", "period": name, "closes_on": day, "is_whole": True, "channel": "", "cost": cost}
        | {"has_cost": True, "rows_no_cost": 0, "customers": won, "customers_older": 0}
        for (name, day), cost in zip(FIVE, costs, strict=True)
    ]  # fmt: skip
    margins = pd.DataFrame(columns=["as_of", "from_ledger", "revenue", "cost", "lines", "lines_no_cost", "months"])
    return ratio_trend(pd.DataFrame(retained), margins, pd.DataFrame(spent), EVERYTHING, "article")


def test_the_ratio_of_a_quarter_takes_the_cost_of_four():
    found = trend_of([100, 100, 100, 100, 300], [1, 1, 1, 1, 2])
    assert found["period"].tolist() == ["2026 Q2", "2026 Q3"]
    assert found["ltv"].tolist() == [1000, 500]
    assert found["cac"].tolist() == [100, 150]
    assert found["ratio"].tolist() == pytest.approx([10, 500 / 150])


def test_what_moved_the_ratio_adds_up_to_its_change():
    found = trend_of([100, 100, 100, 100, 300], [1, 1, 1, 1, 2])
    assert found["ltv_effect"].iloc[1] == pytest.approx((500 - 1000) / 100)
    assert found["cac_effect"].iloc[1] == pytest.approx(500 * (1 / 150 - 1 / 100))
    assert found["ltv_effect"].iloc[1] + found["cac_effect"].iloc[1] == pytest.approx(500 / 150 - 10)


def test_a_quarter_without_a_ratio_has_no_effects():
    found = trend_of([100] * 5, [1, 1, 1, 1, 0])
    assert found["ratio"].isna().tolist() == [False, True]
    assert found["ltv_effect"].isna().all() and found["cac_effect"].isna().all()
