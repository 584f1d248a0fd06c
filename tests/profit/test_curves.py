"""The whale curve, the Pareto, the top accounts and the bands as they are drawn."""

import numpy as np
import pandas as pd
import pytest

from metrics.profit import bands, pareto, top_accounts, whale
from tests.profit.test_figures import TEN, rows


def test_the_whale_climbs_to_its_peak_and_falls_back_to_the_total():
    curve = whale(rows(TEN))
    assert curve.points["running"].tolist() == [0, 100, 160, 200, 210, 210, 210, 205, 190, 160, 100]
    assert (curve.peak.nth, curve.peak.running) == (4, 210)
    assert (curve.end.nth, curve.end.running) == (10, 100)
    assert (curve.half.nth, curve.half.running) == (1, 100)
    assert curve.points["share_of_profit"].max() == pytest.approx(2.1)
    assert curve.points["share_of_accounts"].iloc[-1] == 1


def test_equal_profits_are_ranked_by_account():
    curve = whale(rows([5, 5, 5]).iloc[::-1])
    assert curve.points["account_id"].tolist()[1:] == ["a000", "a001", "a002"]


@pytest.mark.parametrize("profits", [[10, -10], [10, -30], [-1, -2], [0]])
def test_a_total_not_above_zero_is_drawn_in_money(profits):
    curve = whale(rows(profits))
    assert curve.points["share_of_profit"].isna().all()
    assert curve.half is None
    assert curve.end.running == sum(profits)


def test_the_peak_of_losers_only_is_the_origin():
    assert whale(rows([-1, -2])).peak.nth == 0


def test_accounts_without_a_profit_are_not_on_the_whale():
    assert whale(rows([10, None, -5])).end.nth == 2


def test_nobody_on_the_whale():
    curve = whale(rows([]))
    assert curve.points["running"].tolist() == [0]
    assert curve.half is None


def test_a_long_whale_is_thinned_and_keeps_its_peak():
    profits = np.random.default_rng(7).normal(10, 100, 100_000).round(2)
    curve = whale(rows(list(profits)))
    assert len(curve.points) <= 400
    assert curve.peak.nth == (profits > 0).sum()
    assert curve.points["running"].max() == curve.peak.running == pytest.approx(profits[profits > 0].sum())
    assert {0, curve.half.nth, curve.peak.nth, 100_000} <= set(curve.points["nth"])


def test_a_small_pareto_has_one_bar_for_each_account():
    table = pareto(rows([1] * 4, [50, 30, 15, 5]))
    assert table.bars["account_id"].tolist() == ["a000", "a001", "a002", "a003"]
    assert table.bars["running_share"].tolist() == [0.5, 0.8, 0.95, 1]
    assert table.bars["part"].tolist() == ["cut", "cut", "tail", "tail"]
    assert (table.cut, table.cut_share, table.tail_accounts, table.tail_revenue) == (2, 0.8, 2, 20)


def test_accounts_at_or_below_zero_are_counted_apart():
    table = pareto(rows([1] * 4, [80, 20, 0, -30]))
    assert (table.accounts, table.revenue) == (2, 100)
    assert (table.at_or_below_zero, table.revenue_at_or_below_zero) == (2, -30)
    assert table.bars["revenue"].min() > 0


def test_many_accounts_share_bars_and_the_cut_may_lie_within_one():
    table = pareto(rows([1] * 101, [100] * 101))
    assert table.per_bar == 5 and len(table.bars) == 21
    assert table.bars["accounts"].tolist() == [5] * 20 + [1]
    assert table.bars["account_id"].isna().tolist() == [True] * 20 + [False]
    assert table.cut == 81
    assert table.bars["part"].tolist() == ["cut"] * 16 + ["across"] + ["tail"] * 4
    assert table.bars["revenue"].sum() == table.revenue


@pytest.mark.parametrize("accounts", [1, 39, 40, 41, 635, 100_000])
def test_a_pareto_never_has_more_than_forty_bars_or_four_hundred_points(accounts):
    table = pareto(rows([1] * accounts, list(range(1, accounts + 1))))
    assert len(table.bars) <= 40 and len(table.curve) <= 400
    assert table.bars["accounts"].sum() == accounts
    assert table.cut in set(table.curve["nth"])


def test_nobody_on_the_pareto():
    table = pareto(rows([]))
    assert (table.accounts, table.cut, table.cut_share, len(table.bars)) == (0, 0, None, 0)


def test_the_top_accounts_and_all_others_in_one_row():
    table = top_accounts(rows([40, 30, -10, 5], [100, 90, 80, 10]), n=2)
    assert table["account_id"].tolist()[:2] == ["a000", "a001"]
    assert table["revenue"].tolist() == [100, 90, 90]
    assert table["profit"].tolist() == [40, 30, -5]
    assert table["accounts"].tolist() == [1, 1, 2]
    assert pd.isna(table["nth"].iloc[-1])


def test_the_lowest_accounts_come_first_when_asked_for():
    table = top_accounts(rows([40, None, -10, 5]), by="profit", n=1, lowest=True)
    assert table["account_id"].iloc[0] == "a002"
    assert table["accounts"].tolist() == [1, 2]


def test_no_row_for_others_where_there_are_none():
    assert top_accounts(rows([1, 2]), n=10)["accounts"].tolist() == [1, 1]


def test_bands_say_who_came_and_went():
    then = rows([10, 10, -10, 0])
    now = rows([10, -10, -10, None, 7])
    table = bands(now, then).set_index("band")
    assert table["accounts"].tolist() == [2, 0, 2]
    assert table["share"].tolist() == [0.5, 0, 0.5]
    assert table["profit"].tolist() == [17, 0, -20]
    assert table["entered"].tolist() == [1, 0, 1]
    assert table["left"].tolist() == [1, 1, 0]


def test_without_an_earlier_week_nobody_is_said_to_have_moved():
    table = bands(rows([10, -10]))
    assert table[["entered", "left"]].isna().all(axis=None)
    assert bands(rows([]))["accounts"].tolist() == [0, 0, 0]
