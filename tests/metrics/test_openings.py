"""What each account could still buy: the article's table of industries and products, prices, and risks that stop it."""

import pytest

from tests.metrics.folders import built

EXPANSION = """
title = "Vendor Expansion"
question = "What could they still buy?"
side = "vendor"
audience = "sales reps"

[[groups]]
name = "white_space"
title = "White space"

[[groups.measures]]
name = "product_penetration"
red = 0
green = 2

[[groups.measures.exceptions]]
industry = "Star Wars"
item = "lightsaber"
green = 10

[[groups.measures.exceptions]]
industry = "Star Trek"
item = "tricorder"
green = 10
"""

# The article's table (domain 1.3): green, yellow and red by industry and product; "2" means two or more.
TABLE = {
    ("Star Wars", "lightsaber"): {0: "untapped", 1: "partial", 9: "partial", 10: "penetrated", 11: "penetrated"},
    ("Star Wars", "tricorder"): {0: "untapped", 1: "partial", 2: "penetrated", 3: "penetrated"},
    ("Star Trek", "lightsaber"): {0: "untapped", 1: "partial", 2: "penetrated", 3: "penetrated"},
    ("Star Trek", "tricorder"): {0: "untapped", 1: "partial", 9: "partial", 10: "penetrated", 11: "penetrated"},
}
CELLS = [
    (industry, product, units, state) for (industry, product), row in TABLE.items() for units, state in row.items()
]
COLOUR = {"untapped": "red", "partial": "amber", "penetrated": "green"}
BOTH = ("lightsaber", "tricorder")


def name(industry, product, units):
    return f"{industry} with {units} of {product}"


def line(account, product, seats, arr=100):
    return {"subscription_id": f"{account}-{product}", "account_id": account, "product_id": product,
            "starts_on": "2025-01-01", "seats": seats, "arr": arr}  # fmt: skip


def risk(account, product, opened, resolved="", reason="", number=1):
    return {"risk_id": f"R{number}-{account}-{product}", "account_id": account, "product_id": product,
            "opened_on": opened, "resolved_on": resolved, "reason": reason}  # fmt: skip


ACCOUNTS = [
    {"account_id": name(*cell[:3]), "name": name(*cell[:3]), "industry": cell[0], "segment": "Small",
     "joined_on": "2024-01-01"}
    for cell in CELLS
] + [
    {"account_id": one, "name": one, "industry": "Star Trek", "segment": segment, "joined_on": "2024-01-01"}
    for one, segment in (("at risk", "Large"), ("recovered", "Large"), ("lonely", "Other"))
]  # fmt: skip
LINES = [line(name(*cell[:3]), cell[1], cell[2]) for cell in CELLS if cell[2]] + [
    line("at risk", "lightsaber", 5, arr=1000), line("recovered", "lightsaber", 1, arr=400),
    line("lonely", "tricorder", 10), line("lonely", None, 1),
]  # fmt: skip
LINES += [line(name(*cell[:3]), "base", 1) for cell in CELLS if not cell[2]]  # a customer of something else
RISKS = [
    risk("at risk", "lightsaber", "2026-06-10", reason="recalled"),
    risk("at risk", "lightsaber", "2026-05-20", reason="contract dispute", number=2),
    risk("at risk", "tricorder", "2026-06-27"),
    risk("recovered", "lightsaber", "2026-06-01", resolved="2026-06-24", reason="recalled"),
]
PRODUCTS = [
    {"product_id": "lightsaber", "name": "Lightsaber", "list_price": ""},
    {"product_id": "tricorder", "name": "Tricorder", "list_price": 50},
    {"product_id": "base", "name": "Base", "list_price": ""},
]


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    folder = tmp_path_factory.mktemp("openings") / "company"
    return built(
        folder, {"vendor_expansion": EXPANSION},
        accounts=ACCOUNTS, products=PRODUCTS, subscriptions=LINES, risks=RISKS,
    )  # fmt: skip


def opening(company, account, product):
    rows = company.execute(
        """
        select o.* from openings as o join accounts as a on a.account_id = o.account_id
        where a.account_code = $account and o.product_id = $product
        """,
        {"account": account, "product": product},
    ).df()
    assert len(rows) == 1
    return {column: None if value != value else value for column, value in rows.iloc[0].items()}


def statuses(company, account, product):
    """Status of a product by week, oldest first."""
    return [
        status
        for (status,) in company.execute(
            """
            select r.status from account_recent as r join accounts as a on a.account_id = r.account_id
            where a.account_code = $account and r.item = $product order by r.as_of
            """,
            {"account": account, "product": product},
        ).fetchall()
    ]


@pytest.mark.parametrize(("industry", "product", "units", "state"), CELLS)
def test_the_table_of_two_industries_and_two_products(company, industry, product, units, state):
    account = name(industry, product, units)
    found = opening(company, account, product)
    wanted = max(u for u, said in TABLE[industry, product].items() if said == "partial") + 1
    assert (found["state"], found["units"], found["wanted"]) == (state, units, wanted)
    assert found["missing_units"] == max(wanted - units, 0)
    assert set(statuses(company, account, product)) == ({COLOUR[state]} if units else set())


