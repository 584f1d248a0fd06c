"""Shapes: every state has its own, Expansion its own hues, and nothing but numbers and our words is markup."""

import re

from dashboard import marks


def test_every_state_has_a_shape_and_a_word_of_its_own():
    shapes = {str(marks.glyph(state)) for state in marks.STATES}
    words = {marks.word(state) for state in marks.STATES}
    assert len(shapes) == len(words) == len(marks.STATES)


def test_expansion_never_borrows_the_alarm():
    for state in marks.SCORED:
        drawn = str(marks.status(state, expansion=True))
        assert "--red" not in drawn and "--amber" not in drawn and "--green" not in drawn
    assert marks.word("red", expansion=True) == "Untapped"


def test_a_state_nobody_knows_is_no_data():
    assert marks.word("purple") == marks.word(None) == "No data"


def test_the_seven_mark_keeps_its_order_and_says_it_in_words():
    states = {"vendor_risk": "red", "vendor_expansion": "green", "client_outcomes": None}
    titles = {
        "vendor_risk": "Vendor Risk",
        "vendor_expansion": "Vendor <Expansion>",
        "client_outcomes": "Client Outcomes",
    }
    drawn = str(marks.seven(states, titles))
    assert 'aria-label="Vendor Risk Red, Vendor &lt;Expansion&gt; Penetrated, Client Outcomes No data"' in drawn
    places = [float(x) for x in re.findall(r"translate\(([\d.]+),0\)", drawn)]
    assert places[1] - places[0] < places[2] - places[1], "a gap stands between vendor and client"


def test_a_line_breaks_where_a_week_is_missing():
    drawn = str(marks.spark([1.0, 2.0, None, 2.0, 1.0], (0.5, 1.5, 2.5)))
    assert drawn.count("<polyline") == 2


def test_only_a_signal_has_a_ring_and_marks_its_outliers():
    quiet = str(marks.spark([1.0, 1.0, 9.0], (0.5, 1.0, 1.5)))
    loud = str(marks.spark([1.0, 1.0, 9.0], (0.5, 1.0, 1.5), is_signal=True))
    assert quiet.count("<circle") == 1
    assert loud.count("<circle") == 3 and 'fill="none" stroke="var(--ink)"' in loud


def test_a_flat_line_and_no_line_can_be_drawn():
    assert "NaN" not in str(marks.spark([0.0, 0.0, 0.0], (0.0, 0.0, 0.0)))
    assert "<polyline" not in str(marks.spark([None, None]))


def test_what_is_not_scored_keeps_its_share_of_the_bar():
    drawn = str(marks.bands({"green": 0.5, "amber": 0.2, "red": 0.1, "other": 0.2}))
    widths = [float(w) for w in re.findall(r"width:([\d.]+)%", drawn)]
    assert widths == [50, 20, 10, 20]
    assert "b-other" in drawn
