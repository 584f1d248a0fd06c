"""Why a score moved: steps with contributions that add up, checked by head and against every account of the sample."""

from dataclasses import replace
from datetime import timedelta

import pytest

from metrics.one_account import Account, CapRule, Definition, Place, Reading, Rule, Value
from metrics.why import CAP, GROUPS, HAND, Explanation, Side, explain
from tests.metrics.conftest import AS_OF
from tests.metrics.test_one_account import definitions, readings

BEFORE = AS_OF - timedelta(weeks=4)


def place(name: str, red: float = 0, green: float = 10, weight: float = 1, grp: str = "g", **more: object) -> Place:
    """A place whose points are ten times its value."""
    exceptions = more.pop("exceptions", ())
    return Place(name, grp, name, (*exceptions, Rule(red, green, weight)), **more)


def view(*places: Place, groups: dict[str, float] | None = None, caps: tuple[CapRule, ...] = ()) -> Definition:
    return Definition("vendor_risk", groups or {"g": 1.0}, places, caps)


def week(
    definition: Definition, day=AS_OF, account: Account | None = None, override=None, **values: float | None
) -> Side:
    """A week in which these measures have these values; None is NA."""
    rows = {(name, ""): Value(value or 0, 0 if value is None else 1) for name, value in values.items()}
    return Side(definition, account or Account(), Reading(day, rows), override)


def told(found: Explanation) -> list[tuple[str, str, float | None]]:
    return [(step.kind, step.subject, None if step.points is None else round(step.points, 9)) for step in found.steps]


TWO = view(place("a"), place("b"))


def test_each_measure_contributes_what_its_points_do_to_the_mean():
    found = explain(week(TWO, BEFORE, a=8, b=6), week(TWO, a=2, b=7))
    assert (found.before.points, found.after.points, found.change) == (70, 45, -25)
    assert told(found) == [("values", "a", -30), ("values", "b", 5)]


def test_a_value_that_moves_beyond_its_threshold_contributes_nothing():
    found = explain(week(TWO, BEFORE, a=12, b=6), week(TWO, a=15, b=6))
    assert told(found) == [("values", "a", 0)]


def test_data_comes_before_values():
    found = explain(week(TWO, BEFORE, a=8), week(TWO, a=6, b=4))
    assert told(found) == [("data", "b", -20), ("values", "a", -10)]


def test_what_becomes_na_leaves_the_mean():
    found = explain(week(TWO, BEFORE, a=8, b=4), week(TWO, a=8, b=None))
    assert told(found) == [("data", "b", 20)]
    assert (found.steps[0].old.status, found.steps[0].new.status) == ("amber", "na")


def test_a_row_that_grew_too_old_is_data_that_went():
    yearly = view(place("a"), place("b", valid_days=30))
    old = Value(4, 1, BEFORE)
    then = Side(yearly, Account(), Reading(BEFORE, {("a", ""): Value(8, 1), ("b", ""): old}))
    later = AS_OF + timedelta(weeks=4)
    now = Side(yearly, Account(), Reading(later, {("a", ""): Value(8, 1), ("b", ""): old}))
    assert told(explain(then, now)) == [("data", "b", 20)]
    assert explain(then, now).steps[0].new.status == "stale"


def test_everything_replaced_still_adds_up():
    """When b goes and a comes there is a moment without any measure; the score stands still in it."""
    found = explain(week(view(place("b"), place("a")), BEFORE, b=9), week(view(place("b"), place("a")), a=6))
    assert told(found) == [("data", "b", 0), ("data", "a", -30)]


def test_an_exception_that_no_longer_fits():
    """Younger than 60 days it is NA; then it counts with 20 points beside 80."""
    too_new = Rule(0, 10, 1, is_na=True, age_to=60)
    growing = view(place("a"), place("b", exceptions=(too_new,)))
    found = explain(
        week(growing, BEFORE, Account(age_days=40), a=8, b=2), week(growing, account=Account(age_days=68), a=8, b=2)
    )
    assert told(found) == [("exceptions", "b", -30)]


def test_another_threshold_by_age():
    lenient = Rule(0, 5, 1, age_to=180)
    growing = view(place("a", exceptions=(lenient,)))
    found = explain(
        week(growing, BEFORE, Account(age_days=170), a=4), week(growing, account=Account(age_days=198), a=5)
    )
    assert told(found) == [("values", "a", 20), ("exceptions", "a", -50)]


def test_a_cap_that_fires_takes_what_is_above_it():
    capped = view(place("a"), place("b"), caps=(CapRule("support is down", 40, "red", measure="a"),))
    found = explain(week(capped, BEFORE, a=8, b=8), week(capped, a=0, b=10))
    assert told(found) == [("values", "a", -40), ("values", "b", 10), ("exceptions", CAP, -10)]
    assert found.after.score.cap.name == "support is down"


