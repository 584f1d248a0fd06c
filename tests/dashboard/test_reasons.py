"""Why an account moved: the measure that pushed its view most, in that measure's own words."""

import pandas as pd

from dashboard.format import Formats
from dashboard.reads import Card, Place
from dashboard.reasons import Why, indexed, most_named, why

F = Formats()


def place(name: str, share: float, says: str = "{value} {unit}, was {before}", unit: str = "cases") -> Place:
    return Place(name, "g", "Group", name, name.capitalize(), unit, says, "Support", 5, 1, share, True, (), "")


CARD = Card(
    "vendor_risk", "Vendor Risk", "?", "vendor", "board", False, False, (place("heavy", 0.7), place("light", 0.3))
)


def test_the_measure_that_weighs_most_in_the_move_explains_it():
    now = {"heavy": (6.0, 40.0, "red"), "light": (9.0, 0.0, "red")}
    before = {"heavy": (2.0, 90.0, "amber"), "light": (1.0, 100.0, "green")}
    found = why(CARD, -1, now, before, F)
    assert (found.words, found.place) == ("6 cases, was 2", CARD.places[0])


def test_only_what_pushed_the_same_way_explains_a_move():
    now = {"heavy": (1.0, 100.0, "green"), "light": (9.0, 0.0, "red")}
    before = {"heavy": (2.0, 90.0, "amber"), "light": (1.0, 100.0, "green")}
    assert why(CARD, -1, now, before, F).words == "9 cases, was 1"
    assert why(CARD, +1, now, before, F).words == "1 cases, was 2"


def test_a_measure_that_stopped_to_count_is_named_with_its_state():
    now = {"heavy": (None, None, "stale"), "light": (1.0, 50.0, "amber")}
    before = {"heavy": (1.0, 100.0, "green"), "light": (1.0, 50.0, "amber")}
    assert why(CARD, -1, now, before, F).words == "Heavy no longer counts: stale"  # type: ignore[dict-item]
    assert why(CARD, +1, before, now, F).words == "Heavy counts for the first time"  # type: ignore[dict-item]


def test_where_nothing_explains_it_nothing_is_made_up():
    same = {"heavy": (1.0, 100.0, "green")}
    assert why(CARD, -1, same, same, F) == Why("several measures moved a little", None)


def test_a_measure_without_a_value_of_its_own_speaks_in_points():
    now, before = {"heavy": (None, 40.0, "red")}, {"heavy": (None, 90.0, "amber")}
    assert why(CARD, -1, now, before, F).words == "Heavy: 40 points, was 90"  # type: ignore[dict-item]


def test_braces_and_formats_of_a_says_are_text():
    card = Card("v", "V", "?", "vendor", "", False, False, (place("odd", 1.0, "{0.__class__} {value} {nobody}"),))
    assert (
        why(card, -1, {"odd": (6.0, 0.0, "red")}, {"odd": (2.0, 9.0, "amber")}, F).words == "{0.__class__} 6 {nobody}"
    )


def test_rows_are_found_by_account_and_view_with_the_week_before_beside():
    rows = pd.DataFrame(
        {
            "account_id": [1, 1], "view": "v", "entry": ["e", "gone"], "value": [1.0, None], "points": [10.0, None],
            "status": ["red", None], "value_before": [2.0, 4.0], "points_before": [20.0, 30.0],
        }
    )  # fmt: skip
    now, before = indexed(rows)[1, "v"]
    assert now == {"e": (1.0, 10.0, "red")}
    assert before == {"e": (2.0, 20.0, ""), "gone": (4.0, 30.0, "")}


def test_most_of_the_moves_have_one_measure_or_none_does():
    heavy, light = (Why("", one) for one in CARD.places)
    assert most_named([heavy, heavy, light, Why("", None)]) == (CARD.places[0], 2)
    assert most_named([heavy, light]) is None
    assert most_named([]) is None
