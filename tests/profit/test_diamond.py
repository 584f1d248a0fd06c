"""Whom to retain, raise and restore, who changed bands, and the index of subsidising, on accounts added up by head."""

import pandas as pd
import pytest

from metrics.profit import bands
from metrics.profit.diamond import MEANINGS, band_moves, diamond, diamond_groups
from metrics.profit.stobachoff import stobachoff
from tests.profit.test_figures import TEN, rows


def accounts(*listed):
    return pd.DataFrame(listed, columns=["account_id", "revenue", "profit", "band"])


MIXED = accounts(
    ("big", 500, 100, "profitable"),
    ("wide", 300, 3, "marginal"),
    ("tiny", 60, 15, "profitable"),
    ("thin", 40, 0, "marginal"),
    ("drain", 90, -20, "unprofitable"),
    ("gift", 0, -5, "unprofitable"),
    ("idle", 0, 0, None),
    ("dark", 10, None, None),
)


def test_every_account_in_a_band_is_in_one_group():
    groups = diamond_groups(MIXED).set_index("account_id")
    assert groups["diamond"].to_dict() == {
        "big": "retain",
        "tiny": "retain",
        "wide": "raise",
        "thin": "small",
        "drain": "restore",
        "gift": "restore",
    }
    assert groups.index[groups["is_large"]].tolist() == ["big", "wide"]


def test_groups_with_accounts_and_money():
    table = diamond(MIXED).set_index("diamond")
    assert table.index.tolist() == list(MEANINGS) == ["retain", "raise", "restore", "small"]
    assert table["accounts"].tolist() == [2, 1, 2, 1]
    assert table["large"].tolist() == [1, 1, 0, 0]
    assert table["revenue"].tolist() == [560, 300, 90, 40]
    assert table["profit"].tolist() == [115, 3, -25, 0]


def test_a_prize_is_break_even_for_losses_and_the_margin_of_the_retained_for_the_marginal():
    prize = diamond(MIXED).set_index("diamond")["prize"]
    assert prize["restore"] == 25
    assert prize["raise"] == pytest.approx(115 / 560 * 300 - 3, abs=0.005)
    assert prize[["retain", "small"]].isna().all()


def test_nobody_to_retain_leaves_no_margin_to_raise_to():
    table = diamond(accounts(("a", 100, 1, "marginal"), ("b", 10, -5, "unprofitable"))).set_index("diamond")
    assert pd.isna(table.loc["raise", "prize"]) and table.loc["restore", "prize"] == 5


def test_nobody_in_the_diamond():
    table = diamond(accounts())
    assert table["accounts"].tolist() == [0, 0, 0, 0]
    assert table["profit"].tolist() == [0, 0, 0, 0]


def test_the_textbook_example_in_the_diamond():
    table = diamond(rows(TEN)).set_index("diamond")
    assert table["accounts"].tolist() == [4, 2, 4, 0]
    assert table.loc["restore", "prize"] == 110


def test_the_textbook_example_s_index_of_subsidising():
    found = stobachoff(rows(TEN))
    assert found.area == pytest.approx(1.695)
    assert found.index == pytest.approx(0.705, abs=5e-4)
    assert found.dependence == 0.4


def test_equal_profits_subsidise_nobody():
    found = stobachoff(rows([7, 7, 7, None]))
    assert (found.area, found.index, found.dependence) == (0.5, 0, 1)


@pytest.mark.parametrize("profits", [[10, -10], [-1], [], [None]])
def test_without_a_total_above_zero_there_is_no_index(profits):
    assert stobachoff(rows(profits)) is None


def test_accounts_that_changed_bands_are_named_the_largest_change_first():
    before = accounts(
        ("up", 100, -10, "unprofitable"), ("same", 100, 5, "profitable"), ("gone", 50, 30, "profitable"),
        ("dark", 10, 1, "profitable"), ("idle", 0, 0, None),
    )  # fmt: skip
    now = accounts(
        ("up", 100, 15, "profitable"), ("same", 100, 9, "profitable"), ("new", 100, -2, "unprofitable"),
        ("dark", 10, None, None), ("idle", 0, 0, None),
    )  # fmt: skip
    moves = band_moves(now, before)
    assert moves["account_id"].tolist() == ["gone", "up", "new", "dark"]
    assert moves["change"].tolist() == [-30, 25, -2, -1]
    assert moves["was"].fillna("none").tolist() == ["profitable", "unprofitable", "none", "profitable"]
    assert moves["band"].fillna("none").tolist() == ["none", "profitable", "unprofitable", "none"]


def test_moves_by_name_add_up_to_the_board():
    before = accounts(("a", 1, 1, "profitable"), ("b", 1, -1, "unprofitable"), ("c", 1, 0, "marginal"))
    now = accounts(("a", 1, 0, "marginal"), ("b", 1, 1, "profitable"), ("c", 1, 0, "marginal"))
    board = bands(now, before).set_index("band")
    moves = band_moves(now, before)
    assert board["entered"].to_dict() == {"profitable": 1, "marginal": 1, "unprofitable": 0}
    assert moves["band"].value_counts().to_dict() == {"profitable": 1, "marginal": 1}
    assert moves["was"].value_counts().to_dict() == {"profitable": 1, "unprofitable": 1}
