"""Measures of onboardings and service projects."""

from tests.measures.conftest import days_before, weeks_to


def project(number, started, promised=None, finished=None, kind="service", account="a", **more):
    """A project by days before the week end; a negative number lies ahead."""
    dates = {"started_on": started, "promised_on": promised, "finished_on": finished}
    return {
        "project_id": f"p{number}", "account_id": account, "kind": kind,
        **{name: None if ago is None else days_before(ago) for name, ago in dates.items()}, **more,
    }  # fmt: skip


def test_on_time_is_finished_by_promise_of_finished_or_due(measured):
    projects = [
        project(1, 90, 30, 30), project(2, 90, 30, 29), project(3, 90, 0), project(4, 90, -10),
        project(5, 90, -10, 20), project(6, 600, 370, 364), project(7, 900, 800), project(8, 90, None, 20),
        project(9, 90, 30, 30, kind="onboarding"), project(10, 10, -50, account="b"),
    ]  # fmt: skip
    rows = measured("services_on_time", projects=projects)
    assert rows["numerator"].to_dict() == {"a": 2, "b": 0}
    assert rows["denominator"].to_dict() == {"a": 5, "b": 0}


def test_a_finish_is_known_on_its_day(measured):
    projects = [project(1, 90, 10, 5, budget=100, cost=150, quality=2)]
    two_weeks = weeks_to("2026-06-28", 2)
    assert measured("services_on_time", weeks=two_weeks, projects=projects)["value"].to_list() == [0, 0]
    for name in ("services_on_budget", "services_quality"):
        rows = measured(name, weeks=two_weeks, projects=projects)
        assert rows["denominator"].gt(0).to_list() == [False, True]


def test_on_budget_is_cost_over_budget_where_both_are_known(measured):
    projects = [
        project(1, 90, finished=9, budget=100, cost=150), project(2, 90, finished=9, budget=300, cost=250),
        project(3, 90, finished=9, budget=None, cost=900), project(4, 90, finished=9, budget=900, cost=None),
        project(5, 90, budget=900, cost=900),
    ]  # fmt: skip
    rows = measured("services_on_budget", projects=projects)
    assert rows[["numerator", "denominator"]].values.tolist() == [[400, 400]]
    assert [str(day)[:10] for day in rows["evidence_on"]] == [days_before(9)]


def test_quality_is_the_mean_of_rated_projects_and_na_without(measured):
    projects = [
        project(1, 90, finished=9, quality=5), project(2, 90, finished=9, quality=2), project(3, 90, finished=9),
        project(4, 90, finished=9, account="unrated"),
    ]  # fmt: skip
    rows = measured("services_quality", projects=projects)
    assert rows["value"].dropna().to_dict() == {"a": 3.5}
    assert rows["denominator"].to_dict() == {"a": 2, "unrated": 0}


def test_onboarding_overrun_counts_a_running_one_once_it_is_late(measured):
    projects = [
        project(1, 100, 60, 40, kind="onboarding"),
        project(2, 30, 10, kind="onboarding", account="late"),
        project(3, 30, -1, kind="onboarding", account="running"),
    ]
    rows = measured("onboarding_overrun", projects=projects)
    assert rows["value"].dropna().to_dict() == {"a": 1.5, "late": 1.5}
    assert rows["denominator"].to_dict() == {"a": 40, "late": 20, "running": 0}


def test_an_onboarding_promised_for_the_same_day_has_one_day(measured):
    assert measured("onboarding_overrun", projects=[project(1, 9, 9, 6, kind="onboarding")])["value"].to_list() == [3]


def test_a_project_without_a_start_enters_no_measure(measured):
    projects = [{"project_id": "p", "account_id": "a", "kind": "service", "promised_on": days_before(9)}]
    assert measured("services_on_time", projects=projects)["denominator"].to_list() == [0]
