"""Panels by their data: what is drawn, what is outside, where a click leads, and the words for who cannot see it."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.format import NBSP, Formats
from dashboard.panels import ages, bands, pareto, whale
from dashboard.theme import DARK, LIGHT
from metrics import profit
from metrics.xmr import natural_limits

F = Formats()
WEEK = date(2026, 11, 15)
NAMES = {i: (f"A{i}", f"Account <{i}>") for i in range(1, 500)}


def weeks(*reds: float, other: float = 0.1) -> pd.DataFrame:
    days = [pd.Timestamp(WEEK - timedelta(weeks=len(reds) - 1 - n)) for n in range(len(reds))]
    return pd.DataFrame(
        {"as_of": days, "red": list(reds), "amber": 0.2, "green": [0.8 - other - r for r in reds], "other": other}
    )


def texts(figure) -> str:
    return " | ".join(label.text for label in figure.layout.annotations)


STEP = weeks(*[0.08, 0.09] * 12, 0.13, 0.15)
LIMITS = natural_limits(STEP["red"])


def test_weeks_outside_the_normal_range_are_full_and_written_on():
    figure = bands.figure(STEP, LIMITS, LIGHT, F)
    assert bands.outside(STEP, LIMITS) == [False] * 24 + [True, True]
    assert list(figure.data[0].marker.color) == [LIGHT["red-f"]] * 24 + [LIGHT["red"]] * 2
    assert "<b>13.0</b>" in texts(figure) and "<b>15.0</b>" in texts(figure)


def test_the_bands_of_a_week_add_up_to_100():
    figure = bands.figure(STEP, LIMITS, LIGHT, F)
    stacked = sum(np.array(bar.y, dtype=float) for bar in figure.data[1:])
    assert stacked == pytest.approx(np.full(26, 100.0))


def test_expansion_is_blue_in_every_mark_and_label():
    drawn = bands.figure(STEP, LIMITS, LIGHT, F, expansion=True).to_json()
    for alarm in ("red", "red-f", "red-t", "amber", "amber-f", "green", "green-f"):
        assert LIGHT[alarm] not in drawn
    assert "untapped" in drawn and "penetrated" in drawn


def test_an_event_lies_between_the_weeks_it_happened_between_and_is_text():
    happened = WEEK - timedelta(days=13)
    figure = bands.figure(STEP, LIMITS, LIGHT, F, events=[(happened, "<b>launch</b>")])
    assert "&lt;b&gt;launch&lt;/b&gt;, 2 Nov" in texts(figure)
    lines = [s for s in figure.layout.shapes if s.line.dash == "dot"]
    assert [round(s.x0, 1) for s in lines] == [23.5], "a Monday stands at the left edge of its week"


@given(st.lists(st.floats(0, 100), min_size=1, max_size=3).map(sorted))
def test_labels_of_the_stack_never_touch(heights):
    placed = bands.apart(heights)
    assert all(b - a >= 19 - 1e-9 for a, b in pairwise(placed))
    assert max(placed) <= 96


def test_no_week_and_one_week_can_be_drawn():
    for rows in (weeks(), weeks(0.1)):
        bands.figure(rows, None, DARK, F)
        assert bands.alt(rows, None, F, "Vendor Risk")


def test_the_words_for_the_bands_say_last_first_and_how_many_are_outside():
    said = bands.alt(STEP, LIMITS, F, "Vendor Risk")
    assert f"15.0{NBSP}% on 15 Nov 2026" in said and "2 weeks are outside it" in said


def reds(*rows: tuple[str, float, int]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["owner", "weight_arr", "age"])
    codes = [f"A{i}" for i in range(len(frame))]
    return frame.assign(account_code=codes, name="<i>x</i>", department=frame["owner"], is_older=frame["age"] >= 26)


def test_a_square_later_than_promised_is_filled_and_opens_its_account():
    figure = ages.figure(reds(("Imani", 9e5, 2), ("Imani", 4e5, 9), ("Luis", 1e5, 5)), LIGHT, F, promise=4)
    squares = figure.data[0]
    filled = dict(zip(squares.customdata, squares.marker.color, strict=True))
    assert filled == {"A0": LIGHT["paper"], "A1": LIGHT["red"], "A2": LIGHT["red"]}
    assert "1 of 2 late" in texts(figure) and "<i>" not in squares.text[0]


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "b", "c"]), st.floats(1e3, 1e7), st.integers(1, 26)), min_size=1, max_size=60
    )
)
def test_no_square_lies_on_another(rows):
    per_week, lane = 18.0, 60.0
    found = ages.placed(reds(*rows), {"a": 0, "b": 1, "c": 2}, per_week, lane)
    assert {dot["owner"] for dot, *_ in found} == {owner for owner, *_ in rows}
    assert all(abs(x - dot["age"]) * per_week + side / 2 <= per_week / 2 + 1e-6 for dot, x, _, side in found
               if not dot["is_older"])  # fmt: skip
    boxes = [(x * per_week, y * lane, side / 2) for _, x, y, side in found]
    for i, (x, y, half) in enumerate(boxes):
        for other_x, other_y, other_half in boxes[:i]:
            reach = half + other_half - 1e-6
            assert abs(x - other_x) >= reach or abs(y - other_y) >= reach


def test_where_squares_crowd_the_largest_are_drawn():
    rows = reds(*[("a", float(1000 - n), 3) for n in range(60)])
    found = ages.placed(rows, {"a": 0}, per_week=18.0, lane=30.0)
    assert 1 < len(found) < 60
    assert [dot["account_code"] for dot, *_ in found] == [f"A{n}" for n in range(len(found))]
    assert len(ages.placed(rows.head(3), {"a": 0}, per_week=18.0, lane=30.0)) == 3


def test_owners_are_ranked_by_arr_and_the_eighth_is_left_out():
    rows = reds(*[(f"owner {n}", float(n), 1) for n in range(1, 10)])
    assert ages.owners(rows) == [f"owner {n}" for n in range(9, 2, -1)]


def test_no_red_at_all_can_be_drawn():
    empty = reds()
    ages.figure(empty, LIGHT, F, promise=4)
    assert ages.alt(empty, 4, F) == "No account is red in this view."


def profits(*amounts: float) -> pd.DataFrame:
    return pd.DataFrame(
        {"account_id": range(1, len(amounts) + 1), "profit": amounts, "revenue": [abs(a) + 1 for a in amounts]}
    )


EXAMPLE = profits(100, 60, 40, 10, 0, 0, -5, -15, -30, -60)


def test_the_whale_climbs_to_its_peak_and_loses_what_the_losers_cost():
    curve = profit.whale(EXAMPLE)
    figure = whale.figure(curve, LIGHT, F, NAMES)
    assert "peak <b>$210</b>" in texts(figure) and "<b>−$110</b> lost again" in texts(figure)
    assert "<b>$100</b> kept" in texts(figure)
    assert max(figure.data[0].y) == 210 and figure.data[1].y[-1] == 100


def test_every_point_of_the_whale_opens_the_account_it_adds():
    figure = whale.figure(profit.whale(EXAMPLE), LIGHT, F, NAMES)
    clickable = next(trace for trace in figure.data if trace.customdata is not None)
    assert list(clickable.customdata)[:3] == ["A1", "A2", "A3"]
    assert "&lt;1&gt;" in clickable.text[0]


def test_whale_and_pareto_share_the_place_of_every_rank():
    above, below = (
        whale.figure(profit.whale(EXAMPLE), LIGHT, F, NAMES),
        pareto.figure(profit.pareto(EXAMPLE), LIGHT, F, NAMES),
    )
    assert above.layout.xaxis.range == below.layout.xaxis.range
    assert (above.layout.margin.l, above.layout.margin.r) == (below.layout.margin.l, below.layout.margin.r)


def test_nobody_losing_has_a_curve_that_only_climbs():
    curve = profit.whale(profits(5, 3, 1))
    assert "lost again" not in texts(whale.figure(curve, LIGHT, F, NAMES))
    whale.figure(profit.whale(profits(-5, -3)), LIGHT, F, NAMES)


def test_the_pareto_greys_the_tail_beyond_its_cut():
    rows = pd.DataFrame({"account_id": range(1, 11), "revenue": [50, 20, 10, 8, 5, 3, 2, 1, 0.5, 0.5], "profit": 1.0})
    cut = profit.pareto(rows)
    figure = pareto.figure(cut, LIGHT, F, NAMES)
    assert cut.cut == 3
    assert list(figure.data[0].marker.color)[:4] == [LIGHT["ink"]] * 3 + [LIGHT["py"]]
    assert f"<b>3</b> accounts bring 80{NBSP}%" in texts(figure)
    assert list(figure.data[0].customdata)[:2] == ["A1", "A2"]


def test_a_bar_of_several_accounts_opens_their_page_of_the_list():
    rows = pd.DataFrame({"account_id": range(1, 401), "revenue": np.linspace(400, 1, 400), "profit": 1.0})
    figure = pareto.figure(profit.pareto(rows), LIGHT, F, NAMES)
    assert figure.data[0].customdata[0] == "?sort=revenue%3Adesc&page=1"
    assert figure.data[0].customdata[5].endswith("page=3")


@pytest.mark.parametrize("tone", [LIGHT, DARK], ids=["light", "dark"])
def test_pictures_hold_no_glyph_of_a_font_and_no_colour_that_is_no_token(tone):
    drawn = [
        bands.figure(STEP, LIMITS, tone, F),
        ages.figure(reds(("a", 1e5, 2), ("b", 1e5, 30)), tone, F, 4),
        whale.figure(profit.whale(EXAMPLE), tone, F, NAMES),
        pareto.figure(profit.pareto(EXAMPLE), tone, F, NAMES),
    ]
    for figure in drawn:
        made = figure.to_json(remove_uids=True)
        assert not set(made) & set("■▲●◆◇○")
        own = figure.to_dict()
        own["layout"].pop("template", None)
        colours = {part for part in str(own).replace('"', "'").split("'") if part.startswith("#")}
        assert colours <= set(tone.values())
