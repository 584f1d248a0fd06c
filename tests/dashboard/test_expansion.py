"""White space: a diamond and one kind of number per column, reasons beside NA, and a list per rep that adds up."""

import re

import pytest

from dashboard import files
from dashboard.findings import expansion as told
from dashboard.format import Formats
from dashboard.reads import EVERYTHING, Scope
from dashboard.reads import openings as reads
from dashboard.reads.openings import Chosen
from dashboard.screens import expansion
from tests.dashboard.pages import html, text, titles

F = Formats()
EVERY = Chosen()


def panel(looking, href="vendor_expansion", kind="usual"):
    look = looking(kind, href)
    return str(expansion.panel(look, look.card("vendor_expansion")))


def column(page, state):
    """What stands in the cells of a state, product by product."""
    cells = re.findall(rf'<td class="c {state}"[^>]*>(.*?)</td>', page, re.S)
    return [
        (re.search(r'<em class="ph">(.*?)</em>', cell).group(1), text(cell.rpartition("</em>")[2])) for cell in cells
    ]


def test_the_products_sum_what_is_missing_at_their_price(looking):
    rows = reads.products(looking("usual").generation, EVERYTHING, EVERY).set_index("product_id")
    # 120 accounts; of Picker by turns 0, 1 and 2 of 2 are owned: 40 × 2 + 40 × 1 units at 10, but account 3 is NA.
    assert rows.loc["P1", ["untapped", "partial", "penetrated", "na"]].tolist() == [39, 40, 40, 1]
    assert (rows.loc["P1", "amount"], rows.loc["P1", "missing_units"]) == (1180, 118)
    assert (rows.loc["P2", "amount"], rows.loc["P2", "missing_units"], rows.loc["P2", "unpriced"]) == (0, 300, 60)


def test_the_list_per_rep_adds_up_to_the_matrix(looking):
    generation = looking("usual").generation
    for chosen in (EVERY, Chosen(industry="Food"), Chosen(text="a"), Chosen(product="P1", state="untapped")):
        reps, totals = reads.reps(generation, EVERYTHING, chosen), reads.totals(generation, EVERYTHING, chosen)
        products = reads.products(generation, EVERYTHING, chosen)
        assert reps["amount"].sum() == totals["amount"] == products["amount"].sum()
        assert reps["openings"].sum() == totals["openings"] == products["openings"].sum()
        assert reps["accounts"].sum() == totals["open_accounts"]
        listed = reads.listed(generation, EVERYTHING, chosen)
        assert (listed["amount"].sum(), len(listed)) == (totals["amount"], totals["openings"])


def test_the_best_of_a_rep_are_the_first_of_the_list(looking):
    generation = looking("usual").generation
    listed = reads.listed(generation, EVERYTHING, EVERY)
    best = reads.best(generation, EVERYTHING, EVERY, ["K. Sato", "J. Whitfield"], 3)
    assert len(best) == 6
    for name, rows in best.groupby("sales_rep"):
        first = listed[listed["sales_rep"] == name].head(3)
        assert rows["account_code"].tolist() == first["account_code"].tolist()


def test_every_read_obeys_the_scope(looking):
    generation = looking("usual").generation
    some, nobody = Scope(segment=("Enterprise",)), Scope(segment=("Nowhere",))
    whole = reads.totals(generation, EVERYTHING, EVERY)
    part = reads.totals(generation, some, EVERY)
    assert 0 < part["accounts"] < whole["accounts"] and 0 < part["amount"] < whole["amount"]
    assert reads.totals(generation, nobody, EVERY)["accounts"] == 0
    for empty in (
        reads.products(generation, nobody, EVERY),
        reads.page(generation, nobody, EVERY, "arr", False, 10, 0),
        reads.cells(generation, nobody, [1, 2, 3]),
        reads.reps(generation, nobody, EVERY),
        reads.listed(generation, nobody, EVERY),
        reads.best(generation, nobody, EVERY, ["K. Sato"], 3),
        reads.whole(generation, nobody, EVERY),
    ):
        assert empty.empty
    assert reads.choices(generation, nobody) == ([], [])


def test_a_column_is_told_in_one_kind_of_number(looking):
    page = panel(looking)
    assert {words for product, words in column(page, "untapped") if product == "Picker"} == {"$20"}
    assert {words for product, words in column(page, "partial") if product == "Picker"} == {"$10"}
    assert {words for product, words in column(page, "penetrated") if product == "Picker"} == {""}
    academy = {
        words for state in expansion.reads.STATES for product, words in column(page, state) if "Academy" in product
    }
    assert academy == {"0 of 5", "5 of 5"}, "a product without any price is told in units"
    units = panel(looking, "vendor_expansion?show=units")
    assert {words for product, words in column(units, "partial")} == {"1 of 2"}
    assert "$" not in "".join(words for state in ("untapped", "partial") for _, words in column(units, state))


def test_a_product_is_na_while_a_risk_on_it_is_open_and_says_why(looking):
    page = panel(looking)
    assert [(product, words) for product, words in column(page, "na")] == [("Picker", "NA")]
    assert "Picker: line 3 <i>stops</i> since 26 Oct 2026" in text(page) and "<i>stops" not in page


