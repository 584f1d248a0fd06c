"""Uptime, late payment and maturity."""

from tests.measures.conftest import days_before, weeks_to

QUARTER = 13 * 7 * 24 * 60


def outage(number, started, ended, account=None, product=None):
    return {
        "outage_id": f"o{number}",
        "account_id": account,
        "product_id": product,
        "started_at": started,
        "ended_at": ended,
    }


def line(account, product, starts="2024-01-01"):
    return {"subscription_id": account, "account_id": account, "product_id": product, "starts_on": starts, "arr": 1}


def minutes_down(rows):
    assert set(rows["denominator"]) == {QUARTER}
    return (QUARTER - rows["numerator"]).to_dict()


def test_uptime_counts_outages_of_the_account_its_products_and_everything(measured):
    rows = measured(
        "uptime",
        subscriptions=[line("a", "p"), line("b", "q"), line("c", "p", starts="2026-06-20")],
        outages=[
            outage(1, "2026-06-01 10:00:00", "2026-06-01 10:10:00", account="a"),
            outage(2, "2026-06-02 10:00:00", "2026-06-02 10:20:00", product="p"),
            outage(3, "2026-06-03 10:00:00", "2026-06-03 10:40:00"),
            outage(4, "2026-01-01 10:00:00", "2026-01-01 20:00:00"),
        ],
    )
    assert minutes_down(rows) == {"a": 70, "b": 40, "c": 40}


def test_overlapping_outages_count_once(measured):
    rows = measured(
        "uptime",
        subscriptions=[line("a", "p")],
        outages=[
            outage(1, "2026-06-01 10:00:00", "2026-06-01 11:00:00"),
            outage(2, "2026-06-01 10:30:00", "2026-06-01 10:40:00", account="a"),
            outage(3, "2026-06-01 10:50:00", "2026-06-01 11:30:00", product="p"),
        ],
    )
    assert minutes_down(rows) == {"a": 90}


def test_an_outage_that_lasts_counts_up_to_each_week_end(measured):
    rows = measured(
        "uptime",
        weeks=weeks_to("2026-06-28", 2),
        subscriptions=[line("a", "p")],
        outages=[outage(1, "2026-06-21 23:00:00", None)],
    )
    assert (QUARTER - rows["numerator"]).to_list() == [60, 60 + 7 * 24 * 60]


def test_without_subscriptions_a_product_outage_hits_who_was_invoiced_for_it(measured):
    invoices = [{"account_id": "a", "product_id": "p", "invoiced_on": "2026-01-15", "net_revenue": 1}]
    invoices += [{"account_id": "b", "product_id": "q", "invoiced_on": "2026-01-15", "net_revenue": 1}]
    outages = [outage(1, "2026-06-01 10:00:00", "2026-06-01 10:10:00", product="p")]
    assert minutes_down(measured("uptime", invoices=invoices, outages=outages)) == {"a": 10, "b": 0}


def invoice(number, invoiced, due=None, paid=None, net=100, account="a"):
    dates = {"invoiced_on": invoiced, "due_on": due, "paid_on": paid}
    return {
        "invoice_line_id": f"i{number}", "account_id": account, "net_revenue": net,
        **{name: None if ago is None else days_before(ago) for name, ago in dates.items()},
    }  # fmt: skip


def test_overdue_share_is_money_overdue_over_what_52_weeks_invoiced(measured):
    invoices = [
        invoice(1, 90, 60, 30), invoice(2, 40, 10), invoice(3, 30, 0), invoice(4, 30, -9), invoice(5, 30, 9, -3),
        invoice(6, 20, 10, net=-100), invoice(7, 500, 470, net=50), invoice(8, 363, 330, 300),
        invoice(9, 364, 330, 300),
    ]  # fmt: skip
    rows = measured("overdue_share", invoices=invoices)
    assert rows[["numerator", "denominator"]].values.tolist() == [[250, 500]]


def test_what_was_paid_later_is_overdue_until_then(measured):
    rows = measured("overdue_share", weeks=weeks_to("2026-06-28", 3), invoices=[invoice(1, 60, 14, 3)])
    assert rows["numerator"].to_list() == [0, 100, 0]


def test_overdue_share_is_na_where_nothing_was_invoiced(measured):
    subscriptions = [line("a", "p"), line("b", "p")]
    rows = measured(
        "overdue_share",
        subscriptions=subscriptions,
        invoices=[invoice(1, 500, 470), invoice(2, 9, 1, net=-5, account="b")],
    )
    assert rows["denominator"].to_dict() == {"a": 0, "b": 0}


def test_maturity_is_the_last_assessment_of_each_dimension(measured):
    maturity = [
        {"account_id": "a", "dimension": dimension, "level": level, "assessed_on": days_before(ago)}
        for dimension, level, ago in [("people", 2, 700), ("people", 4, 3), ("data", 1, 700)]
    ]
    rows = measured("maturity_level", weeks=weeks_to("2026-06-28", 2), maturity=maturity)
    assert rows[["item", "numerator"]].values.tolist() == [["data", 1], ["data", 1], ["people", 2], ["people", 4]]
    assert str(rows["evidence_on"].iloc[-1])[:10] == days_before(3)
