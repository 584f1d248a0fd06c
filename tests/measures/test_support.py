"""Measures of tickets."""

import pytest

from tests.measures.conftest import days_before, weeks_to


def case(number, opened, closed=None, account="a", **more):
    """A ticket opened, and closed, so many days before the week end."""
    return {
        "ticket_id": f"t{number}", "account_id": account, "opened_at": f"{days_before(opened)} 10:00:00",
        "closed_at": None if closed is None else f"{days_before(closed)} 12:00:00", **more,
    }  # fmt: skip


def test_open_cases_are_those_open_on_the_week_end(measured):
    rows = measured(
        "open_cases",
        weeks=weeks_to("2026-06-28", 3),
        tickets=[case(1, 15), case(2, 8, closed=7), case(3, 7, closed=0), case(4, 0)],
    )
    assert rows["numerator"].to_list() == [1, 2, 2]
    assert rows["denominator"].to_list() == [1, 1, 1]


def test_an_account_without_a_case_has_none_open(measured):
    accounts = [{"account_id": "quiet", "joined_on": "2024-01-01"}]
    assert measured("open_cases", accounts=accounts, tickets=[case(1, 5)])["numerator"].to_dict() == {"quiet": 0}


def test_case_age_is_the_mean_age_of_open_cases(measured):
    tickets = [case(1, 10), case(2, 2), case(3, 50, closed=1), case(4, 9, closed=3, account="none open")]
    rows = measured("case_age_days", tickets=tickets)
    assert rows["value"].to_dict()["a"] == 6
    assert rows["denominator"].to_dict() == {"a": 2, "none open": 0}


def test_unresolved_defects(measured):
    tickets = [case(1, 9, kind="defect"), case(2, 9, kind="question"), case(3, 9, closed=2, kind="defect")]
    assert measured("unresolved_defects", tickets=tickets)["numerator"].to_list() == [1]


def test_unanswered_critical_requests_wait_for_a_first_answer(measured):
    critical = {"kind": "enhancement", "priority": "urgent"}
    tickets = [
        case(1, 9, **critical),
        case(2, 9, kind="enhancement", priority="high", first_response_at=f"{days_before(1)} 10:00:00"),
        case(3, 9, kind="enhancement", priority="normal"),
        case(4, 9, kind="defect", priority="urgent"),
        case(5, 9, closed=1, **critical),
    ]
    rows = measured("unanswered_critical_requests", weeks=weeks_to("2026-06-28", 2), tickets=tickets)
    assert rows["numerator"].to_list() == [3, 1]


def test_a_repeat_is_a_case_opened_within_30_days_of_an_equal_one_closing(measured):
    tickets = [
        case(1, 60, closed=40, product_id="p", kind="defect"),
        case(2, 10, closed=9, product_id="p", kind="defect"),  # 30 days after
        case(3, 8, product_id="q", kind="defect"),
        case(4, 8, product_id="p", kind="question"),
        case(5, 8, account="b", product_id="p", kind="defect"),
    ]
    rows = measured("repeat_case_share", tickets=tickets)
    assert rows["numerator"].to_dict() == {"a": 1, "b": 0}
    assert rows["denominator"].to_dict() == {"a": 4, "b": 1}


def test_any_earlier_case_makes_a_repeat_not_only_the_last_one_opened(measured):
    tickets = [case(1, 60, closed=20), case(2, 50), case(3, 10)]  # the second is still open
    assert measured("repeat_case_share", tickets=tickets)["numerator"].to_list() == [1]


def test_two_cases_open_at_once_do_not_repeat_each_other(measured):
    assert measured("repeat_case_share", tickets=[case(1, 20, closed=4), case(2, 10, closed=5)])["value"].to_list() == [
        0
    ]


def test_a_case_closed_on_the_spot_does_not_repeat_itself(measured):
    at_once = {"ticket_id": "t", "account_id": "a", "opened_at": "2026-06-20", "closed_at": "2026-06-20"}
    assert measured("repeat_case_share", tickets=[at_once])["numerator"].to_list() == [0]


