"""The ARR bridge: what each account's move is called, and that every bridge adds up exactly."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.engines import DuckEngine
from metrics.value import make_value
from tests.value.conftest import line


def test_each_kind_of_movement_has_its_name(valued):
    company = valued(
        subscriptions=[
            line("newcomer", 100, "2026-05-10"),
            line("grown", 100, "2024-01-01", "2026-05-10"),
            line("grown", 130, "2026-05-10"),
            line("shrunk", 100, "2024-01-01", "2026-05-10"),
            line("shrunk", 60, "2026-05-10"),
            line("gone", 100, "2024-01-01", "2026-05-10"),
            line("back", 100, "2024-01-01", "2025-01-01"),
            line("back", 50, "2026-05-10"),
            line("still", 100, "2024-01-01"),
        ]
    )
    assert company.movements("month", "2026-05") == {
        "newcomer": ("new", 100),
        "grown": ("expansion", 30),
        "shrunk": ("contraction", -40),
        "gone": ("churn", -100),
        "back": ("reactivation", 50),
    }
    assert company.bridge("month", "2026-05") == {
        "opening": 400,
        "new": 100,
        "reactivation": 50,
        "expansion": 30,
        "contraction": -40,
        "churn": -100,
        "closing": 440,
    }


def test_a_quarter_moves_by_its_net_and_not_by_its_months(valued):
    company = valued(
        subscriptions=[
            line("swing", 100, "2024-01-01", "2026-04-10"),
            line("swing", 300, "2026-04-10", "2026-05-10"),
            line("swing", 120, "2026-05-10"),
            line("passing", 80, "2026-04-10", "2026-06-10"),
        ]
    )
    assert company.movements("month", "2026-04") == {"swing": ("expansion", 200), "passing": ("new", 80)}
    assert company.movements("month", "2026-05") == {"swing": ("contraction", -180)}
    assert company.movements("month", "2026-06") == {"passing": ("churn", -80)}
    assert company.movements("quarter", "2026 Q2") == {"swing": ("expansion", 20)}


def test_a_line_that_ends_on_the_first_of_the_month_paid_until_the_day_before(valued):
    company = valued(subscriptions=[line("gone", 100, "2024-01-01", "2026-05-01")])
    assert company.movements("month", "2026-04") == {}
    assert company.movements("month", "2026-05") == {"gone": ("churn", -100)}


def test_a_trial_is_no_customer_until_it_pays(valued):
    company = valued(subscriptions=[line("a", 0, "2025-09-01", "2026-05-01"), line("a", 70, "2026-05-01")])
    assert company.movements("month", "2026-05") == {"a": ("new", 70)}


def test_a_line_that_begins_after_the_day_is_not_known_yet(valued):
    company = valued(subscriptions=[line("a", 100, "2025-01-01"), line("b", 100, "2026-07-01")])
    assert company.bridge("month", "2026-06") == {"opening": 100, "closing": 100}
    assert company.rows("select count(*) from first_paid") == [(1,)]


def test_fiscal_quarters_close_with_the_fiscal_year(valued):
    company = valued(
        as_of="2026-08-15",
        fiscal_year_starts=7,
        subscriptions=[line("june", 100, "2026-06-30"), line("july", 50, "2026-07-01")],
    )
    assert company.movements("quarter", "FY2026 Q4") == {"june": ("new", 100)}
    assert company.movements("quarter", "FY2027 Q1") == {"july": ("new", 50)}
    assert company.bridge("quarter", "FY2027 Q1") == {"opening": 100, "new": 50, "closing": 150}


def test_a_company_without_subscriptions_has_no_bridge(valued):
    company = valued(invoices=[{"account_id": "a", "net_revenue": 10, "invoiced_on": date(2026, 5, 1)}])
    assert company.rows("select count(*) from arr_bridges") == [(0,)]


DAYS = st.integers(-500, 40).map(lambda n: date(2026, 3, 31) + timedelta(days=n))
LINES = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        DAYS,
        st.none() | st.integers(0, 400),
        st.decimals(0, 9999, places=4),
    ),
    max_size=14,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lines=LINES, starts=st.integers(1, 12))
def test_every_bridge_adds_up_exactly_and_meets_the_next(value_laboratory, lines, starts):
    value_laboratory.run("begin")
    try:
        rows = [
            {
                "subscription_id": str(nth),
                "account_id": account,
                "starts_on": day,
                "ends_on": None if days is None else day + timedelta(days=days),
                "arr": arr,
            }
            for nth, (account, day, days, arr) in enumerate(lines)
        ]
        value_laboratory.fill({"weeks": [{"as_of": date(2026, 3, 31)}], "subscriptions": rows})
        make_value(DuckEngine(value_laboratory.connection), date(2026, 3, 31), date(2025, 1, 15), starts)
        found = value_laboratory.run("select kind, period, movement, amount from arr_bridges")
        order = value_laboratory.run("select kind, period, closes_on from period_ends order by kind, closes_on")
    finally:
        value_laboratory.run("rollback")
    bridges: dict[tuple[str, str], dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for kind, period, movement, amount in found:
        bridges[kind, period][movement] += amount
    closing: dict[str, Decimal] = {}
    for kind, period, closes_on in order:
        bridge = bridges[kind, period]
        assert sum(bridge.values()) - bridge["closing"] == bridge["closing"]
        assert bridge["opening"] == closing.get(kind, bridge["opening"])
        assert bridge["closing"] == _arr(lines, closes_on)
        closing[kind] = bridge["closing"]


def _arr(lines, day: date) -> Decimal:
    running = [
        arr
        for _, starts_on, days, arr in lines
        if starts_on <= day and (days is None or starts_on + timedelta(days=days) > day)
    ]
    return sum(running, Decimal(0))
