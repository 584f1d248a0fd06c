"""Tiles: shares that add up, a signal only where the weeks say so, and none at all in Expansion."""

from datetime import date, timedelta

import pandas as pd
import pytest

from dashboard.reads import Card
from dashboard.tiles import tile

WEEK = date(2026, 11, 15)


def card(view: str = "vendor_risk") -> Card:
    side, _, name = view.partition("_")
    return Card(view, f"{side.title()} {name.title()}", "?", side, "board", False, name == "expansion", ())


def bands(*reds: float, other: float = 0.0) -> pd.DataFrame:
    """Weeks up to WEEK whose red ARR is given, of 100 in all."""
    weeks = [pd.Timestamp(WEEK - timedelta(weeks=len(reds) - 1 - n)) for n in range(len(reds))]
    return pd.DataFrame(
        {
            "view": "vendor_risk", "as_of": weeks, "green": [70 - r for r in reds], "amber": 30.0 - other,
            "red": list(reds), "other": other, "red_accounts": 3, "accounts": 10,
        }
    )  # fmt: skip


def test_shares_are_of_everything_and_add_up_to_one():
    made = tile(card(), bands(10, 12, other=20), [], WEEK)
    assert made.shares == pytest.approx({"green": 0.58, "amber": 0.10, "red": 0.12, "other": 0.20})
    assert made.coverage == pytest.approx(0.8)
    assert (made.red, made.red_accounts, made.total) == (12, 3, 100)


def test_a_step_is_a_signal_and_its_direction_says_worse():
    made = tile(card(), bands(*[10, 11] * 8, 25), [], WEEK)
    assert made.is_worse and not made.is_better
    assert made.change(4) == pytest.approx(0.15)


def test_routine_weeks_give_no_signal():
    made = tile(card(), bands(*[10, 11] * 9), [], WEEK)
    assert made.signal is None and made.limits is not None


def test_expansion_never_has_a_signal():
    made = tile(card("vendor_expansion"), bands(*[10, 11] * 8, 60), [], WEEK)
    assert made.signal is None and made.limits is not None


def test_too_few_weeks_have_no_range():
    made = tile(card(), bands(10, 50, 10), [], WEEK)
    assert made.limits is None and made.signal is None


def test_weeks_without_a_score_are_gaps_and_not_zero():
    rows = bands(10, 10, 10)
    rows.loc[1, ["green", "amber", "red", "other"]] = [0, 0, 0, 100.0]
    assert tile(card(), rows, [], WEEK).recent == [0.1, None, 0.1]


def test_a_view_without_any_row_is_all_unscored():
    made = tile(card(), None, [], WEEK)
    assert not made.is_scored and made.shares["other"] == 1 and made.recent == []


def test_what_expansion_does_beyond_its_range_is_said_without_an_alarm(looking):
    from dashboard.findings.week import change

    voice = looking("usual", "./").voice
    made = tile(card("vendor_expansion"), bands(*[10, 11] * 8, 60), [], WEEK)
    assert made.signal is None and not made.is_calm
    assert change(made, voice) == "above its normal range"
    assert change(tile(card(), bands(*[10, 11] * 9), [], WEEK), voice) == "within normal variation"
