"""Return on People: twelve months over average headcount, what moved it, and its goal."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.people import Month, Return, returns, split, target


def books(*years, ends=2026):
    """Whole years of books, oldest first: of each the net income of a month and the people."""
    first = ends - len(years) + 1
    return [
        Month(f"{first + nth}-{month:02}", Decimal(str(income)), Decimal(str(fte)))
        for nth, (income, fte) in enumerate(years)
        for month in range(1, 13)
    ]


def test_twelve_months_of_net_income_over_the_average_headcount():
    months = [Month(f"2026-{m:02}", Decimal(100), Decimal(10 if m <= 6 else 20)) for m in range(1, 13)]
    last = returns(months)[-1]
    assert (last.profit, last.fte, last.value) == (1200, 15, 80)  # 1,200 ÷ (6 × 10 + 6 × 20) / 12


def test_before_twelve_months_in_a_row_there_is_none_and_words_say_how_many():
    found = returns(books((100, 10)))
    assert [each.value for each in found[:-1]] == [None] * 11
    assert found[4].missing == "finance has 5 of the twelve months to 2026-05"
    without_march = [month for month in books((100, 10), (100, 10)) if month.month != "2026-03"]
    assert returns(without_march)[-1].missing == "finance has 11 of the twelve months to 2026-12"


def test_months_after_the_last_one_are_not_read():
    assert returns(books((100, 10), (900, 10)), last="2025-12")[-1] == Return("2025-12", Fraction(1200), Fraction(10))


def test_a_loss_is_a_return_below_zero():
    assert returns(books((-50, 10)))[-1].value == -60


@pytest.mark.parametrize(("fte", "words"), [(0, "finance.fte is 0 in 2026-12"), (-3, "less than 0 in 2026-12")])
def test_a_headcount_one_cannot_divide_by_is_told_in_words(fte, words):
    months = [*books((100, 10))[:-1], Month("2026-12", Decimal(100), Decimal(fte))]
    last = returns(months)[-1]
    assert last.value is None
    assert words in last.missing


def test_cents_stay_exact():
    months = [Month(f"2026-{m:02}", Decimal("0.01"), Decimal("0.3")) for m in range(1, 13)]
    assert returns(months)[-1].value == Fraction(12, 30)


def test_the_change_splits_into_profit_and_headcount():
    found = split(returns(books((100, 10), (120, 8))))
    assert (found.was, found.value, found.change) == (120, 180, 60)  # 1,200 ÷ 10 and 1,440 ÷ 8
    assert found.profit_effect == 24  # 240 ÷ 10
    assert found.headcount_effect == 36  # 1,440 × (1/8 − 1/10)
    assert found.is_by_headcount
    assert found.is_with_fewer


def test_a_rise_that_profit_carries_is_not_flagged():
    found = split(returns(books((100, 10), (150, 10))))
    assert (found.profit_effect, found.headcount_effect, found.is_by_headcount) == (60, 0, False)
    hired = split(returns(books((100, 10), (300, 20))))
    assert (hired.change, hired.is_by_headcount) == (60, False), "twice the people, three times the profit"


def test_a_fall_is_never_flagged_whatever_the_headcount_did():
    found = split(returns(books((100, 10), (50, 8))))
    assert (found.change, found.headcount_effect, found.is_by_headcount) == (-45, 15, False)


def test_a_loss_spread_over_more_people_is_flagged_too():
    found = split(returns(books((-100, 10), (-100, 20))))
    assert (found.change, found.profit_effect, found.is_by_headcount, found.is_with_fewer) == (60, 0, True, False)


def test_without_the_year_before_there_is_no_split_and_words_say_why():
    assert split(returns(books((100, 10)))) == "a change needs 24 months in a row: finance has no 2025-12"
    young = returns([*books((100, 10), (100, 10))[1:]])
    assert split(young) == "a change needs 24 months in a row: finance has 11 of the twelve months to 2025-12"
    assert split([]) == "no month of finance is over"


amounts = st.decimals(min_value=-(10**7), max_value=10**7, places=2)
people = st.decimals(min_value=Decimal("0.1"), max_value=5000, places=1)


@given(amounts, people, amounts, people)
def test_the_two_effects_add_up_exactly(profit_0, fte_0, profit_1, fte_1):
    found = split(returns(books((profit_0, fte_0), (profit_1, fte_1))))
    assert found.profit_effect + found.headcount_effect == found.change


GOALS = [("2026", 1.0), ("2026-10", 2.0), ("FY2026 Q3", 3.0), ("2027", 4.0)]


@pytest.mark.parametrize(
    ("day", "starts", "found"),
    [
        (date(2026, 10, 31), 1, ("2026-10", 2.0)),
        (date(2026, 8, 31), 1, ("FY2026 Q3", 3.0)),
        (date(2026, 11, 30), 1, ("2026", 1.0)),
        (date(2026, 9, 30), 10, ("2026", 1.0)),
        (date(2026, 11, 30), 10, ("2027", 4.0)),  # the fiscal year that ends in September 2027
        (date(2025, 5, 31), 1, None),
    ],
)
def test_the_goal_of_a_day_is_the_narrowest_there_is(day, starts, found):
    assert target(GOALS, day, starts) == found
