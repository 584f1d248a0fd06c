"""What winning an account costs, with every cost in it, and what is said where nobody was won."""

from datetime import date

import pytest

from metrics.value import Margin, Sources, by_channel, cac_figures, gross_margin
from metrics.value.acquisition import NO_CHANNEL, NO_COST_BOOKED, NO_COSTS, NOBODY_WON
from tests.value.conftest import bill, line

HALF = Margin(0.5, "invoice lines", "of 10 invoice lines of 52 weeks")
UNKNOWN = Margin(None, None, "not connected: invoices.product_cost or finance.cost_of_revenue")


def cost(channel: str | None, on: str, amount: float | None = None, **more: object) -> dict[str, object]:
    return {
        "cost_id": f"{channel} {on} {amount} {more}",
        "channel": channel,
        "incurred_on": date.fromisoformat(on),
        "amount": amount,
        **more,
    }


def costs_of(company, period: str, kind: str = "quarter"):
    rows = company.frame("cac")
    return rows[(rows["kind"] == kind) & (rows["period"] == period)]


def sources(company) -> Sources:
    return Sources.of(company.frame("value_sources"))


ACCOUNTS = [
    {"account_id": "a", "channel": "fair"},
    {"account_id": "b", "channel": "fair"},
    {"account_id": "c", "channel": "partner"},
]
LINES = [line("a", 1200, "2026-04-10"), line("b", 2400, "2026-05-20"), line("c", 600, "2026-06-01")]


def test_every_cost_is_in_cac_and_is_told_apart(valued):
    company = valued(
        accounts=ACCOUNTS,
        subscriptions=LINES,
        acquisition_costs=[
            cost("fair", "2026-04-05", 1000),
            cost("fair", "2026-04-06", 300, kind="pay"),
            cost("fair", "2026-05-01", hours=10, hourly_rate=50),
            cost("fair", "2026-05-02", 150, kind="overhead"),
            cost("fair", "2026-06-30", 50, kind="referral"),
        ],
    )
    [row] = company.rows(
        """
        select cost, media, pay, hours_cost, overhead, referral, hours, customers, new_arr
        from cac where kind = 'quarter' and period = '2026 Q2' and channel = 'fair'
        """
    )
    assert row == (2000, 1000, 300, 500, 150, 50, 10, 2, 3600)
    fair = cac_figures(costs_of(company, "2026 Q2"), HALF, sources(company), "fair")
    assert (fair["cac"].value, fair["cac_media"].value, fair["cac"].n) == (1000, 500, 2)


def test_blended_cac_spreads_all_costs_over_all_accounts(valued):
    spent = [cost("fair", "2026-04-05", 900), cost("partner", "2026-04-05", 300)]
    company = valued(accounts=ACCOUNTS, subscriptions=LINES, acquisition_costs=spent)
    rows, known = costs_of(company, "2026 Q2"), sources(company)
    assert cac_figures(rows, HALF, known)["cac"].value == 1200 / 3
    assert {name: found["cac"].value for name, found in by_channel(rows, HALF, known).items()} == {
        "fair": 450,
        "partner": 300,
    }


def test_payback_counts_gross_profit_of_new_accounts_alone(valued):
    lines = [*LINES, line("old", 100, "2025-01-01", "2026-05-01"), line("old", 1000, "2026-05-01")]
    accounts = [*ACCOUNTS, {"account_id": "old", "channel": "fair"}]
    company = valued(accounts=accounts, subscriptions=lines, acquisition_costs=[cost("fair", "2026-04-05", 2100)])
    found = cac_figures(costs_of(company, "2026 Q2"), HALF, sources(company))
    assert found["cac_payback"].value == 2100 / (4200 / 12 * 0.5) == 12
    assert found["cac_payback"].basis == "gross margin 50.0% of 10 invoice lines of 52 weeks"
    assert found["new_cac_ratio"].value == 2100 / 4200
    assert found["blended_cac_ratio"].value == 2100 / (4200 + 900)


