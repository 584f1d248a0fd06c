"""How much bands rest on weights: seeded draws, a fifth up or down."""

import pytest

from dashboard.reads.doubts import FRAGILE_FROM as SHOWN_FROM
from metrics.catalog import Cap
from metrics.score.fragile import DRAWS, FRAGILE_FROM, SPREAD
from tests.metrics.conftest import card, entry

TWO = card([entry("m")], [entry("k")])


def test_the_screens_mark_from_the_same_share_as_the_build():
    assert SHOWN_FROM == FRAGILE_FROM


def changed(scored, scorecard, values, **more):
    scored(scorecard, values, [{"account_id": name} for name in {row[1]: None for row in values}], **more)
    rows = scored.engine.rows("select account_id, changed from fragile")
    return dict(zip(rows["account_id"], rows["changed"], strict=True))


def both(account, first, second):
    return [("m", account, first, 1), ("k", account, second, 1)]


def test_an_account_that_is_all_green_or_all_red_never_changes(scored):
    values = [*both("green", 1, 1), *both("red", 0, 0), *both("alike", 0.6, 0.6)]
    assert changed(scored, TWO, values) == {"green": 0, "red": 0, "alike": 0}


def test_one_on_an_edge_changes_in_about_half_of_the_draws(scored):
    share = changed(scored, TWO, both("a", 0, 1))["a"]  # 50 points: red, amber with a little more weight on the green
    assert 0.3 < share < 0.7
    assert share >= FRAGILE_FROM


def test_one_out_of_reach_never_changes(scored):
    """10 and 68 make 39; weights of 0.8 and 1.2 make 44.8 of them at most. 58 and 68 stay between 62 and 64."""
    assert ((1 - SPREAD) * 10 + (1 + SPREAD) * 68) / 2 < 45
    assert changed(scored, TWO, [*both("low", 0.1, 0.68), *both("middle", 0.58, 0.68)]) == {"low": 0, "middle": 0}


def test_weights_inside_a_group_are_drawn_too(scored):
    one_group = card([entry("m"), entry("k")])
    assert 0.3 < changed(scored, one_group, both("a", 0, 1))["a"] < 0.7


def test_a_view_of_one_measure_has_no_weights_to_move(scored):
    assert changed(scored, card([entry("m")]), [("m", "a", 0.5, 1)]) == {"a": 0}


def test_only_valid_measures_weigh(scored):
    three = card([entry("m")], [entry("k")], [entry("j")])
    values = [*both("two", 0, 1), *both("na", 0, 1), ("j", "na", 0, 0)]
    shares = changed(scored, three, values)
    assert shares["two"] == shares["na"] > 0.3


def test_a_cap_stands_whatever_the_weights(scored):
    cap = Cap.model_validate({"name": "c", "measure": "m", "is": "red", "most": 40})
    held = TWO.model_copy(update={"caps": (cap,)})
    assert changed(scored, held, both("a", 0, 1)) == {"a": 0}


def test_an_account_without_a_score_or_with_a_persons_is_left_out(scored):
    three = card([entry("m")], [entry("k")], [entry("j")])
    values = [*both("a", 0, 1), ("m", "b", 1, 1)]
    assert changed(scored, three, values, overrides=[{}]) == {}


def test_the_same_draws_every_time(scored):
    assert changed(scored, TWO, both("a", 0, 1)) == changed(scored, TWO, both("a", 0, 1))


def test_shares_are_means_over_accounts_and_over_the_red_ones(scored):
    shares = changed(scored, TWO, [*both("edge", 0, 1), *both("red", 0, 0), *both("green", 1, 1), *both("all", 1, 1)])
    (row,) = scored.engine.rows("select * from fragile_shares").to_dict("records")
    assert (row["draws"], row["accounts"], row["reds"]) == (DRAWS, 4, 2)
    assert row["share"] == pytest.approx(shares["edge"] / 4)
    assert row["red_share"] == pytest.approx(shares["edge"] / 2)


def test_few_bands_of_the_sample_rest_on_the_weights(sample):
    rows = sample.execute("select view, share, red_share from fragile_shares").fetchall()
    assert len(rows) == 7
    assert all(0 < share < 0.1 and red < 0.2 for _, share, red in rows)
    ((worst,),) = sample.execute("select max(changed) from fragile").fetchall()
    assert FRAGILE_FROM < worst <= 1
