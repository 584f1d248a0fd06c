"""What screens read beside direct profit: sums within a scope, and what does not add up said."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from dashboard.reads import profit_parts as parts
from dashboard.reads.warehouse import EVERYTHING, Generation, Scope
from tests.profit.books import Books, line, minutes, pool, year_of_pools
from tests.profit.test_drivers import cost, rating
from tests.profit.test_ledger import month

DAY = date(2026, 5, 31)
NORTH, NOWHERE = Scope(region=("north",)), Scope(region=("nowhere",))
MONTHS = [row["month"].isoformat()[:7] for row in year_of_pools()]


@pytest.fixture(scope="module")
def generation() -> Iterator[Generation]:
    books = Books()
    books.laboratory.run("alter table accounts add column account_code varchar")
    books.make(
        as_of=str(DAY),
        live=["large", "small", "silent"],
        accounts=[
            {"account_id": name, "account_code": name.upper(), "name": name.title(), "region": region}
            for name, region in (("large", "north"), ("small", "south"), ("silent", "south"))
        ],
        overheads=[
            *year_of_pools(amount=100),
            *year_of_pools(amount=30, driver="accounts", name="desk"),
            pool(50, "minutes", name="field", capacity_minutes=100.0),
        ],
        invoices=[
            line(name, net, f"{each}-10", list_revenue=list_price)
            for each in MONTHS
            for name, net, list_price in (("large", 180, 200), ("small", 20, 20))
        ],
        service_costs=[
            {**minutes("large", 60), "activity": "returns"},
            cost("large", "returns", 216),
            cost("small", "support", 24),
        ],
        drivers=[
            rating("large", "returns", -1, cause="us"),
            rating("large", "pays on time", -1, cause="them"),
            rating("small", "returns", 1),
            rating("silent", "returns", 1),
        ],
        finance=[month("2026-05", 150)],
    )
    books.keep()
    books.laboratory.run(f"create table generation as select date '{DAY}' as as_of")
    yield Generation(Path("none"), "none", books.laboratory.connection)
    books.close()


def test_the_months_set_against_a_week_are_named(generation):
    span = parts.overhead_span(generation, DAY)
    assert (span.first, span.last, span.months, span.there) == (date(2025, 6, 1), date(2026, 5, 1), 12, 12)
    assert span.missing is None
    assert parts.overhead_span(generation, date(2026, 5, 24)) is None
    short = parts.OverheadSpan(date(2025, 6, 1), date(2026, 5, 1), 12, 11)
    assert short.missing == "the ledger has overheads for 11 of the 12 months to 2026-05"


def test_pools_are_shown_with_their_capacity_and_what_is_left(generation):
    pools = parts.overhead_pools(generation, DAY).set_index("pool")
    assert pools[["amount", "allocated", "unallocated"]].T.to_dict("list") == {
        "rent": [1200, 1200, 0],
        "desk": [360, 360, 0],
        "field": [50, 30, 20],
    }
    field = pools.loc["field"]
    assert (field.why, field.capacity_minutes, field.used_minutes, field.rate_per_minute) == (
        "unused capacity", 100, 60, 0.5,
    )  # fmt: skip


def test_the_ledger_is_what_was_given_and_what_was_not(generation):
    totals = parts.overhead_totals(generation, EVERYTHING, DAY)
    # 'silent' is live and has no line in the window: its 120 of the desk are in nobody's profit
    assert totals == {"ledger": 1610, "given": 1470, "in_scope": 1470, "elsewhere": 120, "unallocated": 20}
    north = parts.overhead_totals(generation, NORTH, DAY)
    assert north == {**totals, "in_scope": 1080 + 120 + 30}


def test_profit_after_overheads_is_read_within_a_scope(generation):
    rows = parts.after_overheads(generation, NORTH, DAY)
    assert rows.iloc[0].tolist() == ["large", 2160, 1944, 1230, 714]
    page = parts.after_overheads_page(generation, EVERYTHING, DAY, "after_overheads", True, 5)
    assert page["account_code"].tolist() == ["SMALL", "LARGE"]
    assert page["price_realised"].tolist() == [1, 0.9]
    assert parts.account_pools(generation, EVERYTHING, "large", DAY)["amount"].tolist() == [1080, 120, 30]
    assert parts.account_pools(generation, NOWHERE, "large", DAY).empty


def test_an_account_whose_sign_depends_on_the_driver_is_named(generation):
    assert parts.key_drivers(generation) == ["accounts", "orders", "revenue"]  # minutes are known for May alone
    rows = parts.key_accounts(generation, EVERYTHING, 5)
    assert rows[["account_code", "lowest", "lowest_driver", "highest", "highest_driver", "total"]].values.tolist() == [
        ["SMALL", 216 - 805, "orders", 216 - 161, "revenue", 1]
    ]
    assert parts.key_accounts(generation, NORTH, 5).empty


def test_ledger_and_prices_are_read(generation):
    row = parts.ledger_months(generation).iloc[-1]
    assert (row.invoiced, row.finance_revenue, row.difference) == (200, 150, 50)
    assert parts.price_realised(generation, EVERYTHING)[["accounts", "net_listed", "list_revenue"]].values.tolist() == [
        [2, 2400, 2640]
    ]


def test_both_modes_stand_side_by_side(generation):
    bands = parts.mode_bands(generation, EVERYTHING)
    found = bands[["rated", "accounts", "us", "them"]].values.tolist()
    assert found == [["profitable", 1, 0, 0], ["profitable", 1, 0, 0], ["unprofitable", 1, 1, 1]]
    assert bands["counted"].isna().tolist() == [False, True, False]
    rows = parts.disagreements(generation, EVERYTHING, 5)
    assert rows[["account_code", "sum_of_ratings", "rated", "counted", "profit", "us", "them"]].values.tolist() == [
        ["LARGE", -2, "unprofitable", "profitable", 1944, 1, 1]
    ]


def test_a_behaviour_costs_what_its_accounts_cost_more_than_others(generation):
    rows = parts.driver_burdens(generation, EVERYTHING).set_index(["driver", "kind"])
    returns = rows.loc[("returns", "returns")]
    assert (returns.accounts, returns.us, returns.amount, returns.share, returns.other_share, returns.extra) == (
        1, 1, 216, 0.1, 0, 216,
    )  # fmt: skip
    support = rows.loc[("returns", "support")]
    assert (support.amount, support.other_share, support.extra) == (0, 0.1, -216)
    assert rows.loc[("returns", "price"), "amount"] == 240
    assert rows.loc[("pays on time", "returns")][["other_share", "extra"]].isna().all()  # nobody is rated otherwise
    assert parts.driver_burdens(generation, NOWHERE).empty


def test_a_driver_names_its_accounts(generation):
    row = parts.driver_accounts(generation, EVERYTHING, "returns", 5).iloc[0]
    assert (row.account_code, row.cause, row.service, row.price, row.waiting, row.total) == (
        "LARGE",
        "us",
        216,
        240,
        0,
        1,
    )
    assert parts.driver_accounts(generation, NORTH, "accounts", 5).empty


def test_the_made_up_company_adds_up_to_its_ledger(sample):
    sums = sample.execute("select sum(amount), sum(allocated) + sum(unallocated) from overhead_left").fetchone()
    assert sums[0] == sums[1] > 0
    (given,) = sample.execute("select sum(amount) from account_overheads").fetchone()
    (allocated,) = sample.execute("select sum(allocated) from overhead_left").fetchone()
    assert given == allocated
    after = sample.execute(
        "select sum(profit - overheads - after_overheads), count(after_overheads) from account_profit"
    ).fetchone()
    assert after[0] == Decimal(0) and after[1] > 4_000
    assert sample.execute("select sum(unallocated) from overhead_left where why = 'unused capacity'").fetchone()[0] > 0
