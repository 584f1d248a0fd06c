"""Parent accounts: the worst status in the family and points weighed by ARR, never a bare mean."""

import duckdb
import pandas as pd
import pytest

from metrics.engines import DuckEngine
from metrics.reads import READS_FOLDER
from tests.metrics.folders import built

RISK = """
title = "Vendor Risk"
question = "What could make them leave?"
side = "vendor"
audience = "heads of functions"

[[groups]]
name = "support"
title = "Support"
owner = "head of Support"

[[groups.measures]]
name = "open_cases"
red = 10
green = 0
"""


def families(parents):
    """The families of accounts with these parents: {parent: sorted accounts}."""
    engine = DuckEngine(duckdb.connect())
    rows = [(account, parent) for account, parent in parents.items()]
    frame = pd.DataFrame(rows, columns=["account_id", "parent_account_id"])
    engine.put("accounts", frame.astype("Int64"))
    found = engine.rows((READS_FOLDER / "families.sql").read_text(encoding="utf-8"))
    return found.groupby("parent_id")["account_id"].agg(list).to_dict()


def test_a_family_is_the_parent_and_all_below_it():
    assert families({1: None, 2: 1, 3: 1, 4: 2, 5: 4, 6: None}) == {1: [1, 2, 3, 4, 5], 2: [2, 4, 5], 4: [4, 5]}


def test_accounts_below_themselves_count_once():
    assert families({1: 1, 2: 3, 3: 2}) == {2: [2, 3], 3: [2, 3]}


def account(name, parent="", arr=None, **more):
    return {"account_id": name, "name": name, "parent_account_id": parent, "joined_on": "2024-01-01", **more}


def line(name, arr):
    return {"subscription_id": name, "account_id": name, "starts_on": "2025-01-01", "arr": arr}


def cases(name, n):
    return [
        {"ticket_id": f"{name}{k}", "account_id": name, "opened_at": "2026-06-26 09:00:00", "closed_at": ""}
        for k in range(n)
    ]


CLOSED = {"ticket_id": "old", "account_id": "head", "opened_at": "2026-05-01 09:00:00", "closed_at": "2026-05-02"}
ACCOUNTS = [
    account("head"), account("large", "head"), account("small", "head"),
    account("left", "head", closed_on="2026-03-01"),
    account("alone"), account("free", ""), account("free child", "free"),
]  # fmt: skip
LINES = [
    line("head", 700), line("large", 200), line("small", 100), line("left", 9000), line("alone", 50), line("free", 0),
    line("free child", 0),
]  # fmt: skip


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    folder = tmp_path_factory.mktemp("parents") / "company"
    tickets = [*cases("head", 1), *cases("large", 4), *cases("small", 10), *cases("left", 10), CLOSED]
    return built(folder, {"vendor_risk": RISK}, accounts=ACCOUNTS, subscriptions=LINES, tickets=tickets)


def parent(company, name, view="vendor_risk"):
    rows = company.execute(
        """
        select p.accounts, p.scored, p.arr, p.worst, p.points
        from parents as p join accounts as a on a.account_id = p.parent_id
        where a.account_code = $name and p.view = $view and p.as_of = date '2026-06-28'
        """,
        {"name": name, "view": view},
    ).fetchall()
    return rows[0] if rows else None


def test_the_worst_status_of_the_family_and_its_points_by_arr(company):
    """90 points × 700, 60 × 200, 0 × 100: 75 where a bare mean would say 50. The account that left is not counted."""
    accounts, scored, arr, worst, points = parent(company, "head")
    assert (accounts, scored, arr, worst) == (3, 3, 1000, "red")
    assert points == pytest.approx((90 * 700 + 60 * 200) / 1000)


def test_only_parents_stand_there(company):
    assert parent(company, "alone") is None
    assert parent(company, "large") is None


def test_without_arr_in_the_family_there_are_no_points(company):
    """Both are green, and there is nothing to weigh them by."""
    assert parent(company, "free") == (2, 2, 0, "green", None)


def test_a_view_nobody_has_a_score_in_says_why(company):
    assert parent(company, "head", "client_maturity")[1:] == (0, 1000, "not connected", None)


def test_a_state_without_a_score_never_hides_a_band():
    engine = DuckEngine(duckdb.connect())
    engine.table("families", "select 1 as parent_id, unnest([1, 2]) as account_id")
    day = "date '2026-06-28'"
    engine.table("scored_weeks", f"select unnest([1, 2]) as account_id, {day} as as_of, 5.0 as weight_arr")
    engine.table(
        "view_scores",
        f"""
        select 'v' as view, account_id, {day} as as_of, case account_id when 1 then 80.0 end as points,
            case account_id when 1 then 'green' else 'insufficient data' end as status
        from scored_weeks
        """,
    )
    rows = engine.rows(
        (READS_FOLDER / "parents.sql").read_text(encoding="utf-8"), {"recent_after": pd.Timestamp("2026-06-01").date()}
    )
    assert rows[["accounts", "scored", "worst", "points"]].values.tolist() == [[2, 1, "green", 80]]


def test_every_row_of_the_sample_is_the_worst_and_the_weighed_mean_of_its_family(sample):
    rows = sample.execute(
        """
        with told as (
            select f.parent_id, v.view, v.as_of, count(v.points) as scored,
                max(case v.status when 'red' then 3 when 'amber' then 2 when 'green' then 1 else 0 end) as worst
            from families as f
            join view_scores as v on v.account_id = f.account_id
            group by f.parent_id, v.view, v.as_of
        )
        select count(*), count(*) filter (
            p.scored <> t.scored or p.points not between 0 and 100
            or (t.worst > 0 and p.worst <> case t.worst when 3 then 'red' when 2 then 'amber' else 'green' end)
        )
        from parents as p
        join told as t on t.parent_id = p.parent_id and t.view = p.view and t.as_of = p.as_of
        """
    ).fetchall()
    assert rows[0][0] > 1000 and rows[0][1] == 0
