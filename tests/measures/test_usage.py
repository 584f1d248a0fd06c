"""Measures of use: utilisation, adoption depth and breadth, advanced features."""

import pytest

from tests.measures.conftest import AS_OF, days_before, weeks_to


def used(account, user, *ago, feature=None):
    """One row of use for each number of days before the week end."""
    return [
        {"account_id": account, "user_id": user, "used_on": days_before(n), "feature": feature, "uses": 1} for n in ago
    ]


def seats(account, n, **more):
    return {"subscription_id": account, "account_id": account, "starts_on": "2024-01-01", "arr": 1, "seats": n, **more}


def test_utilisation_is_people_active_in_four_weeks_over_seats(measured):
    rows = measured(
        "utilisation",
        usage=[*used("a", "u1", 0, 1, 27), *used("a", "u2", 27), *used("a", "u3", 28), *used("b", "u1", 100)],
        subscriptions=[seats("a", 4), seats("b", 10)],
    )
    assert rows["numerator"].to_dict() == {"a": 2, "b": 0}
    assert rows["denominator"].to_dict() == {"a": 4, "b": 10}


def test_a_person_leaves_the_window_four_weeks_after_the_last_use(measured):
    rows = measured(
        "utilisation",
        weeks=weeks_to("2026-06-28", 7),
        usage=used("a", "u1", 35, 28),
        subscriptions=[seats("a", 1)],
    )
    assert rows["numerator"].to_list() == [0, 1, 1, 1, 1, 1, 0]


def test_one_user_id_at_two_accounts_is_two_people(measured):
    rows = measured(
        "utilisation", usage=used("a", "u", 1) + used("b", "u", 2), subscriptions=[seats("a", 1), seats("b", 1)]
    )
    assert rows["numerator"].to_dict() == {"a": 1, "b": 1}


def test_utilisation_has_no_data_without_seats_and_is_na_with_none(measured):
    rows = measured(
        "utilisation",
        usage=[*used("unknown", "u", 1), *used("none", "u", 1)],
        subscriptions=[seats("unknown", None), seats("none", 0)],
    )
    assert rows["denominator"].to_dict() == {"none": 0}


@pytest.mark.parametrize("name", ["utilisation", "adoption_depth"])
def test_use_by_nobody_named_is_no_data_not_zero_people(measured, name):
    rows = measured(
        name,
        usage=[*used("unnamed", None, 1), *used("both", None, 1), *used("both", "u", 1), *used("long ago", None, 40)],
        subscriptions=[seats(account, 10) for account in ("unnamed", "both", "long ago")],
    )
    assert rows.index.to_list() == ["both", "long ago"]


def test_adoption_depth_is_people_on_ten_days_or_more_of_people_active(measured):
    ten_days = (0, 1, 2, 3, 4, 10, 11, 12, 20, 27)
    rows = measured(
        "adoption_depth",
        usage=[
            *used("a", "often", *ten_days),
            *used("a", "twice a day on nine", *ten_days[1:], *ten_days[1:]),
            *used("nobody", "u", 200),
        ],
    )
    assert rows["numerator"].to_dict() == {"a": 1, "nobody": 0}
    assert rows["denominator"].to_dict() == {"a": 2, "nobody": 1}


def test_days_leave_the_window_week_by_week(measured):
    rows = measured(
        "adoption_depth",
        weeks=weeks_to("2026-06-28", 6),
        usage=used("a", "u", *range(28, 35), *range(21, 25)),  # 7 days up to 31 May, 4 in the week after
    )
    assert rows["numerator"].to_list() == [0, 0, 1, 1, 1, 0]
    assert rows["denominator"].to_list() == [1, 1, 1, 1, 1, 1]


FEATURES = [
    {"feature": "chart", "product_id": "p", "is_advanced": False},
    {"feature": "forecast", "product_id": "p", "is_advanced": True},
    {"feature": "model", "product_id": "p", "is_advanced": True},
    {"feature": "export", "product_id": "q", "is_advanced": True},
    {"feature": "search", "product_id": None, "is_advanced": None},
]


def test_adoption_breadth_is_features_used_of_those_of_the_products_owned(measured):
    rows = measured(
        "adoption_breadth",
        features=FEATURES,
        usage=[
            *used("a", "u1", 1, feature="chart"), *used("a", "u2", 2, feature="chart"),
            *used("a", "u1", 1, feature="search"), *used("a", "u1", 1, feature="export"),
            *used("a", "u1", 1, feature="unheard of"), *used("a", "u1", 28, feature="model"),
        ],
        subscriptions=[seats("a", 1, product_id="p"), seats("b", 1, product_id="q")],
    )  # fmt: skip
    assert rows["numerator"].to_dict() == {"a": 2, "b": 0}
    assert rows["denominator"].to_dict() == {"a": 4, "b": 2}


def test_advanced_features_are_counted_of_the_advanced_ones_owned(measured):
    rows = measured(
        "advanced_features_in_use",
        features=FEATURES,
        usage=[*used("a", "u", 1, feature="forecast"), *used("a", "u", 1, feature="export")],
        subscriptions=[seats("a", 1, product_id="p"), seats("c", 1, product_id="none advanced")],
    )
    assert rows["numerator"].to_dict() == {"a": 1, "c": 0}
    assert rows["denominator"].to_dict() == {"a": 2, "c": 0}


def test_without_subscriptions_an_account_owns_what_it_was_invoiced(measured):
    rows = measured(
        "adoption_breadth",
        features=FEATURES,
        usage=used("a", "u", 1, feature="export"),
        invoices=[
            {"account_id": "a", "invoiced_on": days_before(300), "product_id": "q", "net_revenue": 10},
            {"account_id": "a", "invoiced_on": days_before(400), "product_id": "p", "net_revenue": 10},
        ],
    )
    assert rows[["numerator", "denominator"]].values.tolist() == [[1, 2]]


def test_more_features_than_one_number_has_bits(measured):
    many = [{"feature": f"f{n:03}", "product_id": "p", "is_advanced": n % 2 == 0} for n in range(150)]
    rows = measured(
        "advanced_features_in_use",
        features=many,
        usage=[row for n in range(0, 150, 5) for row in used("a", "u", 1, feature=f"f{n:03}")],
        subscriptions=[seats("a", 1, product_id="p")],
    )
    assert rows[["numerator", "denominator"]].values.tolist() == [[15, 75]]


def test_use_is_zero_only_while_the_source_delivers(measured):
    rows = measured(
        "adoption_depth",
        weeks=weeks_to("2026-06-28", 4),
        accounts=[{"account_id": "a", "joined_on": "2024-01-01"}],
        source_days=[{"source": "usage", "first_on": "2026-06-10", "last_on": "2026-06-16"}],
    )
    assert [str(day)[:10] for day in rows["as_of"]] == ["2026-06-14", "2026-06-21"]
    assert AS_OF.isoformat() == "2026-06-28"
