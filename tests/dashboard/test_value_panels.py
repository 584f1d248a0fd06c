"""Panels of *Value* by their data: bridge, cohorts, survival and renewals, and the words for who cannot see them."""

from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.format import NBSP, Formats
from dashboard.panels import bridge, cohorts, renewals, survival
from dashboard.theme import DARK, LIGHT
from metrics.value import curve

F = Formats()
TONES = pytest.mark.parametrize("tone", [LIGHT, DARK])


def texts(figure) -> str:
    return " | ".join(label.text for label in figure.layout.annotations)


def period(opening=100.0, new=50.0, reactivation=0.0, expansion=20.0, contraction=-10.0, churn=-30.0, **more):
    """A bridge's row: one account for every movement there is."""
    moves = {
        "new": new, "reactivation": reactivation, "expansion": expansion, "contraction": contraction, "churn": churn,
    }  # fmt: skip
    amounts = {"opening": opening, **moves, "closing": opening + sum(moves.values())}
    counts = {f"n_{name}": int(amount != 0) for name, amount in amounts.items()}
    return amounts | counts | {"period": "2026 Q3", "is_whole": True} | more


@TONES
def test_a_bridge_begins_where_the_step_before_ended(tone):
    figure = bridge.figure(period(), tone, F, None)
    bars = figure.data[0]
    assert list(bars.base) == [0, 100, 150, 150, 160, 130, 0]
    assert list(bars.y) == [100, 50, 0, 20, 10, 30, 130]
    red, grey, ink = tone["red"], tone["py"], tone["ink"]
    assert list(bars.marker.color) == [ink, grey, grey, grey, red, red, ink]


def test_a_bar_of_the_bridge_asks_for_its_accounts_and_an_empty_one_for_nothing():
    figure = bridge.figure(period(), LIGHT, F, "churn")
    asked = list(figure.data[0].customdata)
    assert asked == [
        None,
        "?movement=new",
        None,
        "?movement=expansion",
        "?movement=contraction",
        "?movement=churn",
        None,
    ]
    assert list(figure.data[0].marker.line.width) == [0, 0, 0, 0, 0, 3, 0]


def test_large_ends_are_cut_so_that_movements_can_be_seen():
    small, large = period(), period(opening=100_000.0)
    assert bridge.floor(small) == 0
    assert 99_000 < bridge.floor(large) < 100_000
    cut = [shape for shape in bridge.figure(large, LIGHT, F, None).layout.shapes if shape.line.color == LIGHT["paper"]]
    assert len(cut) == 2, "both ends are marked as cut"
    assert not [s for s in bridge.figure(small, LIGHT, F, None).layout.shapes if s.line.color == LIGHT["paper"]]


@given(st.lists(st.floats(0, 1e9), min_size=3, max_size=3), st.floats(0, 1e9), st.floats(0, 1))
def test_no_bar_of_a_bridge_lies_below_its_floor(gains, opening, lost):
    new, back, grown = gains
    row = period(opening, new, back, grown, -opening * lost / 2, -opening * lost / 2)
    figure = bridge.figure(row, LIGHT, F, None)
    assert all(height >= -1e-6 for height in figure.data[0].y)
    assert bridge.spans(row)[-1][1] == pytest.approx(row["closing"], abs=1e-3)


def test_the_words_for_a_bridge_name_what_moved_alone():
    said = bridge.alt(period(), F)
    assert said == (
        "ARR from $100 to $130 in 2026 Q3: new +$50 (1 account), expansion +$20 (1 account), "
        f"contraction {chr(0x2212)}$10 (1 account), churn {chr(0x2212)}$30 (1 account)."
    )
    still = period(new=0.0, expansion=0.0, contraction=0.0, churn=0.0)
    assert bridge.alt(still, F).endswith("nothing moved.")
    bridge.figure(still, DARK, F, None)


COHORTS = pd.DataFrame(
    [
        # cohort, begins, months, n, kept, ARR kept, ARR then
        ("2025 Q1", "2025-01-01", 0, 10, 10, 100.0, 100.0),
        ("2025 Q1", "2025-01-01", 3, 10, 9, 80.0, 100.0),
        ("2025 Q1", "2025-01-01", 4, 10, 8, 70.0, 100.0),
        ("2025 Q1", "2025-01-01", 12, 8, 4, 120.0, 80.0),
        ("2025 Q2", "2025-04-01", 0, 3, 3, 0.0, 0.0),
        ("2025 Q2", "2025-04-01", 3, 3, 1, 0.0, 0.0),
    ],
    columns=["cohort", "cohort_on", "months", "n", "logos_kept", "arr_kept", "arr_then"],
)


def cells(trace) -> dict[tuple[str, int], str]:
    names = ("2025 Q1", "2025 Q2")
    return {
        (names[y], cohorts.MONTHS[x]): text for y, row in enumerate(trace.text) for x, text in enumerate(row) if text
    }


@TONES
def test_cells_of_few_accounts_stand_in_brackets_without_a_colour(tone):
    figure = cohorts.figure(COHORTS, "logos", tone, F)
    many, few = figure.data
    assert cells(many) == {("2025 Q1", 3): "90", ("2025 Q1", 12): "50"}
    assert cells(few) == {("2025 Q2", 3): "(33)"}
    assert {z for row in few.z for z in row if z is not None and not np.isnan(z)} == {1.0}
    assert f"n{NBSP}={NBSP}8" in many.customdata[0][cohorts.MONTHS.index(12)]
    assert [label.split(f"n{NBSP}")[0].strip() for label in figure.layout.yaxis.ticktext] == ["2025 Q1", "2025 Q2"]


