"""Money in several currencies: one reporting currency, the rate of the row's own day."""

import pytest

from tests.data.made import loaded, put

RATES = "currency,valid_from,rate\nGBP,2026-01-01,1.25\nGBP,2026-06-01,1.50\neur,2026-01-01,1.1\n"
INVOICES = "invoice_line_id,account_id,invoiced_on,net_revenue,product_cost,currency\n"


def revenue(result):
    return [float(value) for value in result.column("select net_revenue from invoices order by invoice_line_id")]


def test_money_is_converted_at_the_rate_of_its_day(tmp_path):
    body = "1,A1,2026-05-31,100,40,GBP\n2,A1,2026-06-01,100,40,gbp\n3,A1,2026-06-01,100,,\n4,A1,2026-06-01,100,40,USD\n"
    result = loaded(put(tmp_path, {"rates": RATES, "invoices": INVOICES + body}))
    assert revenue(result) == [125, 150, 100, 100]
    assert [cost and float(cost) for cost in result.column("select product_cost from invoices order by 1")] == [
        40, 50, 60, None,
    ]  # fmt: skip
    assert result.column("select currency from invoices order by invoice_line_id") == ["GBP", "GBP", None, "USD"]


def test_a_subscription_keeps_the_rate_of_its_start(tmp_path):
    subscriptions = "subscription_id,account_id,starts_on,arr,currency\n1,A1,2026-03-01,1000,GBP\n"
    result = loaded(put(tmp_path, {"rates": RATES, "subscriptions": subscriptions}))
    assert [float(arr) for arr in result.column("select arr from subscriptions")] == [1250]


def test_a_row_without_a_rate_is_refused(tmp_path):
    body = (
        "1,A1,2026-05-31,100,40,CHF\n2,A1,2025-12-31,100,40,GBP\n3,A1,2026-05-31,100,40,EUR\n4,new,2026-01-01,1,1,CHF\n"
    )
    result = loaded(put(tmp_path, {"rates": RATES, "invoices": INVOICES + body}))
    assert result.counts("invoices") == (4, 1, 2, 1, 0)
    assert revenue(result) == [pytest.approx(110)]
    assert result.reasons == [
        (2, "currency", "CHF", "rates has none for CHF on 2026-05-31"),
        (3, "currency", "GBP", "rates has none for GBP on 2025-12-31"),
        (5, "account_id", "new", "accounts has no such account"),
    ]


def test_a_deal_without_any_day_has_no_rate(tmp_path):
    deals = "opportunity_id,account_id,amount,currency\n1,A1,10,GBP\n2,A1,10,\n"
    result = loaded(put(tmp_path, {"rates": RATES, "opportunities": deals}))
    assert result.reasons == [(2, "currency", "GBP", "rates has none for GBP without a date")]


def test_a_rate_of_nothing_is_refused(tmp_path):
    result = loaded(put(tmp_path, {"rates": "currency,valid_from,rate\nGBP,2026-01-01,0\n"}))
    assert result.counts("rates") == (1, 0, 1, 0, 0)
