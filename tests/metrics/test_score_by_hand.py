"""A person's value stands in `view_scores` in its weeks, and the rule's beside it in `overridden`."""

from datetime import date, timedelta

import pytest

from metrics.catalog import Cap
from tests.metrics.conftest import AS_OF, card, entry

ONE = card([entry("m")])
RED = [("m", "a", 0.3, 1)]


def by_hand(scored):
    return scored.engine.rows("select * from overridden")


def test_a_persons_value_stands_and_the_rules_is_kept(scored):
    row = scored(ONE, RED, overrides=[{}]).loc["a"]
    assert (row["points"], row["status"]) == (87.5, "green")
    (kept,) = by_hand(scored).to_dict("records")
    assert {name: kept[name] for name in ("view", "account_id", "override_id", "rule_points", "rule_status")} == {
        "view": "vendor_risk", "account_id": "a", "override_id": 1, "rule_points": 30, "rule_status": "red",
    }  # fmt: skip
    assert (kept["points"], kept["status"], kept["author"], kept["reason"]) == (87.5, "green", "Meera", "we spoke")
    assert kept["expires_on"].date() == date(2026, 7, 28)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "is_by_hand"),
    [
        (AS_OF, AS_OF + timedelta(days=1), True),
        (AS_OF - timedelta(days=30), AS_OF + timedelta(days=1), True),
        (AS_OF + timedelta(days=1), AS_OF + timedelta(days=31), False),
        (AS_OF - timedelta(days=30), AS_OF, False),
        (AS_OF, AS_OF, False),
    ],
)
def test_it_stands_from_its_first_day_on_and_no_longer_on_its_last(scored, starts_on, ends_on, is_by_hand):
    row = scored(ONE, RED, overrides=[{"starts_on": starts_on, "ends_on": ends_on}]).loc["a"]
    assert row["status"] == ("green" if is_by_hand else "red")
    assert len(by_hand(scored)) == is_by_hand


@pytest.mark.parametrize("other", [{"account_id": "b"}, {"account_id": None}, {"view": "vendor_outcomes"}])
def test_it_touches_its_own_account_and_view_alone(scored, other):
    assert scored(ONE, RED, overrides=[other]).loc["a", "status"] == "red"
    assert by_hand(scored).empty


def test_coverage_and_measures_stay_those_of_the_rule(scored):
    two = card([entry("m"), entry("k")])
    row = scored(two, RED, overrides=[{}]).loc["a"]
    assert (row["coverage"], row["n_measures"], row["n_connected"]) == (0.5, 1, 2)
    assert scored.engine.rows("select low, high from view_ranges").iloc[0].tolist() == [15, 65]


def test_a_person_may_say_what_no_measure_does(scored):
    row = scored(ONE, [], overrides=[{}]).loc["a"]
    assert (row["points"], row["status"], row["coverage"]) == (87.5, "green", 0)
    assert by_hand(scored)["rule_status"].tolist() == ["no data"]


def test_a_view_nobody_connected_stays_so(scored):
    row = scored(ONE, [], missing={"m": ["tickets"]}, overrides=[{}]).loc["a"]
    assert row["status"] == "not connected"
    assert by_hand(scored).empty


def test_no_cap_holds_a_person_down(scored):
    capped = ONE.model_copy(
        update={"caps": (Cap.model_validate({"name": "c", "measure": "m", "is": "amber", "most": 10}),)}
    )
    assert scored(capped, RED, overrides=[{}]).loc["a", "points"] == 87.5
    assert by_hand(scored)[["rule_points", "rule_status"]].iloc[0].tolist() == [10, "red"]


def test_groups_stay_as_their_measures_say(scored):
    scored(ONE, RED, overrides=[{}])
    assert scored.engine.rows("select points, status from group_now").iloc[0].tolist() == [30, "red"]