def test_states_are_blue_diamonds_and_never_an_alarm(looking):
    page = panel(looking)
    table = page[page.index("<table") :]
    assert "var(--blue)" in table and "var(--red)" not in table and "var(--amber)" not in table
    assert "Untapped" in text(table) and "Partial" in text(table) and "Penetrated" in text(table)


def test_accounts_can_be_picked_by_rep_industry_name_and_state(looking):
    generation = looking("usual").generation
    sato = reads.page(generation, EVERYTHING, Chosen(rep="K. Sato"), "arr", False, 500, 0)
    assert 0 < len(sato) < 120 and set(sato["sales_rep"]) == {"K. Sato"}
    page = panel(looking, "vendor_expansion?rep=K.+Sato")
    assert "open at" in titles(page)[0] and "of K. Sato" in titles(page)[0]
    assert titles(page)[1] == "K. Sato holds all of it"
    picked = panel(looking, "vendor_expansion?opening=P1:untapped")
    assert not column(picked, "partial") or all(product != "Picker" for product, _ in column(picked, "partial"))
    assert "Picker untapped" in text(picked)


@pytest.mark.parametrize(("by", "key"), [("arr", "arr"), ("open", "amount"), ("product:P1", "of_product")])
def test_the_matrix_is_sorted_by_any_column_with_missing_values_last(looking, by, key):
    generation = looking("usual").generation
    down = reads.page(generation, EVERYTHING, EVERY, by, False, 500, 0)[key]
    up = reads.page(generation, EVERYTHING, EVERY, by, True, 500, 0)[key]
    assert down.dropna().is_monotonic_decreasing and up.dropna().is_monotonic_increasing
    assert down.isna().sum() == up.isna().sum() and (by != "product:P1" or down.isna().iloc[-1])


def test_pages_do_not_overlap_and_miss_nobody(looking):
    generation = looking("usual").generation
    pages = [reads.page(generation, EVERYTHING, EVERY, "name", True, 22, 22 * n) for n in range(6)]
    codes = [code for page in pages for code in page["account_code"]]
    assert len(codes) == len(set(codes)) == 120


@pytest.mark.parametrize(
    "more", ["sort=product:nothing:up", "opening=P1:purple", "opening=:::", "page=0", "page=9999999", "rep=nobody",
             "industry=", "find=zzzz", "products=99", "show=euros", "segment=Nowhere"],
)  # fmt: skip
def test_an_address_that_makes_no_sense_still_shows_the_matrix(looking, more):
    assert titles(panel(looking, f"vendor_expansion?{more}"))


def test_no_account_that_fits_is_said(looking):
    assert titles(panel(looking, "vendor_expansion?find=zzzz")) == [
        "No account fits this choice",
        "Nobody has anything to sell here",
    ]


def test_both_tables_can_be_fetched(looking):
    look = looking("usual", "vendor_expansion")
    whole, listed = expansion.whole(look, EVERY), expansion.opportunities(look, EVERY)
    assert len(whole) == 240 and set(whole["state"]) == set(reads.STATES)
    assert listed["sales_rep"].is_monotonic_increasing and "J. Whitfield" in files.csv(listed)
    assert "<b>Academy</b>" in set(listed["product"])


def test_without_a_price_openings_are_counted_instead(looking):
    totals = {"accounts": 9, "open_accounts": 5, "openings": 8, "amount": 0.0, "unpriced": 8}
    voice = looking("usual").voice
    said = told.title(totals, [{"product": "Academy", "untapped": 4}], "", voice)
    assert said == "8 openings are left at 5 accounts; Academy is untapped at 4 of them"
    assert told.prices(totals, F) == "8 openings without a price are not in the money"


def test_nothing_left_to_sell_is_said_quietly(looking):
    totals = {"accounts": 9, "open_accounts": 0, "openings": 0, "amount": 0.0, "unpriced": 0}
    assert told.title(totals, [], "", looking("usual").voice) == "9 accounts: none has room for another unit"


def test_an_estimate_says_that_it_is_one():
    row = {"missing_units": 3, "unit_price": 1200.0, "price_basis": "estimate: median per seat in the segment"}
    assert told.basis(row, F) == "3 units × $1,200.00, estimate, median per seat in the segment"
    assert told.basis(row | {"price_basis": "list price"}, F).endswith("list price")
    assert told.basis(row | {"unit_price": None}, F) == "3 units, no price known"


def test_many_products_stand_in_windows_of_seven(looking):
    chosen = Chosen()
    rows = [{"product_id": f"P{n}", "priced": 1} for n in range(16)]
    space = expansion.Space(chosen, expansion.Sort("arr"), rows, 14, False)
    assert [row["product_id"] for row in space.shown] == ["P14", "P15"]


def test_what_is_not_connected_says_which_columns_and_nobody_is_untapped(looking):
    page = panel(looking, kind="accounts only")
    assert "subscriptions.product_id" in text(page) and "<table" not in page
    assert "Until then no account is untapped" in text(page)


def test_the_screen_of_the_view_holds_the_matrix(looking):
    page = html(looking("usual", "vendor_expansion"))
    assert page.count('class="white"') == 1 and 'id="reps"' in page


def test_an_earlier_week_says_of_which_day_the_openings_are(looking):
    assert "as of 15 Nov 2026" in text(panel(looking, "vendor_expansion?week=2026-11-01"))
