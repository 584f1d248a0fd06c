"""The mode without accounting, and what each behaviour costs."""

from datetime import date
from decimal import Decimal

import pytest

from tests.profit.books import line, minutes


def rating(
    account: str, driver: str, value: int, on: str = "2026-05-01", cause: str | None = None
) -> dict[str, object]:
    return {
        "account_id": account,
        "driver": driver,
        "rated_on": date.fromisoformat(on),
        "rating": value,
        "cause": cause,
    }


def cost(account: str, activity: str, amount: object, on: str = "2026-05-10") -> dict[str, object]:
    return {
        "account_id": account,
        "incurred_on": date.fromisoformat(on),
        "activity": activity,
        "amount": None if amount is None else Decimal(str(amount)),
    }


@pytest.mark.parametrize(
    ("ratings", "score", "band"),
    [((1, 1, -1), 1, "profitable"), ((1, 0, -1), 0, "marginal"), ((0, 0, -1), -1, "unprofitable")],
)
def test_ratings_add_up_to_three_bands(books, ratings, score, band):
    made = books(drivers=[rating("a", f"driver {nth}", value) for nth, value in enumerate(ratings)])
    assert made.rows("select rated, sum_of_ratings, band from driver_scores") == [(3, score, band)]


def test_bad_ratings_are_ours_or_theirs(books):
    made = books(
        drivers=[
            rating("a", "pays on time", -1, cause="them"),
            rating("a", "order changes", -1, cause="us"),
            rating("a", "returns", -1),
            rating("a", "discounts", 1, cause="us"),
        ]
    )
    assert made.rows("select minus, us, them from driver_scores") == [(3, 1, 1)]


def test_the_newest_rating_of_a_year_counts(books):
    made = books(
        drivers=[
            rating("a", "returns", 1, "2026-01-01"),
            rating("a", "returns", -1, "2026-03-01", "us"),
            rating("a", "returns", 1, "2026-07-01"),  # after the week end
            rating("b", "returns", 1, "2025-06-30"),
            rating("c", "returns", 1, "2025-06-29"),  # 52 weeks before the week end
            rating("d", "returns", 0, "2026-03-01"),
            rating("d", "returns", -1, "2026-03-01"),  # two on one day: the lower
        ]
    )
    assert made.rows("select account_id, sum_of_ratings, us from driver_scores order by 1") == [
        ("a", -1, 1), ("b", 1, 0), ("d", -1, 0),
    ]  # fmt: skip


def test_a_driver_leads_to_accounts_and_their_money(books):
    made = books(
        drivers=[rating("a", "returns", -1), rating("b", "returns", 1), rating("silent", "returns", -1)],
        invoices=[line("a", 80, list_revenue=100), line("b", 50)],
        service_costs=[
            cost("a", "returns", 7),
            cost("a", "returns", 3),
            cost("a", "support", 4),
            cost("a", "support", 99, "2025-06-29"),  # before the window
            {**minutes("b", 30), "amount": None, "hourly_rate": Decimal(50)},
        ],
    )
    found = made.rows("select account_id, rating, revenue, returns, support, price from driver_costs order by 1")
    assert found == [("a", -1, 80, 10, 4, 20), ("b", 1, 50, 0, 25, 0)]


@pytest.mark.parametrize(
    ("due", "paid", "days"),
    [
        ("2026-06-08", "2026-06-08", 0),
        ("2026-06-08", "2026-06-18", 10),
        ("2026-06-08", None, 20),  # still owed on the week end
        ("2026-06-08", "2026-07-30", 20),  # paid later than the week end can know
        ("2025-06-09", "2025-07-09", 10),  # of the wait, what lies in the window
        ("2026-06-30", None, 0),
        (None, None, 0),
    ],
)
def test_money_paid_late_waits_for_days(books, due, paid, days):
    late = line("a", 5, "2025-05-10", due_on=due, paid_on=paid)
    made = books(drivers=[rating("a", "pays on time", -1)], invoices=[late, line("a", 1)])
    assert made.rows("select waited from driver_costs") == [(5 * days,)]
