"""Contract rule 7 at its edges: measures at their thresholds, groups, views and means at 50 and 75."""

import pytest

from tests.metrics.conftest import card, entry, measure


def states(scored, *columns: str) -> dict[str, tuple]:
    """Columns of `recent` by measure, of rows that are no single items."""
    rows = scored.engine.rows(
        f"select e.measure, {', '.join('r.' + name for name in columns)} from recent as r "
        "join entries as e on e.entry_no = r.entry_no where r.item = ''"
    )
    return {row[0]: tuple(row[1:]) for row in rows.itertuples(index=False)}


@pytest.mark.parametrize(
    ("red", "green", "value", "status"),
    [
        (0.990, 0.999, (999, 1000), "green"), (0.990, 0.999, (9989, 10000), "amber"),
        (0.990, 0.999, (990, 1000), "red"), (0.990, 0.999, (9901, 10000), "amber"),
        (1.5, 1.0, (30, 30), "green"), (1.5, 1.0, (31, 30), "amber"), (1.5, 1.0, (45, 30), "red"),
        (1.5, 1.0, (44, 30), "amber"), (5, 1, (1, 1), "green"), (5, 1, (5, 1), "red"), (5, 1, (2, 1), "amber"),
        (0, 1, (0, 1), "red"), (0, 1, (1, 1), "green"), (0.3, 0.1, (3, 10), "red"), (0.3, 0.1, (1, 10), "green"),
    ],
)  # fmt: skip
def test_a_measure_is_green_and_red_at_its_thresholds_and_amber_between(scored, red, green, value, status):
    scored(card([entry("m", red=red, green=green)]), [("m", "a", *value)])
    assert states(scored, "status") == {"m": (status,)}


THIRDS = card([entry("m")], [entry("k")], [entry("j")])
SEVENTHS = card(*[[entry(name)] for name in "mkjhgfe"])


@pytest.mark.parametrize(
    ("values", "points", "status"),
    [
        ((0.0, 0.5, 1.0), 50, "red"), ((0.1, 0.4, 1.0), 50, "red"), ((0.5, 0.75, 1.0), 75, "amber"),
        ((0.55, 0.7, 1.0), 75, "amber"), ((0.0, 0.5, 1.000), 50, "red"), ((0.0, 0.503, 1.0), 50.1, "amber"),
        ((0.5, 0.753, 1.0), 75.1, "green"), ((1.0, 1.0, 1.0), 100, "green"), ((0.0, 0.0, 0.0), 0, "red"),
    ],
)  # fmt: skip
def test_a_view_of_thirds_at_50_is_red_and_at_75_amber(scored, values, points, status):
    """A third has no exact binary fraction: 50 must be 50 whatever the order of the sum."""
    row = scored(THIRDS, [(name, "a", value, 1) for name, value in zip("mkj", values, strict=True)]).loc["a"]
    assert (row["points"], row["status"]) == (points, status)


@pytest.mark.parametrize(("total", "status"), [(3.5, "red"), (3.501, "amber"), (5.25, "amber"), (5.251, "green")])
def test_a_view_of_sevenths_keeps_its_edge(scored, total, status):
    values = [total / 7 + shift for shift in (-0.2, 0.2, -0.1, 0.1, -0.05, 0.05, 0)]
    row = scored(SEVENTHS, [(name, "a", value, 1) for name, value in zip("mkjhgfe", values, strict=True)]).loc["a"]
    assert row["status"] == status


@pytest.mark.parametrize(
    ("first", "second", "status"), [(0.0, 1.0, "red"), (0.01, 1.0, "amber"), (0.5, 1.0, "amber"), (0.51, 1.0, "green")]
)
def test_a_group_has_the_bands_of_a_view(scored, first, second, status):
    scored(card([entry("m"), entry("k")]), [("m", "a", first, 1), ("k", "a", second, 1)])
    assert scored.engine.rows("select status from group_now")["status"].tolist() == [status]


@pytest.mark.parametrize(
    ("units", "status"),
    [((0, 2), "red"), ((0, 2.1), "red"), ((0.1, 2), "amber"), ((1, 2), "amber"), ((1.1, 2), "green")],
)
def test_a_mean_over_items_has_the_bands_of_a_view_and_its_items_those_of_a_measure(scored, units, status):
    owned = {"m": measure("m", item="product")}
    scored(card([entry("m", red=0, green=2)]), [("m", "a", n, 1, f"p{n}") for n in units], measures=owned)
    assert states(scored, "status") == {"m": (status,)}
    items = scored.engine.rows("select item, status from recent where item <> '' order by item")
    assert items["status"].iloc[-1] == "green"  # two units or more, whatever the mean


def test_a_view_below_50_without_a_red_measure_is_red(scored):
    row = scored(card([entry("m")]), [("m", "a", 40, 100)]).loc["a"]
    assert (row["points"], row["status"]) == (40, "red")
    assert states(scored, "status", "points") == {"m": ("amber", 40)}


@pytest.mark.parametrize(("valid", "status"), [("mk", "green"), ("m", "insufficient data")])
def test_half_coverage_is_enough_and_less_is_not(scored, valid, status):
    four = card([entry(name) for name in "mkjh"])
    row = scored(four, [(name, "a", 1, 1) for name in valid]).loc["a"]
    assert row["status"] == status
    assert row["coverage"] == pytest.approx(len(valid) / 4)
