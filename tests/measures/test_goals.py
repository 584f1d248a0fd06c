"""Measures of the goals a client agreed with us."""

import pytest

from tests.measures.conftest import days_before, weeks_to


def goal(number, agreed=400, due=None, achieved=None, account="a", **more):
    """A goal by days before the week end; a negative number lies ahead."""
    dates = {"agreed_on": agreed, "due_on": due, "achieved_on": achieved}
    return {
        "goal_id": f"g{number}", "account_id": account, "objective": "o",
        **{name: None if ago is None else days_before(ago) for name, ago in dates.items()}, **more,
    }  # fmt: skip


def test_return_received_is_value_over_the_clients_cost_of_goals_reached(measured):
    goals = [
        goal(1, achieved=50, value=300, client_cost=100), goal(2, achieved=9, value=100, client_cost=100),
        goal(3, value=999, client_cost=1), goal(4, achieved=9, value=999, client_cost=None),
    ]  # fmt: skip
    rows = measured("return_received", goals=goals)
    assert rows[["numerator", "denominator"]].values.tolist() == [[400, 200]]
    assert [str(day)[:10] for day in rows["evidence_on"]] == [days_before(9)]


@pytest.mark.parametrize("name", ["return_received", "return_seen", "client_cost_share"])
def test_no_goal_reached_is_na_and_a_reached_one_without_the_amount_no_data(measured, name):
    line = {"starts_on": "2024-01-01", "arr": 100}
    rows = measured(
        name,
        goals=[goal(1, account="none reached", due=9), goal(2, account="unknown", achieved=9)],
        subscriptions=[{"account_id": account, **line} for account in ("none reached", "unknown")],
    )
    assert rows["denominator"].to_dict() == {"none reached": 0}


def test_return_seen_is_the_mean_rating_from_the_day_it_was_given(measured):
    goals = [
        goal(1, achieved=60, rated_by_client=5), goal(2, achieved=60, rated_by_client=2, rated_on=days_before(3)),
    ]  # fmt: skip
    assert measured("return_seen", weeks=weeks_to("2026-06-28", 2), goals=goals)["value"].to_list() == [5, 3.5]


def test_client_cost_share_is_cost_of_goals_reached_per_arr(measured):
    subscriptions = [{"account_id": "a", "starts_on": "2024-01-01", "arr": 1000}]
    subscriptions += [{"account_id": "pays nothing", "starts_on": "2024-01-01", "arr": 0}]
    goals = [
        goal(1, achieved=60, client_cost=200), goal(2, achieved=60, client_cost=50), goal(3, client_cost=999),
        goal(4, achieved=60, client_cost=5, account="pays nothing"),
    ]  # fmt: skip
    rows = measured("client_cost_share", goals=goals, subscriptions=subscriptions)
    assert rows["numerator"].to_dict() == {"a": 250, "pays nothing": 5}
    assert rows["denominator"].to_dict() == {"a": 1000, "pays nothing": 0}


def test_goals_reached_of_those_due_or_reached(measured):
    goals = [
        goal(1, due=30, achieved=40), goal(2, due=30, achieved=-5), goal(3, due=0), goal(4, due=-1),
        goal(5, due=-50, achieved=3), goal(6, due=-9, account="not yet"),
    ]  # fmt: skip
    rows = measured("goals_reached", goals=goals)
    assert rows["numerator"].to_dict() == {"a": 2, "not yet": 0}
    assert rows["denominator"].to_dict() == {"a": 4, "not yet": 0}
    assert str(rows.loc["a", "evidence_on"])[:10] == days_before(0)


def test_a_goal_nobody_dated_is_known_from_the_day_it_was_reached(measured):
    rows = measured("goals_reached", weeks=weeks_to("2026-06-28", 2), goals=[goal(1, agreed=None, achieved=3)])
    assert [str(day)[:10] for day in rows["as_of"]] == ["2026-06-28"]


def test_time_to_value_runs_from_the_first_goal_agreed_to_the_first_reached(measured):
    goals = [
        goal(1, agreed=100, achieved=-5), goal(2, agreed=90, achieved=40), goal(3, agreed=80, achieved=30),
        goal(4, agreed=70, account="counting"),
    ]  # fmt: skip
    rows = measured("time_to_value_days", goals=goals)
    assert rows["numerator"].to_dict() == {"a": 60, "counting": 70}


def test_time_to_value_stops_counting_when_goals_are_no_longer_delivered(measured):
    days = [{"source": "goals", "first_on": "2024-01-01", "last_on": "2026-06-17"}]
    rows = measured("time_to_value_days", weeks=weeks_to("2026-06-28", 3), goals=[goal(1)], source_days=days)
    assert [str(day)[:10] for day in rows["as_of"]] == ["2026-06-14", "2026-06-21"]
