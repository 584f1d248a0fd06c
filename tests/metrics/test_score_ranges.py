"""What a view could score, were everything connected but missing the worst or the best."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.catalog import Cap
from tests.metrics.conftest import card, entry, measure

FOUR = card([entry(name) for name in "mkjh"])
TWO_GROUPS = card([entry("m"), entry("k")], [entry("j")])


def range_of(scored, scorecard, values, **more):
    """Low, points and high of the account `a`."""
    points = scored(scorecard, values, **more).loc["a", "points"]
    kept = scored.engine.rows("select low, high from view_ranges where account_id = 'a'")
    low, high = kept.iloc[0] if len(kept) else (points, points)  # no row: nothing is missing
    return low, points, high


def test_without_anything_missing_the_range_is_the_score(scored):
    rows = [(name, "a", value, 1) for name, value in zip("mkjh", (0.2, 0.4, 0.9, 1), strict=True)]
    assert range_of(scored, FOUR, rows) == (62.5, 62.5, 62.5)


def test_a_missing_measure_counts_as_zero_below_and_as_a_hundred_above(scored):
    assert range_of(scored, FOUR, [(name, "a", 0.8, 1) for name in "mkj"]) == (60, 80, 85)


def test_a_missing_group_counts_too(scored):
    assert range_of(scored, TWO_GROUPS, [("m", "a", 0.8, 1), ("k", "a", 0.6, 1)]) == (35, 70, 85)


def test_what_is_na_is_not_missing(scored):
    rows = [("m", "a", 0.8, 1), ("k", "a", 0, 0), ("j", "a", 0.6, 1)]
    assert range_of(scored, TWO_GROUPS, rows) == (70, 70, 70)


def test_a_group_that_is_na_leaves_the_range(scored):
    assert range_of(scored, TWO_GROUPS, [("m", "a", 0.8, 1), ("j", "a", 0, 0)]) == (40, 80, 90)


def test_a_stale_value_is_missing(scored):
    rows = [("m", "a", 0.8, 1), ("k", "a", 1, 1, "", date(2026, 1, 1)), ("j", "a", 0.8, 1), ("h", "a", 0.8, 1)]
    yearly = {"k": measure("k", valid_days=30)}
    assert range_of(scored, FOUR, rows, measures=yearly) == (60, 80, 85)


def test_what_nobody_connected_is_not_missing(scored):
    rows = [(name, "a", 0.8, 1) for name in "mkj"]
    assert range_of(scored, FOUR, rows, missing={"h": ["tickets"]}) == pytest.approx((80, 80, 80))


def test_below_half_coverage_there_is_a_range_and_no_score(scored):
    low, points, high = range_of(scored, FOUR, [("m", "a", 0.8, 1)])
    assert (low, high) == (20, 95)
    assert points != points


@pytest.mark.parametrize("values", [[], [("m", "a", 0, 0)]], ids=["no data", "NA"])
def test_without_a_valid_measure_there_is_no_range(scored, values):
    assert all(value != value for value in range_of(scored, FOUR, values))


def held(scorecard, band="red", **cap):
    made = Cap.model_validate({"name": "c", "is": band, "most": 50} | cap)
    return scorecard.model_copy(update={"caps": (made,)})


def test_a_cap_holds_the_whole_range(scored):
    rows = [("m", "a", 0, 1), ("k", "a", 1, 1), ("j", "a", 1, 1)]
    assert range_of(scored, held(FOUR, measure="m"), rows) == (50, 50, 50)


def test_a_cap_on_what_is_missing_holds_the_low_end_alone(scored):
    rows = [(name, "a", 1, 1) for name in "kjh"]
    assert range_of(scored, held(FOUR, measure="m"), rows) == (50, 100, 100)
    assert range_of(scored, held(FOUR, measure="m", band="amber"), rows) == (50, 100, 100)
    assert range_of(scored, held(FOUR, measure="m", band="green"), rows) == (50, 100, 100)


def test_a_cap_on_a_group_looks_at_the_worst_and_the_best_it_can_be(scored):
    rows = [("m", "a", 0.9, 1), ("j", "a", 1, 1)]  # the group has 45 to 95
    assert range_of(scored, held(TWO_GROUPS, group="g0", most=20), rows) == (20, pytest.approx(95), pytest.approx(97.5))


def test_two_caps_hold_the_range_between_what_each_may_leave(scored):
    both = FOUR.model_copy(update={"caps": (*held(FOUR, measure="m", most=70).caps, *held(FOUR, measure="k").caps)})
    rows = [("k", "a", 0, 1), ("j", "a", 1, 1), ("h", "a", 1, 1)]  # the mean of three is 67, of four 50 to 75
    assert range_of(scored, both, rows) == (50, 50, 70)


points = st.none() | st.sampled_from([0.0, 0.2, 0.5, 0.9, 1.0])
caps = st.lists(
    st.tuples(st.sampled_from(["m", "k", "g0"]), st.sampled_from(["red", "amber", "green"]), st.integers(0, 90))
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(points, min_size=4, max_size=4), caps)
def test_whatever_arrives_the_score_stays_in_its_range(scored, values, chosen):
    three_and_one = card([entry(name) for name in "mkj"], [entry("h")])
    named = [(("group" if on == "g0" else "measure", on), band, most) for on, band, most in chosen]
    made = [held(FOUR, band, most=most, **dict([on])).caps[0] for on, band, most in named]
    scorecard = three_and_one.model_copy(update={"caps": tuple(made)})
    rows = [(name, "a", value, 1) for name, value in zip("mkjh", values, strict=True) if value is not None]
    low, score, high = range_of(scored, scorecard, rows)
    if score == score:
        assert 0 <= low <= score <= high <= 100
    for arrived in (0.0, 0.5, 1.0) if rows else ():
        missing = [(name, "a", arrived, 1) for name, value in zip("mkjh", values, strict=True) if value is None]
        assert low - 1e-6 <= range_of(scored, scorecard, rows + missing)[1] <= high + 1e-6
