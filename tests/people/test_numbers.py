"""Return on People and profit after overheads as `sevenviews numbers` prints them: with values, or words for none."""

from datetime import date

import duckdb
import pandas as pd
import pytest

from metrics.engines import DuckEngine
from metrics.people import people_figures
from metrics.profit.overheads import overhead_figures

AS_OF = date(2026, 12, 31)


@pytest.fixture
def engine():
    with duckdb.connect() as connection:
        yield DuckEngine(connection)


def put_finance(engine, *years):
    """Whole years up to 2026, oldest first: of each the net income of a month and the people."""
    rows = [
        (date(2027 - len(years) + nth, month, 1), income, fte)
        for nth, (income, fte) in enumerate(years)
        for month in range(1, 13)
    ]
    frame = pd.DataFrame(rows, columns=["month", "net_income", "fte"])
    engine.put("given", frame)
    select = "select cast(month as date) as month, cast(net_income as decimal(18, 4)) as net_income, fte from given"
    engine.table("finance", select)


def told(engine, as_of=AS_OF, segment=None):
    return {named.name: named for named in people_figures(engine, as_of, segment)}


def test_the_number_its_parts_and_what_moved_it(engine):
    put_finance(engine, (100.0, 10.0), (120.0, 8.0))
    values = {name: named.figure.value for name, named in told(engine).items()}
    assert values == {
        "return_on_people": 180,
        "return_on_people_net_income": 1440,
        "return_on_people_fte": 8,
        "return_on_people_change": 60,
        "return_on_people_profit_effect": 24,
        "return_on_people_headcount_effect": 36,
    }
    assert told(engine)["return_on_people"].period == "12 months to 2026-12-31"
    assert told(engine)["return_on_people_change"].figure.basis == "headcount is the larger part of the rise"


def test_a_month_counts_once_it_is_over(engine):
    put_finance(engine, (100.0, 10.0), (120.0, 8.0))
    assert told(engine, date(2026, 12, 30))["return_on_people"].period == "12 months to 2026-11-30"


@pytest.mark.parametrize(
    ("years", "segment", "words"),
    [
        ([], None, "not connected: finance.net_income and finance.fte"),
        ([(100.0, 10.0)], "Enterprise", "finance is of the whole company, not of a segment"),
        ([(100.0, 0.0)], None, "finance.fte is 0 in 2026-12 and 11 more of its twelve months: correct it there"),
    ],
)
def test_what_is_missing_is_told_in_words(engine, years, segment, words):
    put_finance(engine, *years)
    found = told(engine, segment=segment)
    assert found["return_on_people"].figure.value is None
    assert found["return_on_people"].figure.missing == words
    assert all(named.figure.missing for named in found.values())


def put_profit(engine, there=12, rows=((1, 100.0, 30.0, 70.0), (2, 50.0, 20.0, 30.0), (3, None, 5.0, None))):
    """The `account_profit` of a build, with the months its overheads stand on; accounts 1 and 3 are chosen."""
    frame = pd.DataFrame(rows, columns=["account_id", "profit", "overheads", "after_overheads"]).assign(as_of=AS_OF)
    engine.put("account_profit", frame)
    engine.put("overheads", pd.DataFrame({"pool": ["desk"]}))
    engine.put("chosen", pd.DataFrame({"account_id": [1, 3]}))
    last = 2026 * 12 + 12
    span = {"as_of": AS_OF, "first_no": last - 11, "last_no": last, "months": 12, "there": there}
    engine.put("overhead_windows", pd.DataFrame([span]))


def after(engine, lacks=None):
    found = overhead_figures(engine, AS_OF, "account_profit", "52 weeks", lacks)
    return {named.name: named for named in found}


def test_profit_after_overheads_adds_up_over_the_accounts_that_have_one(engine):
    put_profit(engine)
    found = after(engine)
    assert (found["overheads"].figure.value, found["profit_after_overheads"].figure.value) == (30, 70)
    assert found["overheads"].figure.missing == "without 1 accounts for which a cost is missing"
    assert found["overheads"].period == "52 weeks; overheads of 12 months to 2026-12"


def test_a_ledger_with_a_hole_says_which_months_it_has(engine):
    put_profit(engine, there=11)
    words = "the ledger has overheads for 11 of the 12 months to 2026-12"
    assert [named.figure.missing for named in after(engine).values()] == [words, words]


def test_without_direct_profit_or_overheads_the_reason_is_told(engine):
    put_profit(engine)
    assert (
        after(engine, "not connected: invoices")["profit_after_overheads"].figure.missing == "not connected: invoices"
    )
    engine.table("overhead_windows", "select * from overhead_windows where false")
    assert "no month of the ledger" in after(engine)["overheads"].figure.missing
    engine.table("overheads", "select * from overheads where false")
    assert after(engine)["overheads"].figure.missing == "not connected: overheads"
