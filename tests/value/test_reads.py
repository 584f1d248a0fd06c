"""What screens read of customer value: sums within a scope, and the same figures as the build's."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from dashboard.reads import lifetime, value
from dashboard.reads.warehouse import EVERYTHING, Generation, Scope
from metrics.engines import DuckEngine
from metrics.value import INTEREST, make_value
from metrics.value.acquisition import NOT_BY_PART
from tests.measures.conftest import Laboratory
from tests.value.conftest import bill, line

DAY = date(2026, 6, 30)
NORTH, SOUTH = Scope(region=("north",)), Scope(region=("south",))
ACCOUNTS = [
    {"account_id": "old", "name": "Old", "region": "north", "channel": "fair", "join_reason": "earned"},
    {"account_id": "gone", "name": "Gone", "region": "north", "channel": "fair"},
    {"account_id": "new", "name": "New", "region": "south", "channel": "fair", "join_reason": "earned"},
]
LINES = [
    line("old", 100, "2024-01-01", "2026-05-01", term_months=12),
    line("old", 120, "2026-05-01", term_months=12, auto_renew=True),
    line("old", 30, "2026-05-01", term_months=12),
    line("gone", 50, "2024-01-01", "2026-06-01"),
    line("new", 200, "2026-04-15"),
]
COSTS = [{"cost_id": "1", "incurred_on": date(2026, 4, 2), "channel": "fair", "amount": 300}]
BILLS = [bill("old", 80, "2026-01-01", product_cost=20), bill("new", 20, "2026-05-01", product_cost=5)]
NOW = [("old", "north", 150, "green"), ("new", "south", 200, "red")]


@pytest.fixture(scope="module")
def generation() -> Iterator[Generation]:
    made = Laboratory()
    for table in ("accounts",):
        made.run(f"alter table {table} add column account_code varchar")
    tables = {"accounts": ACCOUNTS, "subscriptions": LINES, "acquisition_costs": COSTS, "invoices": BILLS}
    made.fill({"weeks": [{"as_of": DAY}], **tables})
    make_value(DuckEngine(made.connection), DAY, date(2025, 7, 1), 1)
    made.run(f"create table generation as select date '{DAY}' as as_of")
    made.run(
        "create table view_now (as_of date, account_id varchar, segment varchar, region varchar, csm varchar, "
        "arr decimal(38, 4), vendor_risk_status varchar, client_outcomes_status varchar)"
    )
    for account, region, arr, status in NOW:
        made.run(f"insert into view_now values ('{DAY}', '{account}', '', '{region}', '', {arr}, '{status}', 'red')")
    yield Generation(Path("none"), "none", made.connection)
    made.connection.close()


def test_a_bridge_lies_in_columns_and_adds_up(generation):
    last = value.bridges(generation, EVERYTHING, "quarter").iloc[-1]
    assert last[list(value.BRIDGE)].tolist() == [150, 200, 0, 50, 0, -50, 350]
    assert [last[f"n_{name}"] for name in value.BRIDGE] == [2, 1, 0, 1, 0, 1, 2]


def test_a_scope_cuts_a_bridge(generation):
    assert value.bridges(generation, NORTH, "quarter").iloc[-1]["closing"] == 150
    assert value.bridges(generation, SOUTH, "quarter").iloc[-1]["opening"] == 0
    assert value.bridges(generation, Scope(region=("nowhere",)), "quarter").empty


def test_the_accounts_behind_a_bridge_largest_first(generation):
    found = value.movers(generation, EVERYTHING, "quarter", "2026 Q2")
    assert found[["name", "movement", "amount"]].to_numpy().tolist() == [
        ["New", "new", 200],
        ["Gone", "churn", -50],
        ["Old", "expansion", 50],
    ]
    assert value.movers(generation, EVERYTHING, "quarter", "2026 Q2", "churn")["name"].tolist() == ["Gone"]
    assert value.movers(generation, SOUTH, "quarter", "2026 Q2")["name"].tolist() == ["New"]


def test_retention_on_the_newest_day_not_after_the_week(generation):
    now = value.retention_figures(generation, EVERYTHING, DAY)
    assert (now["nrr"].value, now["grr"].value, now["logo_churn"].value) == (150 / 150, 100 / 150, 0.5)
    before = value.retention_figures(generation, EVERYTHING, date(2026, 5, 1))
    assert before["nrr"].value == 150 / 150  # on 30 April
    assert value.retention_figures(generation, NORTH, DAY)["earned_growth"].value == 0
    assert value.retention_figures(generation, EVERYTHING, date(2020, 1, 1))["arr"].value == 0


def test_cohorts_within_a_scope(generation):
    rows = value.cohorts(generation, EVERYTHING).set_index(["cohort", "months"])
    assert rows.loc[("2024 Q1", 29), ["n", "logos_kept", "arr_kept", "arr_then"]].tolist() == [2, 1, 150, 150]
    assert value.cohorts(generation, SOUTH)["cohort"].unique().tolist() == ["2026 Q2"]


def test_renewals_by_quarter_state_and_status(generation):
    rows = value.renewals(generation, EVERYTHING, "vendor_risk")
    found = [
        (row.quarter if isinstance(row.quarter, str) else None, row.state, row.status, row.accounts, row.arr)
        for row in rows.itertuples()
    ]
    assert found == [
        ("2027 Q2", "open", "green", 1, 30),
        ("2027 Q2", "renews by itself", "green", 1, 120),
        (None, "evergreen", "red", 1, 200),
    ]
    assert rows["arr"].sum() == value.retention_figures(generation, EVERYTHING, DAY)["arr"].value
    assert value.renewals(generation, SOUTH, "vendor_risk")["state"].tolist() == ["evergreen"]


def test_the_lines_behind_the_calendar(generation):
    page = value.renewals_page(generation, EVERYTHING, "vendor_risk", "2027 Q2", limit=5)
    assert page[["name", "arr", "state"]].to_numpy().tolist() == [["Old", 120, "renews by itself"], ["Old", 30, "open"]]
    assert value.renewals_page(generation, EVERYTHING, "vendor_risk", None, limit=5, offset=1)["arr"].tolist() == [30]


def test_revenue_at_risk_stands_by_view_and_is_never_added(generation):
    rows = value.revenue_by_status(generation, EVERYTHING, DAY, ["vendor_risk", "client_outcomes"])
    assert rows.to_numpy().tolist() == [
        ["vendor_risk", "green", 1, 150],
        ["vendor_risk", "red", 1, 200],
        ["client_outcomes", "red", 2, 350],
    ]


def test_a_curve_of_the_accounts_in_scope(generation):
    assert value.survival_curve(generation, EVERYTHING)["at_risk"].iloc[0] == 3
    assert value.survival_curve(generation, SOUTH)["ended"].tolist() == [0]
    assert value.survival_curve(generation, Scope(region=("nowhere",))).empty


def test_costs_are_those_of_the_whole_company(generation):
    rows = value.acquisition_costs(generation, "quarter")
    assert rows.loc[rows["period"] == "2026 Q2", ["channel", "cost", "customers", "new_arr"]].to_numpy().tolist() == [
        ["", 0, 0, 0],
        ["fair", 300, 1, 200],
    ]
    assert value.year_cac(generation, EVERYTHING).value == 300
    assert value.year_cac(generation, NORTH).missing == NOT_BY_PART


def test_a_margin_within_a_scope(generation):
    assert value.margin(generation, EVERYTHING).value == 0.75
    assert value.margin(generation, SOUTH).words == "of 1 invoice lines of 52 weeks"


def test_the_card_of_a_part_has_values_before_cac_alone(generation):
    whole = {way.name: way for way in lifetime.lifetime_card(generation, EVERYTHING, INTEREST, 5).ways}
    assert whole["article"].gross.value == 350 / 2 * 2
    assert whole["article"].net.value == 350 / 2 * 2 - 300
    part = {way.name: way for way in lifetime.lifetime_card(generation, NORTH, INTEREST, 5).ways}
    assert part["article"].gross.value == 150 * 2
    assert part["article"].reads == NOT_BY_PART


def test_the_ratio_by_quarter(generation):
    found = lifetime.ratio_trend(generation, "article")
    assert found["period"].tolist() == ["2026 Q2"]
    assert found["ratio"].tolist() == [350 / 300]
    assert found[["ltv_effect", "cac_effect"]].isna().all(axis=None)


def test_a_contractual_company_has_no_model_and_no_buyers(generation):
    assert lifetime.repeat_model(generation)["refused"].str.startswith("the company has subscriptions").all()
    assert lifetime.repeat_buyers(generation, EVERYTHING, 5).empty


def test_periods_oldest_first(generation):
    quarters = value.value_periods(generation, "quarter")
    assert quarters["period"].tolist() == ["2025 Q3", "2025 Q4", "2026 Q1", "2026 Q2"]
    assert quarters["closes_on"].iloc[-1] == pd.Timestamp(DAY)


def test_a_curve_per_segment_the_largest_first(generation):
    curves = lifetime.survival_curves(generation, EVERYTHING)
    assert list(curves) == [""], "no account names a segment"
    whole = value.survival_curve(generation, EVERYTHING)
    pd.testing.assert_frame_equal(curves[""], whole)
    assert lifetime.survival_curves(generation, Scope(region=("nowhere",))) == {}


def test_lines_are_counted_by_quarter_and_within_a_scope(generation):
    whole = len(value.renewals_page(generation, EVERYTHING, "vendor_risk", None, 100))
    assert value.renewals_count(generation, EVERYTHING, None) == whole > 0
    assert value.renewals_count(generation, EVERYTHING, "no such quarter") == 0
    assert value.renewals_count(generation, SOUTH, None) == 0, "the line of the south is evergreen"


def test_nobody_is_expected_to_buy_where_there_are_contracts(generation):
    sums = {"accounts": 0.0, "alive": 0.0, "purchases": 0.0, "revenue": 0.0}
    assert lifetime.repeat_sums(generation, EVERYTHING) == sums