def test_every_account_has_a_row_for_every_product(company):
    rows = company.execute("select account_id, count(*), count(distinct product_id) from openings group by account_id")
    assert {(n, products) for _, n, products in rows.fetchall()} == {(3, 3)}
    assert company.execute("select count(distinct account_id) from openings").fetchall() == [(len(ACCOUNTS),)]


def test_while_a_risk_is_open_the_product_is_na_with_the_reason_of_the_oldest(company):
    found = opening(company, "at risk", "lightsaber")
    assert (found["state"], found["units"]) == ("na", 5)
    assert (found["na_reason"], found["risk_id"]) == ("contract dispute", "R2-at risk-lightsaber")
    assert str(found["risk_opened_on"])[:10] == "2026-05-20"
    assert (found["missing_units"], found["amount"]) == (None, None)


def test_a_risk_without_a_reason_is_still_said(company):
    found = opening(company, "at risk", "tricorder")
    assert (found["state"], found["na_reason"]) == ("na", "a risk is open on the product")


def test_the_opening_is_back_by_itself_when_the_risk_is_resolved(company):
    assert statuses(company, "recovered", "lightsaber")[-5:] == ["amber", "na", "na", "na", "amber"]
    found = opening(company, "recovered", "lightsaber")
    assert (found["state"], found["missing_units"], found["na_reason"]) == ("partial", 1, None)


def test_na_products_leave_the_account_s_score(company):
    """At risk: base is untapped, the other two are NA, so one product of three counts: 0 points."""
    rows = company.execute(
        """
        select v.points, v.status from view_scores as v join accounts as a on a.account_id = v.account_id
        where a.account_code = 'at risk' and v.view = 'vendor_expansion' and v.as_of = date '2026-06-28'
        """
    ).fetchall()
    assert rows == [(0, "red")]


def test_an_opening_is_priced_from_the_list(company):
    found = opening(company, name("Star Trek", "tricorder", 1), "tricorder")
    assert (found["missing_units"], found["unit_price"], found["amount"]) == (9, 50, 450)
    assert found["price_basis"] == "list price"


def test_without_a_list_price_it_is_the_median_per_seat_of_the_segment(company):
    """Large owners pay 1000 / 5 = 200 and 400 / 1 = 400 a seat: 300 in the middle."""
    found = opening(company, "recovered", "lightsaber")
    assert (found["unit_price"], found["amount"]) == (300, 300)
    assert found["price_basis"] == "estimate: median per seat in the segment"


def test_where_nobody_in_the_segment_owns_it_only_units_are_told(company):
    found = opening(company, "lonely", "lightsaber")
    assert (found["missing_units"], found["unit_price"], found["amount"]) == (2, None, None)
    assert found["price_basis"] == "units only"


def test_a_company_without_products_has_no_openings(tmp_path):
    accounts = [{"account_id": "a", "name": "A", "joined_on": "2024-01-01"}]
    company = built(tmp_path / "company", {}, accounts=accounts, subscriptions=[line("a", "", 3)])
    assert company.execute("select count(*) from openings").fetchall() == [(0,)]


def test_with_expansion_switched_off_there_are_no_openings(tmp_path):
    company = built(
        tmp_path / "company", {}, settings='views = ["vendor_risk"]',
        accounts=ACCOUNTS, products=PRODUCTS, subscriptions=LINES,
    )  # fmt: skip
    assert company.execute("select count(*) from openings").fetchall() == [(0,)]


def test_what_the_scorecard_does_not_sell_to_an_industry_is_na(tmp_path):
    rule = '\n[[groups.measures.exceptions]]\nindustry = "Star Trek"\nitem = "base"\nna = true\n'
    company = built(
        tmp_path / "company", {"vendor_expansion": EXPANSION + rule},
        accounts=ACCOUNTS, products=PRODUCTS, subscriptions=LINES,
    )  # fmt: skip
    found = opening(company, "lonely", "base")
    assert (found["state"], found["na_reason"]) == ("na", "not for sale to this account, by the scorecard")
    assert opening(company, name("Star Wars", "tricorder", 2), "base")["state"] == "untapped"


def test_a_rule_for_a_product_nobody_sells_is_noted(tmp_path):
    rule = EXPANSION.replace('"lightsaber"', '"lightsabre"')
    company = built(
        tmp_path / "company", {"vendor_expansion": rule},
        accounts=ACCOUNTS, products=PRODUCTS, subscriptions=LINES,
    )  # fmt: skip
    words = "no product has the id 'lightsabre'. Did you mean 'lightsaber'? The rule for it fits nothing."
    notes = company.execute("select source, file, note from load_notes").fetchall()
    assert notes == [("products", "scorecards/vendor_expansion.toml", words)]
