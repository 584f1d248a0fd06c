"""Measures of what an account could still buy."""

from tests.measures.conftest import days_before, weeks_to

PRODUCTS = [{"product_id": "p", "name": "P"}, {"product_id": "q", "name": "Q"}]


def line(number, product, seats, starts="2024-01-01", ends=None, account="a"):
    return {"subscription_id": f"s{number}", "account_id": account, "product_id": product, "starts_on": starts,
            "ends_on": ends, "seats": seats, "arr": 1}  # fmt: skip


def items(rows, column):
    return {tuple(key): value for key, value in rows.reset_index().set_index(["account_id", "item"])[column].items()}


def test_units_are_seats_owned_on_the_day_and_other_products_have_no_row(measured):
    subscriptions = [
        line(1, "p", 3), line(2, "p", 4), line(3, "q", 9, ends=days_before(0)), line(4, None, 5),
        line(5, "not a product of ours", 2), line(6, "p", None, account="uncounted"),
    ]  # fmt: skip
    rows = measured("product_penetration", products=PRODUCTS, subscriptions=subscriptions)
    assert items(rows, "numerator") == {("a", "p"): 7, ("uncounted", "p"): 1}
    assert items(rows, "denominator") == {("a", "p"): 1, ("uncounted", "p"): 1}


def test_a_product_is_na_while_a_risk_on_it_is_open(measured):
    def risk(product, opened, resolved=None):
        return {"account_id": "a", "product_id": product, "opened_on": opened, "resolved_on": resolved}

    risks = [risk("p", days_before(10), days_before(2)), risk("q", days_before(3)), risk(None, days_before(3))]
    rows = measured(
        "product_penetration",
        weeks=weeks_to("2026-06-28", 2),
        products=PRODUCTS,
        subscriptions=[line(1, "p", 3)],
        risks=risks,
    )
    assert rows[["item", "denominator"]].values.tolist() == [["p", 0], ["p", 1], ["q", 0]]


def test_without_subscriptions_units_are_the_quantity_invoiced_in_52_weeks(measured):
    line = {"account_id": "a", "net_revenue": 1}
    invoices = [
        line | {"product_id": product, "invoiced_on": days_before(ago), "quantity": quantity}
        for product, ago, quantity in [("p", 0, 2), ("p", 363, 1.5), ("p", 364, 100), ("q", 9, 1), ("q", 5, -1)]
    ]
    rows = measured("product_penetration", products=PRODUCTS, invoices=invoices)
    assert items(rows, "numerator") == {("a", "p"): 3.5}


def test_units_are_unknown_where_neither_source_delivers(measured):
    days = [{"source": "invoices", "first_on": "2024-01-01", "last_on": "2026-06-17"}]
    invoices = [{"account_id": "a", "product_id": "p", "invoiced_on": "2026-06-17", "quantity": 2, "net_revenue": 1}]
    rows = measured(
        "product_penetration", weeks=weeks_to("2026-06-28", 2), products=PRODUCTS, invoices=invoices, source_days=days
    )
    assert [str(day)[:10] for day in rows["as_of"]] == ["2026-06-21"]


def test_open_expansion_opportunities_are_those_open_on_the_day(measured):
    def deal(number, opened, closed=None, kind="expansion", account="a"):
        return {
            "opportunity_id": f"o{number}",
            "account_id": account,
            "kind": kind,
            "opened_on": opened,
            "closed_on": closed,
        }

    opportunities = [
        deal(1, days_before(20), days_before(3)), deal(2, days_before(0)), deal(3, days_before(30), days_before(-9)),
        deal(4, days_before(9), kind="renewal"), deal(5, None), deal(6, days_before(9), account=None),
        deal(7, days_before(30), days_before(20), account="b"),
    ]  # fmt: skip
    rows = measured("open_expansion_opportunities", weeks=weeks_to("2026-06-28", 2), opportunities=opportunities)
    assert rows["numerator"].groupby("account_id").agg(list).to_dict() == {"a": [2, 2], "b": [0, 0]}