def test_the_source_has_the_last_word_on_repeats(measured):
    tickets = [case(1, 20, closed=15, is_repeat=True), case(2, 10, is_repeat=False)]
    assert measured("repeat_case_share", tickets=tickets)["value"].to_list() == [0.5]


def test_repeat_share_is_na_without_cases_in_thirteen_weeks(measured):
    rows = measured("repeat_case_share", tickets=[case(1, 91)])
    assert rows["denominator"].to_list() == [0]


def test_bad_support_counts_ratings_of_1_and_2_from_closing(measured):
    tickets = [
        case(1, 20, closed=7, csat=2),
        case(2, 20, closed=6, csat=3, kind="question"),
        case(3, 20, kind="defect", csat=1),
    ]
    rows = measured("recent_bad_support", weeks=weeks_to("2026-06-28", 3), tickets=tickets)
    assert rows["numerator"].to_list() == [0, 1, 1]


def test_a_repeat_that_is_rated_badly_is_one_bad_case(measured):
    tickets = [case(1, 30, closed=20, is_repeat=True, csat=1)]
    rows = measured("recent_bad_support", weeks=weeks_to("2026-06-28", 2), tickets=tickets)
    assert rows["numerator"].to_list() == [1, 1]


@pytest.mark.parametrize("open_weeks", [2, 12, 13, 20])
def test_a_bad_repeat_counts_once_from_opening_until_thirteen_weeks_after_the_rating(measured, open_weeks):
    opened = 7 * (open_weeks + 15)
    tickets = [case(1, opened, closed=opened - 7 * open_weeks, is_repeat=True, csat=1)]
    rows = measured("recent_bad_support", weeks=weeks_to("2026-06-28", open_weeks + 18), tickets=tickets)
    counted = rows["numerator"].to_list()
    assert max(counted) == 1
    assert sum(counted) == min(open_weeks, 13) + 13


def test_support_satisfaction_is_ratings_of_4_and_5_of_rated_cases_closed(measured):
    tickets = [
        case(1, 30, closed=20, csat=5), case(2, 30, closed=20, csat=4), case(3, 30, closed=20, csat=3),
        case(4, 30, closed=20), case(5, 30, csat=1), case(6, 120, closed=100, csat=1), case(7, 5, account="unrated"),
    ]  # fmt: skip
    rows = measured("support_satisfaction", tickets=tickets)
    assert rows[["numerator", "denominator"]].to_dict("index") == {"a": {"numerator": 2, "denominator": 3}}


@pytest.mark.parametrize(("name", "count"), [("support_frequency", 3), ("defect_rate", 1)])
def test_cases_and_defects_of_thirteen_weeks_per_seat(measured, name, count):
    tickets = [case(1, 1, kind="defect"), case(2, 90, kind="question"), case(3, 40), case(4, 91, kind="defect")]
    line = {"starts_on": "2024-01-01", "arr": 1}
    subscriptions = [
        {"subscription_id": "1", "account_id": "a", "seats": 10, **line},
        {"subscription_id": "2", "account_id": "unknown seats", "seats": None, **line},
        {"subscription_id": "3", "account_id": "no seats", "seats": 0, **line},
    ]
    rows = measured(name, tickets=tickets, subscriptions=subscriptions)
    assert rows["numerator"].to_dict() == {"a": count, "no seats": 0}
    assert rows["denominator"].to_dict() == {"a": 10, "no seats": 0}


def test_a_ticket_export_that_stopped_leaves_no_zero(measured):
    rows = measured(
        "open_cases",
        weeks=weeks_to("2026-06-28", 4),
        tickets=[case(1, 40)],
        source_days=[{"source": "tickets", "first_on": "2026-01-01", "last_on": "2026-06-08"}],
    )
    assert [str(day)[:10] for day in rows["as_of"]] == ["2026-06-07", "2026-06-14"]