def test_without_a_margin_there_is_no_payback(valued):
    company = valued(accounts=ACCOUNTS, subscriptions=LINES, acquisition_costs=[cost("fair", "2026-04-05", 2100)])
    found = cac_figures(costs_of(company, "2026 Q2"), UNKNOWN, sources(company))
    assert (found["cac_payback"].value, found["cac_payback"].missing) == (None, UNKNOWN.words)
    assert found["cac"].value == 700


def test_spend_that_won_nobody_is_not_infinite(valued):
    company = valued(accounts=ACCOUNTS, subscriptions=LINES, acquisition_costs=[cost("mail", "2026-04-05", 500)])
    mail = cac_figures(costs_of(company, "2026 Q2"), HALF, sources(company), "mail")
    assert {name: figure.value for name, figure in mail.items()} == dict.fromkeys(mail)
    assert mail["cac"].missing == mail["cac_payback"].missing == NOBODY_WON


def test_a_channel_without_a_booked_cost_does_not_win_for_nothing(valued):
    company = valued(accounts=ACCOUNTS, subscriptions=LINES, acquisition_costs=[cost("fair", "2026-04-05", 500)])
    assert cac_figures(costs_of(company, "2026 Q2"), HALF, sources(company), "partner")["cac"].missing == NO_COST_BOOKED


def test_without_channels_of_accounts_only_the_blended_figure_is_known(valued):
    company = valued(subscriptions=LINES, acquisition_costs=[cost("fair", "2026-04-05", 600)])
    rows, known = costs_of(company, "2026 Q2"), sources(company)
    assert cac_figures(rows, HALF, known)["cac"].value == 200
    assert cac_figures(rows, HALF, known, "fair")["cac"].missing == NO_CHANNEL


def test_months_and_quarters_cut_at_their_last_day(valued):
    spent = [cost("fair", "2026-03-31", 100), cost("fair", "2026-04-01", 10), cost("fair", "2026-04-30", 1)]
    company = valued(accounts=ACCOUNTS, subscriptions=LINES, acquisition_costs=spent)
    found = company.rows("select period, sum(cost) from cac group by period having sum(cost) > 0")
    assert {period: int(amount) for period, amount in found} == {
        "2026-03": 100,
        "2026-04": 11,
        "2026 Q1": 100,
        "2026 Q2": 11,
    }


def test_a_period_after_the_last_cost_is_not_free(valued):
    spent = [cost("fair", "2026-04-05", 300)]
    days = [{"source": "acquisition_costs", "first_on": date(2026, 4, 5), "last_on": date(2026, 4, 30)}]
    company = valued(accounts=ACCOUNTS, subscriptions=LINES, acquisition_costs=spent, source_days=days)
    assert max(company.rows("select closes_on from cac")) == (date(2026, 4, 30),)
    assert ("2026 Q2",) not in company.rows("select period from cac")


def test_a_cost_without_a_channel_goes_to_that_of_its_account(valued):
    spent = [cost(None, "2026-04-05", hours=2, hourly_rate=50, account_id="c"), cost(None, "2026-04-06", 7)]
    company = valued(accounts=ACCOUNTS, subscriptions=LINES, acquisition_costs=spent)
    found = company.rows("select channel, cost from cac where period = '2026 Q2' and has_cost order by channel")
    assert found == [("", 7), ("partner", 100)]


def test_a_row_that_gives_no_amount_is_counted_and_said(valued):
    spent = [cost("fair", "2026-04-05", 300), cost("fair", "2026-04-06", hours=4)]
    company = valued(accounts=ACCOUNTS, subscriptions=LINES, acquisition_costs=spent)
    found = cac_figures(costs_of(company, "2026 Q2"), HALF, sources(company))["cac"]
    assert (found.value, found.missing) == (100, "without 1 rows that give no amount")


