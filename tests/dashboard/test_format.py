"""Numbers as the look writes them: a real minus, one decimal from a million, a dash for what is missing."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.format import MINUS, MISSING, NBSP, Formats

F = Formats()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (840_000, "$840K"),
        (11_340_000, "$11.3M"),
        (1_000_000, "$1.0M"),
        (999_600, "$1.0M"),
        (999_400, "$999K"),
        (-3_140_000, f"{MINUS}$3.1M"),
        (2_400_000_000, "$2.4B"),
        (12, "$12"),
        (0, "$0"),
        (-0.2, "$0"),
        (None, MISSING),
        (float("nan"), MISSING),
        (float("inf"), MISSING),
    ],
)
def test_money_has_one_decimal_from_a_million_and_none_below(value, text):
    assert F.money(value) == text


def test_a_share_keeps_its_unit_on_the_same_line():
    assert F.share(0.13, 1) == f"13.0{NBSP}%"
    assert F.share(-0.004) == f"0{NBSP}%"


def test_a_change_has_a_sign_and_no_change_is_a_middle_dot():
    assert [F.change(v) for v in (3, -3, 0, 0.2, None)] == ["+3", f"{MINUS}3", "·", "·", MISSING]


def test_values_follow_their_unit():
    assert F.value(0.31, "ratio") == f"31{NBSP}%"
    assert F.value(0.9974, "ratio") == f"99.7{NBSP}%"
    assert F.measured(61.0, "days") == f"61{NBSP}days"
    assert F.measured(None, "days") == MISSING


def test_two_values_that_would_read_alike_get_another_decimal():
    assert F.values(0.783, 0.781, "ratio") == (f"78.3{NBSP}%", f"78.1{NBSP}%")
    assert F.values(9, 3, "cases") == ("9", "3")


def test_the_locale_decides_separators_and_the_currency():
    german = Formats("de_DE", "EUR")
    assert german.money(11_340_000) == f"11,3{NBSP}Mio.{NBSP}€"
    assert german.money(299_180) == f"299.180{NBSP}€"
    assert german.count(12345) == "12.345"


def test_an_unknown_locale_falls_back_to_english_and_no_screen_fails():
    assert Formats("xx_YY", "QQQ").money(12_000) == "QQQ12K"


def test_dates_name_the_month():
    day = date(2026, 11, 15)
    assert (F.day(day), F.short_day(day), F.month(day)) == ("15 Nov 2026", "15 Nov", "Nov 2026")
    assert F.day(None) == MISSING and F.day(pd.NaT) == MISSING


@given(st.floats(allow_nan=True, allow_infinity=True) | st.none() | st.integers(-(10**15), 10**15))
def test_any_number_can_be_written(value):
    for write in (F.money, F.share, F.count, F.change, F.points, F.exact):
        text = write(value)
        assert text and "nan" not in text.lower() and "-" not in text


def test_money_of_one_account_is_in_full_below_ten_thousand():
    assert [F.whole(v) for v in (1181.4, 9_999.4, 9_999.6, 56_000)] == ["$1,181", "$9,999", "$10K", "$56K"]
    assert F.whole(-1181) == f"{MINUS}$1,181" and F.whole(None) == MISSING and F.whole(0.3) == "$0"
    assert Formats("de_DE", "EUR").whole(1181) == f"1.181{NBSP}€"
