"""NRR, GRR, logo churn, quick ratio and earned growth on rows that can be checked by head."""

from datetime import date

import pandas as pd
import pytest

from metrics.value import SUMS, Sources, retention_figures
from metrics.value.retention import NO_LINES, NO_LOSS, NO_REASON, NOBODY_THEN
from tests.value.conftest import line


def figures(company, **only: str):
    """The figures of the last day, over the accounts of a segment where one is named."""
    rows = company.frame("retention_now")
    rows = rows[rows["as_of"] == rows["as_of"].max()]
    for column, value in only.items():
        rows = rows[rows[column] == value]
    return retention_figures(rows[list(SUMS)].astype(float).sum().to_dict(), Sources.of(company.frame("value_sources")))


FOUR = [
    line("grew", 100, "2024-01-01", "2026-01-01"),
    line("grew", 180, "2026-01-01"),
    line("shrank", 100, "2024-01-01", "2026-01-01"),
    line("shrank", 70, "2026-01-01"),
    line("left", 50, "2024-01-01", "2026-01-31"),
    line("stayed", 150, "2024-01-01"),
    line("new", 200, "2026-02-01"),
]


def test_one_account_that_grows_does_not_hide_another_that_shrinks(valued):
    found = figures(valued(subscriptions=FOUR))
    assert found["nrr"].value == (180 + 70 + 150) / 400
    assert found["grr"].value == (100 + 70 + 150) / 400
    assert found["nrr"].n == found["grr"].n == 4
    assert found["logo_churn"].value == 1 / 4
    assert found["arr"].value == 600
    assert found["arpa"].value == 600 / 4


def test_the_quick_ratio_sets_what_came_against_what_went(valued):
    assert figures(valued(subscriptions=FOUR))["quick_ratio"].value == (200 + 80) / (50 + 30)


def test_no_account_counts_for_more_than_it_paid_in_grr(valued):
    found = figures(valued(subscriptions=[line("a", 10, "2024-01-01", "2026-01-01"), line("a", 90, "2026-01-01")]))
    assert (found["nrr"].value, found["grr"].value) == (9, 1)


def test_an_account_back_within_the_year_counts_with_what_it_pays_now(valued):
    away = [line("a", 100, "2024-01-01", "2025-09-01"), line("a", 40, "2026-03-01")]
    found = figures(valued(subscriptions=away))
    assert (found["nrr"].value, found["grr"].value, found["logo_churn"].value) == (0.4, 0.4, 0)


def test_an_account_back_after_more_than_a_year_is_neither_kept_nor_new(valued):
    lines = [line("a", 100, "2023-01-01"), line("b", 60, "2023-01-01", "2024-01-01"), line("b", 60, "2026-01-01")]
    company = valued(subscriptions=lines)
    [(new, back)] = company.rows("select sum(arr_new), sum(arr_back) from retention_now where as_of = '2026-06-30'")
    assert (new, back) == (0, 60)
    assert figures(company)["nrr"].value == 1


def test_without_a_loss_there_is_no_quick_ratio_and_no_infinity(valued):
    found = figures(valued(subscriptions=[line("a", 100, "2024-01-01"), line("b", 50, "2026-01-01")]))
    assert found["quick_ratio"].value is None
    assert found["quick_ratio"].missing == NO_LOSS
    assert found["logo_churn"].value == 0


def test_a_company_in_its_first_year_has_no_retention_yet(valued):
    found = figures(valued(subscriptions=[line("a", 100, "2026-01-01")]))
    assert found["arr"].value == 100
    assert {found[name].missing for name in ("nrr", "grr", "logo_churn")} == {NOBODY_THEN}


def test_earned_growth_counts_new_accounts_that_came_by_themselves(valued):
    accounts = [
        {"account_id": "old", "join_reason": None},
        {"account_id": "told by a friend", "join_reason": "earned"},
        {"account_id": "by advertisement", "join_reason": "bought"},
    ]
    lines = [
        line("old", 200, "2024-01-01", "2026-01-01"),
        line("old", 190, "2026-01-01"),
        line("told by a friend", 50, "2026-01-01"),
        line("by advertisement", 70, "2026-01-01"),
    ]
    earned = figures(valued(accounts=accounts, subscriptions=lines))["earned_growth"]
    assert earned.value == pytest.approx(190 / 200 + 50 / 200 - 1)
    assert (earned.low, earned.missing) == (None, None)


def test_earned_growth_says_how_far_it_reaches_if_all_without_a_reason_were_earned(valued):
    accounts = [{"account_id": "old"}, {"account_id": "earned", "join_reason": "earned"}, {"account_id": "unsaid"}]
    lines = [line("old", 100, "2024-01-01"), line("earned", 10, "2026-01-01"), line("unsaid", 30, "2026-01-01")]
    earned = figures(valued(accounts=accounts, subscriptions=lines))["earned_growth"]
    assert (earned.value, earned.low, earned.high) == (0.1, 0.1, 0.4)
    assert earned.missing == "counts no new account without a join_reason: they hold 75% of new ARR"


def test_earned_growth_names_the_column_it_lacks(valued):
    assert figures(valued(subscriptions=FOUR))["earned_growth"].missing == NO_REASON


def test_without_subscriptions_every_figure_says_so(valued):
    company = valued(invoices=[{"account_id": "a", "net_revenue": 1, "invoiced_on": date(2026, 1, 1)}])
    found = figures(company)
    assert {figure.missing for figure in found.values()} == {NO_LINES}
    assert {figure.value for figure in found.values()} == {None}


def test_parts_add_up_over_segments(valued):
    accounts = [{"account_id": each["account_id"], "segment": each["account_id"][0]} for each in FOUR]
    accounts = list({each["account_id"]: each for each in accounts}.values())
    company = valued(accounts=accounts, subscriptions=FOUR)
    assert figures(company, segment="s")["nrr"].value == (70 + 150) / 250
    assert figures(company)["nrr"].value == 400 / 400


def test_the_day_a_year_before_is_the_same_day(valued):
    lines = [line("a", 100, "2025-06-30"), line("b", 100, "2025-07-01")]
    assert figures(valued(subscriptions=lines))["nrr"].n == 1


def test_retention_is_kept_for_weeks_and_for_the_end_of_every_month(valued):
    days = valued(subscriptions=FOUR).frame("retention_now")["as_of"].unique()
    assert {pd.Timestamp("2026-06-30"), pd.Timestamp("2026-06-23"), pd.Timestamp("2025-07-31")} <= set(days)
