"""Caps: the first whose condition holds leaves a view so many points at most, and says so."""

from typing import Any

import pytest

from metrics.catalog import Cap, Scorecard
from tests.metrics.conftest import card, entry, measure


def capped(base: Scorecard, *caps: dict[str, Any]) -> Scorecard:
    """A scorecard with caps, red and 50 where they do not say otherwise."""
    written = [{"name": f"cap {nth}", "is": "red", "most": 50} | cap for nth, cap in enumerate(caps, start=1)]
    return base.model_copy(update={"caps": tuple(Cap.model_validate(cap) for cap in written)})


def fired(scored) -> dict[str, str | None]:
    rows = scored.engine.rows(
        "select v.account_id, r.cap from view_scores as v left join view_ranges as r on r.account_id = v.account_id"
    )
    return {name: None if cap != cap else cap for name, cap in zip(rows["account_id"], rows["cap"], strict=True)}


FOUR = card([entry(name) for name in "mkjh"])


def values(account: str = "a", **of: float) -> list[tuple[Any, ...]]:
    return [(name, account, of.get(name, 1), 1) for name in "mkjh"]


def test_a_red_measure_holds_the_view_down(scored):
    row = scored(capped(FOUR, {"measure": "m"}), values(m=0)).loc["a"]
    assert (row["points"], row["status"], fired(scored)) == (50, "red", {"a": "cap 1"})


def test_it_does_not_fire_while_the_measure_is_in_another_band(scored):
    row = scored(capped(FOUR, {"measure": "m"}), values(m=0.01)).loc["a"]
    assert (row["points"], fired(scored)) == (pytest.approx(75.25), {"a": None})


def test_points_that_are_lower_stay_and_no_cap_is_named(scored):
    row = scored(capped(FOUR, {"measure": "m"}), values(m=0, k=0, j=0)).loc["a"]
    assert (row["points"], fired(scored)) == (25, {"a": None})


def test_the_first_in_the_file_counts_even_where_the_second_is_lower(scored):
    both = capped(FOUR, {"measure": "m", "most": 70}, {"measure": "k", "most": 40})
    rows = scored(both, [*values(m=0, k=0.9), *values("b", m=0.9, k=0)], [{"account_id": "a"}, {"account_id": "b"}])
    assert rows["points"].to_dict() == {"a": 70, "b": 40}
    assert scored(both, values(m=0, k=0, j=1, h=1)).loc["a", "points"] == 50  # the mean is lower than the first leaves


@pytest.mark.parametrize(
    ("band", "first", "points"),
    [("amber", 0.5, 60), ("amber", 0, 75), ("green", 1, 60), ("green", 0.99, pytest.approx(99.75))],
)
def test_a_cap_may_ask_for_any_band(scored, band, first, points):
    one = capped(FOUR, {"measure": "m", "is": band, "most": 60})
    assert scored(one, values(m=first)).loc["a", "points"] == points


def test_a_group_is_asked_by_its_mean(scored):
    two = capped(card([entry("m"), entry("k")], [entry("j")], weights=(1, 9)), {"group": "g0", "most": 60})
    rows = [
        ("m", "a", 0, 1),
        ("k", "a", 1, 1),
        ("j", "a", 1, 1),
        ("m", "b", 0.1, 1),
        ("k", "b", 1, 1),
        ("j", "b", 1, 1),
    ]
    scores = scored(two, rows, [{"account_id": "a"}, {"account_id": "b"}])
    assert scores["points"].to_dict() == {"a": 60, "b": pytest.approx(95.5)}


def test_a_mean_over_items_is_red_up_to_50(scored):
    owned = {"m": measure("m", item="product")}
    one = capped(card([entry("m", red=0, green=2)], [entry("k")]), {"measure": "m", "most": 40})
    rows = scored(one, [("m", "a", 1, 1, "p1"), ("k", "a", 1, 1)], measures=owned)
    assert rows.loc["a", "points"] == 40


@pytest.mark.parametrize(
    ("lost", "left"),
    [
        ({"values": []}, "no data"),
        ({"values": [("m", "a", 0, 0)]}, "NA"),
        ({"values": [("m", "a", 0, 1)], "missing": {"m": ["tickets"]}}, "not connected"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_missing_never_fires(scored, lost, left):
    rows = [*lost.pop("values"), ("k", "a", 1, 1), ("j", "a", 1, 1), ("h", "a", 1, 1)]
    row = scored(capped(FOUR, {"measure": "m"}), rows, **lost).loc["a"]
    assert (row["points"], fired(scored)) == (100, {"a": None}), left


def test_a_group_that_is_mostly_missing_never_fires(scored):
    three = card([entry("m"), entry("k"), entry("j")], [entry("h")])
    rows = [("m", "a", 0, 1), ("h", "a", 1, 1)]
    row = scored(capped(three, {"group": "g0", "most": 10}), rows).loc["a"]
    assert (row["points"], fired(scored)) == (50, {"a": None})


def test_without_a_score_there_is_nothing_to_hold(scored):
    row = scored(capped(FOUR, {"measure": "m", "most": 0}), [("m", "a", 0, 1)]).loc["a"]
    assert (row["status"], fired(scored)) == ("insufficient data", {"a": None})


def test_coverage_and_counts_are_those_of_the_measures(scored):
    free, held = scored(FOUR, values(m=0)).loc["a"], scored(capped(FOUR, {"measure": "m"}), values(m=0)).loc["a"]
    columns = ["coverage", "n_measures", "n_connected"]
    assert held[columns].tolist() == free[columns].tolist() == [1, 4, 4]


def test_caps_say_in_words_what_they_hold(scored):
    labels = {"m": measure("m", label="Sponsor left"), "k": measure("k", item="dimension", label="Level")}
    base = card([entry("m"), entry("k", item="use_cases"), entry("j")])
    caps = capped(base, {"measure": "m"}, {"measure": "k:use_cases", "is": "amber", "most": 62.5}, {"group": "g0"})
    scored(caps, [], measures=labels)
    rows = scored.engine.rows("select nth, name, words, most from caps order by nth")
    assert [tuple(row) for row in rows.itertuples(index=False)] == [
        (1, "cap 1", "Sponsor left is red: 50 points at most", 50),
        (2, "cap 2", "Level, use cases is amber: 62.5 points at most", 62.5),
        (3, "cap 3", "G0 is red: 50 points at most", 50),
    ]


def test_a_cap_of_vendor_expansion_speaks_its_words(scored):
    scored(capped(card([entry("m")], name="vendor_expansion"), {"measure": "m"}), [])
    assert scored.engine.rows("select words from caps")["words"].tolist() == ["m is untapped: 50 points at most"]