def test_an_override_comes_last():
    found = explain(week(TWO, BEFORE, a=8, b=6), week(TWO, override=25, a=6, b=6))
    assert told(found) == [("values", "a", -10), ("override", HAND, -35)]


def test_while_an_override_stands_nothing_else_moves_the_score():
    found = explain(week(TWO, BEFORE, override=25, a=8, b=6), week(TWO, a=6, b=6))
    assert told(found) == [("values", "a", 0), ("override", HAND, 35)]
    assert found.change == 35


def test_a_threshold_that_changed_is_told_on_the_rows_of_the_first_week():
    stricter = view(place("a", green=20), place("b"))
    found = explain(week(TWO, BEFORE, a=8, b=6), week(stricter, a=8, b=7))
    assert told(found) == [("definition", "a", -20), ("values", "b", 5)]


def test_measures_that_join_leave_and_weigh_otherwise():
    wider = view(place("a", weight=3), place("c"), groups={"g": 1.0})
    found = explain(week(TWO, BEFORE, a=8, b=4, c=2), week(wider, a=8, b=4, c=2))
    # b and a weigh one each; the weight of a alone is compared with its new three, so a does not change by itself.
    assert [(kind, subject) for kind, subject, _ in told(found)] == [("definition", "c"), ("definition", "b")]
    assert found.change == pytest.approx(sum(step.points for step in found.steps)) == (8 * 3 + 2) / 4 * 10 - 60


def test_weights_on_another_scale_are_no_change():
    hundreds = view(place("a", weight=100), place("b", weight=100), groups={"g": 50.0})
    assert told(explain(week(TWO, BEFORE, a=8, b=4), week(hundreds, a=8, b=4))) == []


def test_weights_of_groups():
    def grouped(g: float, h: float) -> Definition:
        return view(place("a"), place("b", grp="h"), groups={"g": g, "h": h})

    found = explain(week(grouped(1, 1), BEFORE, a=8, b=4), week(grouped(3, 1), a=8, b=4))
    assert told(found) == [("definition", GROUPS, 10)]


def test_an_unscored_week_has_steps_but_no_contributions():
    """One of three measures is too little for a score: what came is named, in no number."""
    three = view(place("a"), place("b"), place("c"))
    found = explain(week(three, BEFORE, a=8), week(three, a=8, b=6))
    assert (found.before.points, found.before.score.status, found.change) == (None, "insufficient data", None)
    assert told(found) == [("data", "b", None)]
    assert found.by_kind() == {}


def test_the_same_week_twice_has_no_steps():
    assert explain(week(TWO, a=8, b=4), week(TWO, a=8, b=4)).steps == ()


def test_contributions_of_the_sample_add_up_to_the_change_for_every_account_and_view(sample):
    weeks = [day for (day,) in sample.execute("select as_of from weeks where is_shown order by as_of desc").fetchall()]
    stored = {
        (name, account, day): points
        for name, account, day, points in sample.execute(
            "select view, account_id, as_of, points from view_scores where as_of in ($a, $b)",
            {"a": weeks[0], "b": weeks[8]},
        ).fetchall()
    }
    before, after = readings(sample, weeks[8]), readings(sample, weeks[0])
    n_explained = 0
    for name, definition in definitions(sample).items():
        for account in before.keys() & after.keys():
            found = explain(Side(definition, *before[account]), Side(definition, *after[account]))
            then, now = stored[name, account, weeks[8]], stored[name, account, weeks[0]]
            assert (found.change is None) == (then is None or now is None)
            if found.change is not None:
                n_explained += 1
                assert sum(step.points for step in found.steps) == pytest.approx(now - then, abs=1e-9)
                assert sum(found.by_kind().values()) == pytest.approx(now - then, abs=1e-9)
                assert not found.steps or found.steps[-1].at == pytest.approx(now, abs=1e-9)
    assert n_explained > 1500


def test_a_stricter_definition_of_the_sample_still_adds_up(sample):
    """Half of all thresholds and a weight change: the contributions go from the old score to the new one."""
    (day,) = sample.execute("select max(as_of) from weeks where is_shown").fetchone()
    known = readings(sample, day)
    for definition in definitions(sample).values():
        places = tuple(
            replace(each, rules=tuple(replace(r, green=2 * r.green - r.red, weight=nth + 1) for r in each.rules))
            if nth % 2 == 0 else each
            for nth, each in enumerate(definition.places)
        )  # fmt: skip
        for account in list(known)[:60]:
            found = explain(
                Side(definition, *known[account]), Side(replace(definition, places=places), *known[account])
            )
            if found.change is not None:
                assert sum(step.points for step in found.steps) == pytest.approx(found.change, abs=1e-9)
                assert {step.kind for step in found.steps} <= {"definition"}
