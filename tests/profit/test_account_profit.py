"""Profit per account: what counts in a window, what a missing cost does, and which band an account is in."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from metrics.profit import missing_words, notes

LAST = "2026-06-28"


def line(account="a", on="2026-06-01", revenue=100, cost=60, **more):
    return {"account_id": account, "invoiced_on": on, "net_revenue": revenue, "product_cost": cost, **more}


def test_profit_is_revenue_less_product_and_service_cost(profits):
    rows = profits(
        invoices=[line(revenue=100, cost=60)],
        service_costs=[
            {"account_id": "a", "incurred_on": "2026-06-02", "amount": 5},
            {"account_id": "a", "incurred_on": "2026-06-03", "minutes": 20, "hourly_rate": 45},
        ],
    )
    row = rows.loc[(LAST, "a")]
    assert (row.revenue, row.product_cost, row.service_cost, row.profit) == (100, 60, 20, 20)
    assert row.margin == pytest.approx(0.2)


def test_an_amount_is_taken_before_minutes(profits):
    cost = {"account_id": "a", "incurred_on": "2026-06-02", "amount": 5, "minutes": 60, "hourly_rate": 90}
    assert profits(invoices=[line()], service_costs=[cost]).loc[(LAST, "a")].service_cost == 5


def test_minutes_are_divided_once_for_the_account(profits):
    costs = [{"account_id": "a", "incurred_on": f"2026-06-0{d}", "minutes": 20, "hourly_rate": 50} for d in (1, 2, 3)]
    assert profits(invoices=[line()], service_costs=costs).loc[(LAST, "a")].service_cost == 50


def test_a_window_ends_on_its_last_day_and_begins_52_weeks_before(profits):
    first, before = date(2026, 6, 28) - timedelta(days=363), date(2026, 6, 28) - timedelta(days=364)
    rows = profits(
        invoices=[
            line("last day", LAST),
            line("first day", str(first)),
            line("too early", str(before)),
            line("too late", "2026-06-29"),
        ]
    )
    assert {account for _, account in rows.index} == {"last day", "first day"}


def test_a_window_of_zero_weeks_is_all_time(profits):
    rows = profits(window=0, invoices=[line(on="1999-01-01"), line(on=LAST), line(on="2026-06-29")])
    assert rows.loc[(LAST, "a")].revenue == 200


def test_a_credit_note_is_revenue_below_zero(profits):
    rows = profits(invoices=[line(revenue=100, cost=60), line(revenue=-30, cost=-20)])
    assert (rows.loc[(LAST, "a")].revenue, rows.loc[(LAST, "a")].profit) == (70, 30)


def test_a_service_period_is_spread_by_day(profits):
    year = line(on="2026-06-01", revenue=365, cost=73, starts_on="2026-06-22", ends_on="2027-06-22")
    row = profits(invoices=[year]).loc[(LAST, "a")]
    assert (row.revenue, row.product_cost, row.profit) == (7, Decimal("1.4"), Decimal("5.6"))


def test_a_period_ends_on_the_first_day_without_service(profits):
    two_days = line(on="2026-06-01", revenue=100, cost=0, starts_on="2026-06-28", ends_on="2026-06-30")
    assert profits(invoices=[two_days]).loc[(LAST, "a")].revenue == 50


def test_every_line_adds_back_to_the_cent_over_consecutive_windows(profits):
    ends = [str(date(2026, 1, 4) + timedelta(weeks=n)) for n in range(26)]
    odd = line(on="2026-01-01", revenue="100.03", cost="33.3333", starts_on="2026-01-01", ends_on="2026-05-01")
    credit = line("b", on="2026-01-01", revenue="-0.07", cost=0, starts_on="2026-01-10", ends_on="2026-02-14")
    rows = profits(ends=ends, window=1, invoices=[odd, credit])
    totals = rows.groupby("account_id")[["revenue", "product_cost"]].sum()
    assert totals.loc["a"].tolist() == [Decimal("100.03"), Decimal("33.3333")]
    assert totals.loc["b", "revenue"] == Decimal("-0.07")
    assert all(part == round(part, 2) for part in rows.loc[(slice(None), "b"), "revenue"])


def test_halves_of_a_cent_are_rounded_away_from_zero(profits):
    cent = line(on="2026-06-01", revenue="2.01", cost=0, starts_on="2026-06-28", ends_on="2026-06-30")
    back = line("b", on="2026-06-01", revenue="-2.01", cost=0, starts_on="2026-06-28", ends_on="2026-06-30")
    rows = profits(invoices=[cent, back])
    assert rows["revenue"].tolist() == [Decimal("1.01"), Decimal("-1.01")]


def test_nothing_is_recognised_before_the_invoice_is_known_and_then_it_is_caught_up(profits):
    arrears = line(on="2026-06-24", revenue=60, cost=0, starts_on="2026-05-01", ends_on="2026-06-30")
    rows = profits(ends=["2026-06-21", LAST], window=1, invoices=[arrears, line("b", "2026-06-20")])
    assert ("2026-06-21", "a") not in rows.index
    assert rows.loc[(LAST, "a")].revenue == 59


def test_a_period_that_has_not_begun_counts_nothing_yet(profits):
    ahead = line(on="2026-06-01", starts_on="2026-07-01", ends_on="2027-07-01")
    assert profits(invoices=[ahead]).empty


def test_a_period_without_days_falls_on_the_invoice(profits):
    row = profits(invoices=[line(starts_on="2026-07-01", ends_on="2026-07-01")]).loc[(LAST, "a")]
    assert row.revenue == 100


def test_a_missing_product_cost_leaves_the_account_without_profit(profits):
    rows = profits(invoices=[line(), line(cost=None), line("b")])
    row = rows.loc[(LAST, "a")]
    assert row.revenue == 200
    assert row.product_cost is None and row.profit is None and row.band is None
    assert rows.loc[(LAST, "b")].profit == 40


def test_a_missing_cost_outside_the_window_does_no_harm(profits):
    rows = profits(ends=["2026-06-21", LAST], window=1, invoices=[line(on="2026-06-20", cost=None), line(on=LAST)])
    assert rows.loc[("2026-06-21", "a")].profit is None
    assert rows.loc[(LAST, "a")].profit == 40


def test_a_service_cost_that_cannot_be_priced_leaves_the_account_without_profit(profits):
    cost = {"account_id": "a", "incurred_on": "2026-06-02", "minutes": 20}
    row = profits(invoices=[line()], service_costs=[cost]).loc[(LAST, "a")]
    assert row.service_cost is None and row.profit is None


def test_an_account_with_service_costs_only_is_unprofitable(profits):
    cost = {"account_id": "quiet", "incurred_on": "2026-06-02", "amount": 5}
    row = profits(invoices=[line()], service_costs=[cost]).loc[(LAST, "quiet")]
    assert (row.revenue, row.profit, row.band) == (0, -5, "unprofitable")


@pytest.mark.parametrize(
    ("revenue", "cost", "band"),
    [
        (100, 97, "profitable"),
        (100, 98, "marginal"),  # margin exactly τ
        (100, 100, "marginal"),
        (100, 102, "marginal"),
        (100, 103, "unprofitable"),
        (0, 1, "unprofitable"),
        (-10, 1, "unprofitable"),  # the quotient would be above zero
        (-10, -10, "marginal"),
        (-10, -20, "profitable"),  # more cost than revenue was given back
        (0, 0, None),
    ],
)
def test_bands_by_margin(profits, revenue, cost, band):
    rows = profits(band=0.02, invoices=[line(revenue=revenue, cost=cost), line("b")])
    assert rows.loc[(LAST, "a")].band == band


def test_without_product_costs_nobody_has_a_profit(profits, engine):
    cost = {"account_id": "quiet", "incurred_on": "2026-06-02", "amount": 5}
    rows = profits(invoices=[line(cost=None)], service_costs=[cost])
    assert rows["profit"].isna().all()
    assert missing_words(engine) == "not connected: invoices.product_cost"


def test_without_invoices_there_is_no_profit_to_speak_of(profits, engine):
    cost = {"account_id": "quiet", "incurred_on": "2026-06-02", "amount": 5}
    assert profits(service_costs=[cost]).empty
    assert missing_words(engine) == "not connected: invoices"


def test_what_is_left_out_is_said(sources, engine):
    sources(invoices=[line(), line(starts_on="2026-01-01", ends_on="2027-01-01")])
    assert missing_words(engine) is None
    assert notes(engine) == [
        "service costs not connected: profit is net revenue less product cost",
        "1 of 2 invoice lines have no service period: they count in full on the day of the invoice",
    ]
    sources(
        invoices=[line(starts_on="2026-01-01", ends_on="2027-01-01")],
        service_costs=[{"account_id": "a", "incurred_on": "2026-06-02", "amount": 5}],
    )
    assert notes(engine) == []


def test_only_the_result_stays(profits, engine):
    profits(invoices=[line()])
    tables = set(engine.rows("select table_name from information_schema.tables")["table_name"])
    assert tables == {"invoices", "service_costs", "settings", "profit_ends", "account_profit"}