def test_without_costs_nothing_is_said(valued):
    company = valued(accounts=ACCOUNTS, subscriptions=LINES)
    assert company.rows("select count(*) from cac") == [(0,)]
    assert cac_figures(company.frame("cac"), HALF, sources(company))["cac"].missing == NO_COSTS


def test_a_first_invoice_is_the_first_paid_day_without_subscriptions(valued):
    bills = [
        bill("a", 0, "2026-04-10"),
        bill("a", 90, "2026-05-10"),
        bill("a", 90, "2026-06-10"),
        bill("b", 5, "2026-05-31"),
    ]
    company = valued(
        invoices=bills, acquisition_costs=[cost("fair", "2026-05-05", 600), cost("fair", "2026-06-05", 50)]
    )
    may = cac_figures(costs_of(company, "2026-05", "month"), HALF, sources(company))
    assert (may["cac"].value, may["cac"].n) == (300, 2)
    assert may["cac_payback"].missing == "not connected: subscriptions, so nobody knows what a new account pays a year"
    assert cac_figures(costs_of(company, "2026-06", "month"), HALF, sources(company))["cac"].missing == NOBODY_WON


def test_accounts_that_joined_before_the_invoices_begin_may_have_been_won_earlier(valued):
    accounts = [{"account_id": "a", "joined_on": date(2020, 1, 1)}, {"account_id": "b", "joined_on": date(2026, 5, 31)}]
    bills = [bill("a", 90, "2026-05-10"), bill("b", 5, "2026-05-31")]
    company = valued(accounts=accounts, invoices=bills, acquisition_costs=[cost("fair", "2026-05-05", 600)])
    found = cac_figures(costs_of(company, "2026-05", "month"), HALF, sources(company))["cac"]
    assert (found.value, found.low, found.high) == (300, 300, 600)
    assert found.missing == "1 of the 2 joined before the invoices begin, so they may have been won earlier"


def test_a_margin_from_lines_needs_a_cost_on_every_line(valued):
    ledger = [{"month": date(2026, 5, 1), "net_income": 0, "fte": 1, "revenue": 100, "cost_of_revenue": 30}]
    with_cost = [bill("a", 60, "2026-01-01", product_cost=20), bill("b", 40, "2026-05-01", product_cost=20)]
    found = margin_of(valued(invoices=with_cost, finance=ledger))
    assert (found.value, found.source) == (pytest.approx(0.6), "invoice lines")
    one_without = [*with_cost, bill("b", 40, "2026-05-01")]
    found = margin_of(valued(invoices=one_without, finance=ledger))
    assert (found.value, found.source, found.words) == (pytest.approx(0.7), "ledger", "of 1 months of the ledger")


def test_a_margin_is_that_of_52_weeks_and_of_twelve_months(valued):
    bills = [bill("a", 60, "2025-06-30", product_cost=60), bill("a", 40, "2025-07-02", product_cost=10)]
    assert margin_of(valued(invoices=bills)).value == pytest.approx(0.75)
    months = ("2025-06-01", "2025-07-01", "2026-06-01", "2026-07-01")
    ledger = [
        {"month": date.fromisoformat(day), "net_income": 0, "fte": 1, "revenue": 100, "cost_of_revenue": nth * 10}
        for nth, day in enumerate(months)
    ]
    assert margin_of(valued(finance=ledger)).value == pytest.approx(1 - 30 / 200)


def test_a_margin_says_what_it_lacks(valued):
    some = [bill("a", 60, "2026-01-01", product_cost=20), bill("b", 40, "2026-05-01")]
    assert margin_of(valued(invoices=some)).words == "the product cost is missing on 1 of 2 invoice lines of 52 weeks"
    nothing = margin_of(valued(subscriptions=LINES))
    assert (nothing.value, nothing.words) == (None, UNKNOWN.words)


def margin_of(company) -> Margin:
    rows = company.frame("margins")
    return gross_margin(rows[rows["as_of"] == "2026-06-30"])
