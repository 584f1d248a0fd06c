"""Months and fiscal quarters, above all where a fiscal year ends."""

from datetime import date, timedelta

import pytest

from metrics.value.periods import period_ends, quarter_name, quarter_start, quarters, quarters_to, year_before


def test_a_calendar_year_ends_with_its_fourth_quarter():
    assert quarter_name(date(2026, 12, 31)) == "2026 Q4"
    assert quarter_name(date(2027, 1, 1)) == "2027 Q1"
    assert quarter_start(date(2026, 12, 31)) == date(2026, 10, 1)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 6, 30), "FY2026 Q4"),
        (date(2026, 7, 1), "FY2027 Q1"),
        (date(2026, 12, 31), "FY2027 Q2"),
        (date(2027, 1, 1), "FY2027 Q3"),
        (date(2027, 6, 30), "FY2027 Q4"),
    ],
)
def test_a_fiscal_year_from_july_is_named_for_the_year_it_ends_in(day, name):
    assert quarter_name(day, 7) == name


def test_a_fiscal_year_from_february_has_quarters_across_new_year():
    assert quarter_start(date(2027, 1, 31), 2) == date(2026, 11, 1)
    assert quarter_name(date(2027, 1, 31), 2) == "FY2027 Q4"
    assert quarter_name(date(2027, 2, 1), 2) == "FY2028 Q1"


def test_a_fiscal_year_from_december_begins_in_the_year_before():
    assert quarter_name(date(2026, 11, 30), 12) == "FY2026 Q4"
    assert quarter_name(date(2026, 12, 1), 12) == "FY2027 Q1"
    assert quarter_start(date(2027, 2, 28), 12) == date(2026, 12, 1)


@pytest.mark.parametrize("starts", range(1, 13))
def test_periods_follow_each_other_without_gap_or_overlap(starts):
    periods = period_ends(date(2023, 11, 17), date(2026, 3, 10), starts)
    for kind in ("month", "quarter"):
        chain = [each for each in periods if each.kind == kind]
        assert chain[0].opens_on < date(2023, 11, 17) <= chain[0].closes_on
        assert [each.opens_on for each in chain[1:]] == [each.closes_on for each in chain[:-1]]
        assert chain[-1].closes_on == date(2026, 3, 10) and not chain[-1].is_whole
        assert all(each.is_whole for each in chain[:-1])
        assert len({each.period for each in chain}) == len(chain)


@pytest.mark.parametrize("starts", range(1, 13))
def test_a_fiscal_year_is_four_quarters_from_its_first_day(starts):
    year = quarters(date(2026, starts, 1), 4, starts)
    assert year[0].cohort_on == date(2026, starts, 1)
    assert year[-1].ends_on == date(2027, starts, 1)
    assert [each.cohort[-2:] for each in year] == ["Q1", "Q2", "Q3", "Q4"]
    assert len({each.cohort[:-3] for each in year}) == 1


def test_the_last_day_of_a_leap_february_closes_its_month():
    february = [each for each in period_ends(date(2024, 2, 5), date(2024, 3, 1)) if each.period == "2024-02"]
    assert [(each.opens_on, each.closes_on) for each in february] == [(date(2024, 1, 31), date(2024, 2, 29))]


def test_a_period_that_ends_today_is_whole():
    assert [each.is_whole for each in period_ends(date(2026, 6, 1), date(2026, 6, 30))] == [True, True]


def test_quarters_back_end_with_the_one_of_the_day():
    assert [each.cohort for each in quarters_to(date(2026, 2, 3), 3)] == ["2025 Q3", "2025 Q4", "2026 Q1"]


def test_a_year_before_a_leap_day_is_the_last_of_february():
    assert year_before(date(2024, 2, 29)) == date(2023, 2, 28)
    assert year_before(date(2025, 3, 1)) == date(2025, 3, 1) - timedelta(days=365)
