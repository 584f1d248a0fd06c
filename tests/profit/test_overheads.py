"""Overheads by driver: to the cent, what is left to nobody, and profit after them beside direct profit."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.profit.books import AS_OF, Books, line, minutes, pool, year_of_pools

DRIVERS = ("revenue", "orders", "units", "accounts", "minutes")


def profit(books: Books, column: str, as_of: str = AS_OF) -> dict[str, float | None]:
    found = books.rows(f"select account_id, {column} from account_profit where as_of = date '{as_of}'")
    return {account: None if value is None else float(value) for account, value in found}


def test_the_cent_left_over_goes_to_the_largest_remainder_and_of_equals_to_the_first(books):
    made = books(overheads=[pool(100)], invoices=[line("a"), line("b"), line("c")])
    assert made.given() == {"a": 33.34, "b": 33.33, "c": 33.33}
    made = books(overheads=[pool("0.05")], invoices=[line("a", 50), line("b", 30), line("c", 20)])
    assert made.given() == {"a": 0.03, "b": 0.01, "c": 0.01}  # 2.5, 1.5 and 1.0 cents


@pytest.mark.parametrize(
    ("driver", "expected"),
    [
        ("revenue", {"a": 75, "b": 25}),
        ("orders", {"a": 50, "b": 50}),  # two lines of one invoice are one order
        ("units", {"a": 20, "b": 80}),
        ("accounts", {"b": 50, "c": 50}),  # live or not is told by the week, not by the invoice
        ("minutes", {"a": 90, "b": 10}),
    ],
)
def test_a_pool_goes_by_its_driver(books, driver, expected):
    made = books(
        overheads=[pool(100, driver)],
        live=["b", "c"],
        invoices=[
            line("a", 200, quantity=1.0, invoice_id="I1"),
            line("a", 100, quantity=1.0, invoice_id="I1"),
            line("b", 100, quantity=8.0, invoice_id="I2"),
        ],
        service_costs=[minutes("a", 45), minutes("a", 45), minutes("b", 10)],
    )
    assert made.given() == expected


def test_a_credit_note_is_given_nothing_and_is_no_order(books):
    rows = [line("a", 100, quantity=2.0), line("b", -40, quantity=-1.0)]
    for driver in ("revenue", "orders", "units"):
        assert books(overheads=[pool(10, driver)], invoices=rows).given() == {"a": 10}


def test_what_counts_in_a_month_shares_its_overheads_not_the_day_of_the_invoice(books):
    spread = line("a", 120, "2025-12-17", starts_on="2025-12-17", ends_on="2026-01-16")  # 15 days in each year
    made = books(
        overheads=[pool(10, month="2025-12"), pool(10, month="2026-01")],
        invoices=[spread, line("b", 60, "2025-12-31"), line("b", 180, "2026-01-01")],
    )
    assert made.given(month="2025-12") == {"a": 5, "b": 5}
    assert made.given(month="2026-01") == {"a": 2.5, "b": 7.5}


def test_unused_capacity_is_shown_and_nobodys(books):
    made = books(
        overheads=[pool(1000, "minutes", name="desk", capacity_minutes=100.0)],
        service_costs=[minutes("a", 40), minutes("b", 20)],
        invoices=[line("a")],
    )
    assert made.given("desk") == {"a": 400, "b": 200}
    assert made.left()["desk"] == (1000, 600, 400, "unused capacity")
    assert made.rows("select capacity_minutes, used_minutes, rate_per_minute from overhead_left") == [(100, 60, 10)]


def test_beyond_its_capacity_a_pool_is_given_whole(books):
    made = books(
        overheads=[pool(1000, "minutes", capacity_minutes=50.0)],
        service_costs=[minutes("a", 60), minutes("b", 40)],
    )
    assert made.given() == {"a": 600, "b": 400}
    assert made.rows("select unallocated, used_minutes, rate_per_minute from overhead_left") == [(0, 100, 10)]


def test_capacity_in_minutes_says_nothing_of_another_driver(books):
    made = books(overheads=[pool(100, "revenue", capacity_minutes=1e9)], invoices=[line("a")])
    assert made.given() == {"a": 100}
    assert made.rows("select capacity_minutes, used_minutes, rate_per_minute from overhead_left") == [(None,) * 3]


def test_what_goes_to_nobody_says_why(books):
    made = books(
        overheads=[
            pool(10, None, name="a"),
            pool(10, "minutes", name="b"),
            pool(10, "accounts", name="c"),
            pool("10.0050", "revenue", name="d"),
        ],
        invoices=[line("a")],
    )
    left = made.left()
    assert left["a"] == (10, 0, 10, "the pool has no driver")
    assert left["b"][2:] == (10, "no account has any minutes in the month")
    assert left["c"][2:] == (10, "no account was live in the month, as far as the history goes")
    assert left["d"][1:] == (10, Decimal("0.005"), "less than a cent")


def test_a_pool_below_zero_is_given_back(books):
    made = books(overheads=[pool("-0.05")], invoices=[line("a", 50), line("b", 30), line("c", 20)])
    assert made.given() == {"a": -0.03, "b": -0.01, "c": -0.01}


def test_a_month_counts_when_it_is_over(books):
    rows = [pool(10, month="2026-05"), pool(10, month="2026-06"), pool(10, month="2026-07")]
    invoices = [line("a", on="2026-05-03"), line("a", on="2026-06-03")]
    made = books(as_of="2026-06-28", overheads=rows, invoices=invoices)
    assert made.rows("select distinct month from overhead_left order by 1") == [(rows[0]["month"],)]
    made = books(as_of="2026-07-05", overheads=rows, invoices=invoices)
    assert len(made.rows("select distinct month from overhead_left")) == 2


AMOUNTS = st.decimals(min_value=-100_000, max_value=1_000_000, places=4)
SHARES = st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(-500, 100_000)), max_size=12)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    amounts=st.lists(AMOUNTS, min_size=1, max_size=2),
    lines=SHARES,
    worked=SHARES,
    live=st.sets(st.sampled_from("abcdef")),
    capacity=st.one_of(st.none(), st.floats(0, 1e6)),
)
def test_accounts_and_what_is_left_add_up_to_the_ledger_for_every_driver(books, amounts, lines, worked, live, capacity):
    overheads = [
        pool(amount, driver, name=f"{driver} {nth}", capacity_minutes=capacity)
        for driver in DRIVERS
        for nth, amount in enumerate(amounts)
    ]
    made = books(
        overheads=overheads,
        live=sorted(live),
        invoices=[line(account, Decimal(cents) / 100, quantity=cents / 7) for account, cents in lines],
        service_costs=[minutes(account, tenths / 10) for account, tenths in worked if tenths >= 0],
    )
    given_of = dict(made.rows("select pool, sum(amount) from account_overheads group by pool"))
    for row in overheads:
        amount, allocated, unallocated, why = made.left()[row["pool"]]
        assert amount == row["amount"] == given_of.get(row["pool"], 0) + unallocated
        assert allocated == given_of.get(row["pool"], 0) == round(allocated, 2)
        assert allocated * amount >= 0 and abs(allocated) <= abs(amount)
        assert (why is None) == (unallocated == 0)


def test_profit_after_overheads_stands_beside_direct_profit(books):
    made = books(overheads=year_of_pools(amount=10), invoices=[line("a", 300), line("b", 100)])
    # only May has revenue: the other eleven months go to nobody
    assert profit(made, "overheads") == {"a": 7.5, "b": 2.5}
    assert profit(made, "after_overheads") == {"a": 292.5, "b": 97.5}
    assert profit(made, "profit") == {"a": 300, "b": 100}


@pytest.mark.parametrize(
    ("as_of", "months"),
    [
        ("2025-12-28", 11 + 1),  # December 2024 to November 2025
        ("2026-01-04", 12),  # the calendar year
        ("2026-02-01", 12),
    ],
)
def test_a_window_of_52_weeks_takes_twelve_months_over_a_year_end(books, as_of, months):
    made = books(
        as_of=as_of,
        live=["a"],
        overheads=[row for end in ("2024-12", "2025-12") for row in year_of_pools(end, amount=10, driver="accounts")],
        invoices=[line("a", on="2025-06-01")],
    )
    first, last = made.rows("select first_no, last_no from overhead_windows")[0]
    newest = {"2025-12-28": 2025 * 12 + 11, "2026-01-04": 2025 * 12 + 12, "2026-02-01": 2025 * 12 + 12}[as_of]
    assert (last, last - first + 1) == (newest, months)
    assert profit(made, "overheads", as_of) == {"a": 10 * months}


def test_a_ledger_that_lacks_a_month_tells_no_overheads(books):
    rows = [row for row in year_of_pools(amount=10) if row["month"].month != 1]
    made = books(overheads=rows, invoices=[line("a")])
    assert profit(made, "overheads") == profit(made, "after_overheads") == {"a": None}
    assert made.rows("select months, there from overhead_windows") == [(12, 11)]


def test_books_closed_late_shift_the_months(books):
    made = books(live=["a"], overheads=year_of_pools("2026-03", amount=10, driver="accounts"), invoices=[line("a")])
    assert profit(made, "overheads") == {"a": 120}


def test_a_window_of_thirteen_weeks_takes_three_months(books):
    rows = year_of_pools(amount=10, driver="accounts")
    assert profit(books(window=13, live=["a"], overheads=rows, invoices=[line("a")]), "overheads") == {"a": 30}
    assert profit(books(window=0, live=["a"], overheads=rows, invoices=[line("a")]), "overheads") == {"a": 120}


def test_without_overheads_and_without_profit_nothing_is_told(books):
    assert profit(books(invoices=[line("a")]), "after_overheads") == {"a": None}
    unknown = [line("a", product_cost=0), {**line("b"), "product_cost": None}]
    made = books(live=["a", "b"], overheads=year_of_pools(amount=10, driver="accounts"), invoices=unknown)
    assert profit(made, "overheads") == {"a": 60, "b": 60}
    assert profit(made, "after_overheads") == {"a": 40, "b": None}


def test_accounts_whose_sign_depends_on_the_driver_are_told(books):
    every_month = [f"{row['month'].isoformat()[:8]}10" for row in year_of_pools()]
    made = books(
        as_of="2026-05-31",
        live=["large", "small"],
        overheads=year_of_pools(amount=100, driver="revenue"),
        invoices=[line(name, net, on) for on in every_month for name, net in (("large", 180), ("small", 20))],
    )
    found = made.rows("select account_id, driver, after_overheads from overhead_signs")
    signs = {(account, driver): float(after) for account, driver, after in found}
    assert signs == {
        ("large", "accounts"): 1560,  # 12 × (180 − 50)
        ("large", "orders"): 1560,
        ("large", "revenue"): 1080,  # 12 × (180 − 90)
        ("small", "accounts"): -360,
        ("small", "orders"): -360,
        ("small", "revenue"): 120,
    }


def test_price_realised_is_of_lines_with_a_list_price(books):
    made = books(
        invoices=[
            line("a", 80, list_revenue=100),
            line("a", 60, list_revenue=100),
            line("a", 500),
            line("a", 10, list_revenue=0),
            line("a", 99, "2025-06-29", list_revenue=100),  # the day before the window
            line("b", 5),
        ]
    )
    assert profit(made, "net_listed") == {"a": 140, "b": None}
    assert profit(made, "list_revenue") == {"a": 200, "b": None}


def test_prices_fall_in_every_window_their_day_is_in(books):
    rows = [line("a", n, on, list_revenue=10) for n, on in ((1, "2026-06-01"), (2, "2026-06-08"), (4, "2026-06-15"))]
    made = books(as_of="2026-06-21", ends=3, window=1, invoices=rows)
    assert [profit(made, "net_listed", day) for day in ("2026-06-07", "2026-06-14", "2026-06-21")] == [
        {"a": 1}, {"a": 2}, {"a": 4},
    ]  # fmt: skip
    made = books(as_of="2026-06-21", ends=2, window=2, invoices=rows)
    assert [profit(made, "net_listed", day) for day in ("2026-06-14", "2026-06-21")] == [{"a": 3}, {"a": 6}]
