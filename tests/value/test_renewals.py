"""The renewal calendar: when terms end next, how lines stand, and that all of them add up to the ARR of the day."""

from datetime import date

from tests.value.conftest import line


def states(company) -> dict[str, tuple[object, object, str]]:
    """Day, quarter and state of each account's line."""
    found = company.rows("select account_id, renews_on, quarter, state from renewals")
    return {account: (day, quarter, state) for account, day, quarter, state in found}


def test_how_a_line_stands_before_its_term_ends(valued):
    company = valued(
        subscriptions=[
            line("asked", 1, "2025-09-15", term_months=12),
            line("automatic", 1, "2025-09-15", term_months=12, auto_renew=True),
            line("leaving", 1, "2025-09-15", term_months=12, auto_renew=True, cancelled_on=date(2026, 6, 1)),
            line("leaves later", 1, "2025-09-15", term_months=12, cancelled_on=date(2026, 7, 1)),
            line("endless", 1, "2025-09-15"),
        ]
    )
    day, quarter = date(2026, 9, 15), "2026 Q3"
    assert states(company) == {
        "asked": (day, quarter, "open"),
        "automatic": (day, quarter, "renews by itself"),
        "leaving": (day, quarter, "cancelled"),
        "leaves later": (day, quarter, "open"),  # nobody knew of it on 30 June
        "endless": (None, None, "evergreen"),
    }


def test_a_term_begins_anew_until_its_end_lies_ahead(valued):
    company = valued(
        subscriptions=[
            line("third year", 1, "2023-08-01", term_months=12),
            line("ends today", 1, "2025-06-30", term_months=12),
            line("monthly", 1, "2026-06-10", term_months=1),
            line("three years", 1, "2026-01-01", term_months=36),
            line("began today", 1, "2026-06-30", term_months=3),
        ]
    )
    assert {account: day for account, (day, _, _) in states(company).items()} == {
        "third year": date(2026, 8, 1),
        "ends today": date(2027, 6, 30),
        "monthly": date(2026, 7, 10),
        "three years": date(2029, 1, 1),
        "began today": date(2026, 9, 30),
    }


def test_a_term_from_the_31st_ends_on_the_last_of_a_shorter_month(valued):
    company = valued(as_of="2026-02-10", subscriptions=[line("a", 1, "2025-08-31", term_months=6)])
    assert states(company)["a"][0] == date(2026, 2, 28)
    company = valued(as_of="2026-02-28", subscriptions=[line("b", 1, "2025-08-31", term_months=6)])
    assert states(company)["b"][0] == date(2026, 8, 31)


def test_a_line_with_a_last_day_ends_on_it(valued):
    company = valued(
        subscriptions=[
            line("no term", 1, "2025-09-15", "2026-10-01"),
            line("cut short", 1, "2025-09-15", "2026-08-01", term_months=12),
        ]
    )
    assert states(company) == {
        "no term": (date(2026, 10, 1), "2026 Q4", "open"),
        "cut short": (date(2026, 8, 1), "2026 Q3", "open"),
    }


def test_the_calendar_reaches_to_the_fourth_quarter_after_the_running_one(valued):
    company = valued(
        as_of="2026-05-20",
        fiscal_year_starts=2,
        subscriptions=[
            line("running", 1, "2025-07-31", term_months=12),
            line("last", 1, "2025-07-30", "2027-07-31"),
            line("later", 1, "2025-07-31", "2027-08-01"),
        ],
    )
    assert {account: quarter for account, (_, quarter, _) in states(company).items()} == {
        "running": "FY2027 Q2",
        "last": "FY2028 Q2",
        "later": None,
    }


def test_all_lines_add_up_to_the_arr_of_the_day(valued):
    company = valued(
        subscriptions=[
            line("a", 100, "2023-08-01", term_months=12),
            line("b", 50, "2023-08-01"),
            line("c", 25, "2023-08-01", term_months=60),
            line("over", 10, "2023-08-01", "2026-06-30", term_months=12),
            line("to come", 10, "2026-07-01", term_months=12),
        ]
    )
    assert company.rows("select sum(arr) from renewals") == [(175,)]
