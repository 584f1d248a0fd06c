"""Signal or noise: limits and rules of the process behaviour chart."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.xmr import TooFewValues, natural_limits, signal

WORKED = pd.Series([12, 15, 11, 14, 13, 16, 12, 18, 13, 14, 15, 11, 13], dtype=float)


def test_limits_of_the_worked_example():
    limits = natural_limits(WORKED)
    assert limits.centre == pytest.approx(13.62, abs=0.005)
    assert (limits.lower, limits.upper) == pytest.approx((5.41, 21.82), abs=0.01)
    assert limits.range_limit == pytest.approx(10.08, abs=0.01)


def test_the_worked_example_holds_no_signal():
    assert signal(WORKED) is None


def test_a_point_beyond_the_upper_limit_is_a_signal_upwards():
    fired = signal(pd.Series([10, 11] * 13 + [20], dtype=float))
    assert fired is not None
    assert (fired.rule, fired.direction) == ("outside limits", "up")


def test_eight_weeks_on_one_side_are_a_signal_though_each_is_inside_the_limits():
    fired = signal(pd.Series([10, 12] * 13 + [10.9] * 8, dtype=float))
    assert fired is not None
    assert (fired.rule, fired.direction) == ("8 weeks on one side", "down")


def test_seven_weeks_on_one_side_are_not():
    assert signal(pd.Series([10, 12] * 13 + [10.9] * 7, dtype=float)) is None


def test_three_of_four_nearer_the_limit_than_the_centre():
    # centre 11, mean moving range 2, upper limit 16.32; nearer the limit begins at 13.66
    fired = signal(pd.Series([10, 12] * 13 + [13.8, 11.5, 14.0, 14.0], dtype=float))
    assert fired is not None
    assert (fired.rule, fired.direction) == ("3 of 4 near a limit", "up")


def test_the_baseline_is_the_first_26_valid_weeks_of_the_last_52():
    old, calm, late = [1000.0] * 30, [10.0, 12.0] * 13, [15.0] * 26
    assert natural_limits(pd.Series(old + calm + late)).centre == 11


def test_missing_weeks_are_skipped_and_not_zero():
    with_gaps = pd.Series([10, None, 12, None, 10, 12, None, 10, 12], dtype=float)
    assert natural_limits(with_gaps).lower > 0
    assert natural_limits(with_gaps).centre == 11


def test_weeks_without_a_move_do_not_narrow_the_limits():
    """A score that stands at 50 and 60 for weeks in turn moves by ten when it moves: 70 is an ordinary step."""
    steps = ([50.0] * 5 + [60.0] * 5) * 2 + [50.0] * 6
    assert natural_limits(pd.Series(steps)).upper == pytest.approx(sum(steps) / 26 + 26.6)
    assert signal(pd.Series([*steps, 70.0])) is None


def test_a_week_that_moves_by_rounding_alone_is_a_week_without_a_move():
    steps = ([0.5] * 5 + [0.6] * 5) * 2 + [0.5] * 6
    rounded = [value * (1 + 3e-16 * (week % 2)) for week, value in enumerate(steps)]
    assert rounded != steps
    assert natural_limits(pd.Series(rounded)).upper == pytest.approx(natural_limits(pd.Series(steps)).upper)


def test_five_values_are_too_few_and_six_are_enough():
    with pytest.raises(TooFewValues, match="5 weekly values"):
        natural_limits(WORKED.head(5))
    assert natural_limits(WORKED.head(6)).centre == 13.5


def test_a_last_week_without_a_value_gives_no_signal():
    assert signal(pd.Series([10, 11] * 13 + [20, None], dtype=float)) is None


@given(st.floats(-1e6, 1e6), st.integers(1, 80))
def test_a_flat_series_never_gives_a_signal(level, weeks):
    assert signal(pd.Series(np.full(weeks, level)), floor=None) is None


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=80))
def test_a_mirrored_series_gives_the_mirrored_signal(values):
    up, down = signal(pd.Series(values), floor=None), signal(-pd.Series(values), floor=None)
    assert (up is None) == (down is None)
