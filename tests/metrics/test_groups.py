"""Groups beside each other: their points and states, how long each is red, and their bands."""

from datetime import date, timedelta

import duckdb
import pandas as pd
import pytest

from metrics.engines import DuckEngine
from metrics.score.groups import group_now, red_weeks
from metrics.score.wide import STATES, Part, Plan
from tests.metrics.conftest import AS_OF, card, entry, measure

PLAN = Plan("vendor_risk", (Part(1, "support", 0.5), Part(3, "finance", 0.5)), ())


def states(scored, scorecard, values, **more):
    scored(scorecard, values, **more)
    rows = scored.engine.rows("select grp, points, status from group_now order by grp")
    return {row.grp: (None if row.points != row.points else row.points, row.status) for row in rows.itertuples()}


def test_a_group_is_the_weighted_mean_of_its_measures(scored):
    two = card([entry("m", weight=3), entry("k", weight=1)], [entry("j")], weights=(1, 9))
    rows = [("m", "a", 0.4, 1), ("k", "a", 0.8, 1), ("j", "a", 0.9, 1)]
    assert states(scored, two, rows) == {"g0": (50, "red"), "g1": (90, "green")}


@pytest.mark.parametrize(
    ("values", "more", "state"),
    [
        ([("m", "a", 0.9, 1)], {}, (None, "insufficient data")),
        ([("m", "a", 0.9, 1), ("k", "a", 0, 0)], {}, (90, "green")),
        ([("m", "a", 0, 0), ("k", "a", 0, 0), ("j", "a", 0, 0)], {}, (None, "na")),
        ([("m", "a", 0, 0), ("k", "a", 0, 0)], {}, (None, "no data")),
        ([], {}, (None, "no data")),
        ([], {"last_on": date(2026, 5, 31)}, (None, "stale")),
        ([("m", "a", 1, 1, "", date(2025, 1, 1))], {"measures": {"m": measure("m", valid_days=30)}}, (None, "stale")),
        ([("m", "a", 0.9, 1)], {"missing": {"k": ["x"], "j": ["x"]}}, (90, "green")),
    ],
)
def test_states_of_a_group_that_is_not_all_there(scored, values, more, state):
    three = card([entry("m"), entry("k"), entry("j")], [entry("h")])
    assert states(scored, three, [*values, ("h", "a", 1, 1)], **more)["g0"] == state


def test_a_group_nobody_connected_is_not_listed(scored):
    two = card([entry("m")], [entry("k")])
    assert states(scored, two, [("m", "a", 1, 1)], missing={"k": ["tickets"]}) == {"g0": (100, "green")}


def recent(**weeks: str) -> DuckEngine:
    """An engine with `recent_scores`: for each account the letters of its group `support`, the last one at AS_OF."""
    words = {"r": "red", "g": "green", "n": "no data"}
    rows = [
        (account, AS_OF - timedelta(weeks=len(letters) - 1 - nth), words[letter], STATES.index(words[letter]))
        for account, letters in weeks.items()
        for nth, letter in enumerate(letters)
        if letter != " "
    ]
    engine = DuckEngine(duckdb.connect())
    engine.put("typed", pd.DataFrame(rows, columns=["account_id", "day_on", "status", "status_1"]))
    engine.table(
        "recent_scores",
        """
        select
            account_id, cast(day_on as date) as as_of, 1 as cut_no, 10.0 as weight_arr, status_1, 4 as status_3,
            case status when 'red' then 20.0 when 'green' then 90.0 end as points_1, cast(null as double) as points_3
        from typed
        """,
    )
    engine.put("groups", pd.DataFrame([("vendor_risk", "support", 1), ("vendor_risk", "finance", 3)],
                                      columns=["view", "grp", "grp_no"]))  # fmt: skip
    engine.put("cuts", pd.DataFrame([(1, "Small", "EU", "Ada")], columns=["cut_no", "segment", "region", "csm"]))
    engine.table("red_weeks", red_weeks(PLAN), {"as_of": AS_OF})
    values = {"view": "vendor_risk", "as_of": AS_OF, "recent_after": AS_OF - timedelta(weeks=14)}
    engine.table("group_now", group_now(PLAN), values)
    return engine


def since(engine: DuckEngine, week: date = AS_OF) -> dict[str, tuple[int, bool] | None]:
    """Weeks each account has been red in a week, and whether it is longer than anybody looks back."""
    rows = engine.rows("select * from group_now where grp = 'support' and as_of = $week", {"week": week})
    return {
        row.account_id: None if pd.isna(row.since) else ((week - row.since.date()).days // 7 + 1, bool(row.is_older))
        for row in rows.itertuples()
    }


def test_a_red_is_as_old_as_its_unbroken_run():
    engine = recent(
        new="gggr", three="grrr", green="rrrg", mended="rrgr", gap="rr r", unknown="rnrr", always="rrrr", first="r"
    )
    assert since(engine) == {
        "new": (1, False), "three": (3, False), "green": None, "mended": (1, False), "gap": (1, False),
        "unknown": (2, False), "always": (4, False), "first": (1, False),
    }  # fmt: skip


def test_a_run_is_followed_for_26_weeks():
    engine = recent(below="g" + "r" * 25, exactly="g" + "r" * 26, over="r" * 40)
    assert since(engine) == {"below": (25, False), "exactly": (26, True), "over": (26, True)}


def test_every_recent_week_has_the_age_it_had_then():
    engine = recent(a="grrgrrr", long="r" * 39)
    ages = [since(engine, AS_OF - timedelta(weeks=back)).get("a") for back in range(7)]
    assert ages == [(3, False), (2, False), (1, False), None, (2, False), (1, False), None]
    assert since(engine, AS_OF - timedelta(weeks=13))["long"] == (26, True)
    assert engine.rows("select count(distinct as_of) as n from group_now")["n"].tolist() == [14]


def test_a_group_in_another_state_has_no_age():
    rows = recent(a="rr").rows("select since, is_older from group_now where grp = 'finance'")
    assert rows.isna().all(axis=None)


def test_every_account_of_the_sample_is_once_in_every_group(sample):
    assert not sample.execute(
        """
        with scored as (select as_of, count(*) as n from scored_weeks group by as_of),
        counted as (
            select view, grp, as_of, count(*) as n, count(distinct account_id) as accounts
            from group_now group by view, grp, as_of
        )
        select c.view, c.grp, c.as_of from counted as c join scored as s on s.as_of = c.as_of
        where s.n <> c.n or c.n <> c.accounts
        """
    ).fetchall()


def test_a_view_of_the_sample_is_the_mean_of_its_groups(sample):
    """Client Experience: five groups of equal weight; where all five have points and nothing caps or overrides it."""
    rows = sample.execute(
        """
        select v.points, avg(g.points)
        from view_scores as v
        join group_now as g on g.view = v.view and g.account_id = v.account_id and g.as_of = v.as_of
        where v.view = 'client_experience'
        group by v.account_id, v.as_of, v.points
        having count(g.points) = 5
        """
    ).fetchall()
    assert len(rows) > 100
    assert all(points == pytest.approx(mean) for points, mean in rows)