def test_arr_can_grow_beyond_what_a_cohort_began_with():
    figure = cohorts.figure(COHORTS, "arr", LIGHT, F)
    assert cells(figure.data[0]) == {("2025 Q1", 3): "80", ("2025 Q1", 12): "150"}
    assert cells(figure.data[1]) == {}, "a cohort that paid nothing at first has no share of ARR"


def test_the_words_for_cohorts_say_where_each_stands_last():
    said = cohorts.alt(COHORTS, "logos", F)
    assert f"2025 Q1 50{NBSP}% after 12 months (n = 8); 2025 Q2 33{NBSP}% after 3 months (n = 3)" in said
    assert cohorts.alt(COHORTS.iloc[:0], "logos", F) == "No cohort is a month old."


def tenures(*rows: tuple[int, bool, int]) -> pd.DataFrame:
    return curve(pd.DataFrame(rows, columns=["days", "has_ended", "n"]))


STAYERS = tenures((365, True, 2), (3650, False, 98))
LEAVERS = tenures((365, True, 50), (3650, False, 50))


@TONES
def test_a_curve_steps_down_when_accounts_leave(tone):
    figure = survival.figure({"Large": STAYERS, "Small <b>": LEAVERS}, tone, F)
    lines = [trace for trace in figure.data if trace.hovertemplate]
    assert [list(line.y) for line in lines] == [[100, 98, 98], [100, 50, 50]]
    assert {line.line.shape for line in lines} == {"hv"}
    bands = [trace for trace in figure.data if trace.fill == "tonexty"]
    assert len(bands) == 2 and all(max(band.y) <= 100 for band in bands)
    assert f"<b>98{NBSP}%</b> Large" in texts(figure) and "Small &lt;b&gt;" in texts(figure)


def test_a_curve_ends_where_few_are_left():
    few = tenures((100, True, 10), (200, False, 20), (300, True, 2), (400, False, 2))
    assert survival.shown(few)["days"].tolist() == [0, 100, 200]


def test_the_scale_of_curves_ends_at_all():
    for curves in ({"Large": STAYERS}, {"Small": LEAVERS}):
        ticks = survival.figure(curves, LIGHT, F).layout.yaxis.ticktext
        assert ticks[0] == f"100{NBSP}%" and len(ticks) > 1


def test_four_curves_are_drawn_and_long_ones_thinned():
    many = {str(n): STAYERS for n in range(6)}
    figure = survival.figure(many, LIGHT, F)
    assert len([trace for trace in figure.data if trace.hovertemplate]) == survival.MOST
    long = tenures(*[(day, True, 1) for day in range(1, 1000)], (1000, False, 500))
    assert len(survival.shown(long)) == survival.POINTS + 1


def test_the_words_for_curves_give_share_interval_and_who_left():
    said = survival.alt({"Large": STAYERS}, F)
    assert f"Large: 98{NBSP}% (92{NBSP}% to 99{NBSP}%) stay longer than 10.0 years, 2 of 100 have left" in said


@given(st.lists(st.floats(0, 1), min_size=1, max_size=4))
def test_labels_of_curves_never_touch(values):
    placed = survival.apart(sorted(values, reverse=True), 0.05)
    assert all(above - below >= 0.05 - 1e-9 for above, below in pairwise(placed))


DUE = pd.DataFrame(
    [
        ("2026 Q4", date(2026, 10, 1), "open", False, "red", 10.0),
        ("2026 Q4", date(2026, 10, 1), "cancelled", False, "green", 30.0),
        ("2027 Q1", date(2027, 1, 1), "open", False, "stale", 5.0),
        (None, None, "open", True, "red", 99.0),
    ],
    columns=["quarter", "quarter_on", "state", "is_later", "status", "arr"],
).astype({"quarter_on": "datetime64[us]"})
AS_OF = date(2026, 11, 22)


def test_quarters_add_up_by_status_and_leave_out_what_ends_later():
    found = renewals.by_quarter(DUE)
    assert found["quarter"].tolist() == ["2026 Q4", "2027 Q1"]
    assert found[["red", "amber", "green", "other"]].to_numpy().tolist() == [[10, 0, 30, 0], [0, 0, 0, 5]]
    assert found["arr"].tolist() == [40, 5] and found["cancelled"].tolist() == [30, 0]


@TONES
def test_red_lies_on_the_zero_line_and_what_has_no_score_is_hatched(tone):
    figure = renewals.figure(renewals.by_quarter(DUE), tone, F, "2027 Q1", AS_OF)
    assert figure.data[0].marker.color == tone["red"]
    assert figure.layout.barmode == "stack" and list(figure.data[0].y) == [10, 0]
    assert figure.data[3].marker.pattern.shape == "/" and list(figure.data[3].y) == [0, 5]
    assert list(figure.data[0].customdata) == ["?quarter=2026 Q4", "?quarter=2027 Q1"]
    assert list(figure.data[0].marker.line.width) == [1, 2.5]
    assert "2026 Q4, the rest<br>$30 cancelled" in figure.layout.xaxis.ticktext[0]
    assert "the rest" not in figure.layout.xaxis.ticktext[1]


def test_the_words_for_renewals_say_what_is_red_and_cancelled():
    said = renewals.alt(renewals.by_quarter(DUE), "Vendor Risk", F)
    assert said == (
        "ARR whose terms end, by fiscal quarter and status in Vendor Risk: "
        "2026 Q4 $40, $10 of it red and $30 cancelled; 2027 Q1 $5, $0 of it red."
    )
    nothing = renewals.by_quarter(DUE.iloc[:0])
    assert renewals.alt(nothing, "Vendor Risk", F) == "No term ends within the calendar."
    renewals.figure(nothing, LIGHT, F, None, AS_OF)
