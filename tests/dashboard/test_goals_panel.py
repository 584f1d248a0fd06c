"""Goals: what was known in a week, how each stands, its bullet graph, and what is said of many."""

import re
from datetime import date

import pytest

from dashboard.findings import goals as told
from dashboard.format import Formats
from dashboard.panels import bullets
from dashboard.reads import EVERYTHING, Scope
from dashboard.reads import goals as reads
from dashboard.records import records
from dashboard.screens import goals as screen
from tests.dashboard.made import AS_OF
from tests.dashboard.pages import html, text, titles

F = Formats()
OCTOBER = date(2026, 10, 25)


def goal(baseline=9.0, target=4.0, actual=6.0, **more):
    return {
        "objective": "Mis-picks",
        "unit": "per thousand",
        "baseline": baseline,
        "target": target,
        "actual": actual,
    } | more


def widths(picture):
    """Width of each rectangle by its fill."""
    return {
        fill: float(w) for w, fill in re.findall(r'<rect [^>]*?width="([\d.]+)"[^>]*?fill="var\(--(\w+)\)"', picture)
    }


def of_account(looking, week=AS_OF, account=1, scope=EVERYTHING):
    found = reads.of_account(looking("usual").generation, scope, account, week, week == AS_OF)
    return {row["goal_id"]: row for row in records(found)}


def test_a_bullet_runs_from_zero_with_where_it_began_behind_it():
    picture = str(bullets.figure(goal(8, 4, 2), F, width=104))
    assert widths(picture)["normal"] == pytest.approx(100 / 1.06, abs=0.2)
    assert widths(picture)["ink"] in (pytest.approx(25 / 1.06, abs=0.2), 3)
    assert 'x="47.7"' in picture, "the target's mark: half of what it began at"


def test_a_bullet_without_a_measurement_has_no_bar_and_says_so():
    picture = str(bullets.figure(goal(actual=None), F))
    assert 'height="7"' not in picture
    assert "Mis-picks: began at 9 per thousand, target 4 per thousand, not measured yet" in picture


def test_a_value_below_zero_is_a_dot_since_a_bar_needs_its_zero():
    picture = str(bullets.figure(goal(-3, 2, 1), F))
    assert picture.count("<circle") == 2 and 'height="7"' not in picture


def test_what_a_customer_called_a_goal_is_text():
    picture = str(bullets.figure(goal(objective="<script>alert(1)</script>"), F))
    assert "<script" not in picture and "&lt;script&gt;" in picture


def test_the_goals_of_an_account_stand_late_first_then_ahead_then_reached(looking):
    found = of_account(looking)
    assert [(key, row["state"]) for key, row in found.items()] == [
        ("G1", "late"),
        ("G3", "on the way"),
        ("G2", "reached"),
    ]
    assert found["G1"]["actual"] == 6 and found["G3"]["actual"] is None
    assert (found["G2"]["value"], found["G2"]["rating"]) == (21000, 4)


def test_a_week_before_knows_only_what_was_known_then(looking):
    july = of_account(looking, date(2026, 7, 5))
    assert list(july) == ["G2", "G1"], "agreed in September is not known yet"
    assert (july["G2"]["state"], july["G2"]["actual"], july["G2"]["value"]) == ("late", None, None)
    assert july["G1"]["actual"] is None, "what an open goal has reached so far has no date"
    rated = of_account(looking, date(2026, 7, 26))["G2"]
    assert (rated["state"], rated["rating"]) == ("reached", None), "reached in July, rated in August"


def test_goals_obey_the_scope(looking):
    nobody = Scope(csm=("nobody",))
    look = looking("usual")
    assert not of_account(looking, scope=nobody)
    assert reads.counts(look.generation, nobody, AS_OF, True).empty
    assert reads.of_largest(look.generation, nobody, AS_OF, True, "", 10, 0).empty


def test_the_counts_are_by_goal_and_by_account(looking):
    rows = {row["state"]: row for row in records(reads.counts(looking("usual").generation, EVERYTHING, AS_OF, True))}
    assert {state: (row["goals"], row["accounts"]) for state, row in rows.items()} == {
        "late": (1, 1), "on the way": (2, 2), "reached": (2, 2),
    }  # fmt: skip


def test_the_panel_of_an_account_names_the_late_goal_and_by_how_much(looking):
    page = html(looking("usual", "accounts?account=001000"))
    assert "One of two open goals is late: <b>Mis-picks</b> is 15 days over" in titles(page)
    words = text(page)
    assert "late by 15 days" in words and "9 → 4 per thousand" in words
    assert "reached 10 Jul 2026, 10 days late" in words and "$21,000 of value and rated 4 of 5" in words.replace(
        "$21K", "$21,000"
    )


def test_the_view_lists_the_goals_of_the_largest_with_a_chip_per_state(looking):
    every = screen.of_largest(looking("usual", "client_outcomes"))
    late = screen.of_largest(looking("usual", "client_outcomes?state=late"))
    reached = screen.of_largest(looking("usual", "client_outcomes?state=reached"))
    assert str(every).count('class="bullet"') == 4, "one was reached more than half a year ago"
    assert str(reached).count('class="bullet"') == 2 and str(late).count('class="bullet"') == 1
    assert "1 goal is late at 1 account that pays" in titles(str(every))[0]
    assert "Late 1" in text(str(every)) and "On the way 2" in text(str(every)) and "Reached 2" in text(str(every))


def test_without_goals_the_panel_says_which_columns_to_connect(looking):
    for page in (
        html(looking("partly connected", "accounts?account=001000")),
        str(screen.of_largest(looking("partly connected", "client_outcomes"))),
    ):
        assert "Not connected: goals" in text(page) and "goals.baseline" in text(page)
        assert 'class="bullet"' not in page


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ([], "No goal is agreed with them"),
        (["reached"], "The one goal agreed is reached"),
        (["reached", "reached"], "All two goals are reached"),
        (["on the way", "reached"], "No goal is late; the next, mis-picks, is due 31 Jan 2027; one is reached"),
        (["late"], "The one open goal is late: mis-picks is 15 days over"),
    ],
)
def test_what_the_goals_of_one_account_say(looking, states, said):
    due = {"late": date(2026, 10, 31), "on the way": date(2027, 1, 31), "reached": date(2026, 5, 1)}
    goals = [goal(state=state, due_on=due[state]) for state in states]
    assert told.of_account(goals, AS_OF, looking("usual").voice) == said


def test_no_goal_late_is_said_quietly(looking):
    counts = {"on the way": {"goals": 3, "accounts": 2, "arr": 1.0}, "reached": {"goals": 5, "accounts": 2, "arr": 1.0}}
    assert told.of_all(counts, looking("usual").voice) == "No goal is late; 3 goals are on the way, 5 reached"


def test_a_reached_goal_says_how_late_it_was_and_one_before_its_day_does_not():
    at = {"state": "reached", "reached_on": date(2026, 7, 10), "due_on": date(2026, 6, 30)}
    assert told.state(at, AS_OF, F) == "reached 10 Jul 2026, 10 days late"
    assert told.state(at | {"reached_on": date(2026, 6, 30)}, AS_OF, F) == "reached 30 Jun 2026"
