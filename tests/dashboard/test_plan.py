"""The profit plan on a company one can add up by head: plan and goal, plan against actual, profile, prices, scopes."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from dashboard.findings import plan as told
from dashboard.format import Formats
from dashboard.reads import plan, profiles
from dashboard.reads.warehouse import EVERYTHING, Generation, Scope
from data.journal.opening import Journal
from data.journal.place import JournalError, Place
from data.journal.strategies import NewStrategy, add, close

WEEK = date(2026, 11, 15)
THEN = WEEK - timedelta(weeks=13)
NOW = datetime(2026, 8, 18, tzinfo=UTC)
NORTH = Scope(region=("north",))

ACCOUNTS = [
    # code, segment, industry, region, employees, closed_on
    ("A1", "Large", "Pharma", "north", 2000, None),
    ("A2", "Large", "Retail", "north", 1500, None),
    ("A3", "Small", "Retail", "south", 20, None),
    ("A4", "Small", "Retail", "south", 30, None),
    ("A5", "Small", "Retail", "south", 40, None),
    ("A6", "Large", "Pharma", "south", 1200, None),
    ("A7", "Large", "Pharma", "south", 1300, None),
    ("GONE", "Large", "Pharma", "north", 3000, WEEK),
]
PROFIT = {"A1": (100, 1000), "A2": (20, 400), "A3": (5, 300), "A4": (4, 200), "A5": (-30, 250), "A6": (-10, 500)}
"""Profit and revenue in the window that ends with the week; A7 has never paid."""
BEFORE = {"A1": (90, 1000), "A2": (20, 400), "A3": (5, 300), "A4": (4, 200), "A5": (-50, 250), "A6": (-10, 500)}


@pytest.fixture
def generation(tmp_path: Path) -> Generation:
    """The company, with a journal that was never begun."""
    (tmp_path / "company.toml").write_text('name = "Acme"', encoding="utf-8")
    connection = duckdb.connect()
    numbers = {code: nth for nth, (code, *_) in enumerate(ACCOUNTS, 1)}
    rows = [(numbers[a[0]], a[0], f"Account {a[0]}", "", *a[1:4], None, *a[4:]) for a in ACCOUNTS]
    connection.execute("""
        create table accounts (account_id int, account_code varchar, name varchar, csm varchar, segment varchar,
            industry varchar, region varchar, channel varchar, employees int, closed_on date);
        create table account_aliases (alias varchar, account_id int);
        create table account_profit (as_of date, account_id int, revenue decimal(18, 4), product_cost decimal(18, 4),
            service_cost decimal(18, 4), profit decimal(18, 4), margin double, band varchar,
            net_listed decimal(18, 4), list_revenue decimal(18, 4));
        create table first_paid (account_id int, first_on date);
        create table opportunities (account_id int, kind varchar, opened_on date, closed_on date, amount double);
        create table targets (metric varchar, period varchar, value double);
        create table finance (month date, net_income decimal(18, 4), fte decimal(18, 4));
        create table generation as select 1 as fiscal_year_starts;
        create table settings as select '{}' as profile;
    """)
    connection.executemany("insert into accounts values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    for day, book in ((WEEK, PROFIT), (THEN, BEFORE)):
        for code, (profit, revenue) in book.items():
            band = "profitable" if profit > revenue * 0.02 else "unprofitable" if profit < 0 else "marginal"
            connection.execute(
                "insert into account_profit values (?, ?, ?, 0, 0, ?, ?, ?, ?, ?)",
                [day, numbers[code], revenue, profit, profit / revenue, band, revenue, revenue * 1.25],
            )
    connection.executemany("insert into first_paid values (?, '2024-01-01')", [(numbers[code],) for code in PROFIT])
    return Generation(tmp_path / "warehouse" / "w.duckdb", "none", connection)


def journal_of(generation: Generation) -> Journal:
    return Journal(Place.in_folder(generation.path.parent.parent))


def entered(generation: Generation, by: str, value: str, expected: float = 52, week: date = THEN, **more) -> int:
    """A strategy for a group or an account as the form stores it."""
    found = plan.group_of(generation, EVERYTHING, week, by, value)
    is_account = by == "account"
    usual = {"type": "pricing", "what": "Reprice", "owner": "Bo", "author": "Ada", "due_on": WEEK + timedelta(days=9)}
    new = NewStrategy(
        **usual | more, expected=Decimal(str(expected)), week=week, members=found.codes, profit_then=found.profit,
        account_code=value if is_account else None,
        group_by=None if is_account else by, group_value=None if is_account else value,
    )  # fmt: skip
    return add(journal_of(generation), new, NOW)


# Plan against actual


def test_what_became_of_an_account_is_its_profit_now_less_then(generation):
    entered(generation, "account", "A5")
    (course,) = plan.courses(generation, EVERYTHING, WEEK)
    assert (course.strategy.profit_then, course.profit, course.change) == (-50, -30, 20)
    assert told.due_by_now(course, WEEK, 52) == 13
    assert told.due_by_now(course, WEEK + timedelta(weeks=52), 52) == 52
    assert told.due_by_now(course, THEN, 52) is None


def test_a_group_is_held_to_the_accounts_it_had(generation):
    entered(generation, "band", "unprofitable")
    (course,) = plan.courses(generation, EVERYTHING, WEEK)
    assert (course.members, course.strategy.profit_then, course.profit) == (2, -60, -40)
    generation._connection.execute("update account_profit set band = 'profitable', profit = 60 where account_id = 5")
    fresh = Generation(generation.path, "later", generation._connection)
    (course,) = plan.courses(fresh, EVERYTHING, WEEK)
    assert (course.members, course.change) == (2, 60 - 10 + 60)


def test_a_missing_cost_leaves_the_change_unknown_and_says_why(generation, looking):
    generation._connection.execute(
        "update account_profit set profit = null where account_id = 5 and as_of = $1", [WEEK]
    )
    entered(generation, "account", "A5")
    entered(generation, "account", "A7")
    one, prospect = plan.courses(generation, EVERYTHING, WEEK)
    voice = looking().voice
    assert one.change is None and told.became(one, WEEK, voice) == "a cost is missing"
    assert (prospect.strategy.profit_then, prospect.profit) == (0, 0)
    assert told.became(one, THEN, voice) == "made this week"


def test_an_alias_leads_to_the_account_it_stands_for(generation):
    entered(generation, "account", "A5")
    generation._connection.execute("update accounts set account_code = 'B5' where account_code = 'A5'")
    (course,) = plan.courses(generation, EVERYTHING, WEEK)
    assert course.members == 0 and course.change is None
    generation._connection.execute("insert into account_aliases values ('A5', 5)")
    (course,) = plan.courses(Generation(generation.path, "later", generation._connection), EVERYTHING, WEEK)
    assert (course.members, course.change, course.name) == (1, 20, "Account A5")


def test_a_strategy_outside_the_scope_is_hidden_and_one_across_it_does_not_count(generation):
    entered(generation, "account", "A5")
    entered(generation, "segment", "Large")
    (across,) = plan.courses(generation, NORTH, WEEK)
    assert (across.strategy.group_value, across.members, across.in_scope, across.counts) == (
        "Large",
        5,
        3,
        False,
    )  # with the one that closed since
    found = told.plan_of(120.0, [across], None)
    assert (found.more, found.left_out) == (0, 1)


def test_a_journal_that_cannot_be_read_is_no_plan_of_nothing(generation):
    (generation.path.parent.parent / "journal.db").write_bytes(b"not a database at all, but long enough" * 40)
    with pytest.raises(JournalError):
        plan.courses(generation, EVERYTHING, WEEK)


# The plan


def test_the_plan_is_profit_and_what_open_strategies_add(generation):
    entered(generation, "account", "A1", 10.25, type="retention")
    entered(generation, "account", "A2", 4.5)
    closed = entered(generation, "account", "A3", 100, type="growth")
    close(journal_of(generation), closed, "done", "Bo", NOW)
    found = told.plan_of(89.0, plan.courses(generation, EVERYTHING, WEEK), ("2026", 110.0))
    assert found.expected == {"retention": Decimal("10.25"), "growth": 0, "pricing": Decimal("4.5")}
    assert (found.more, found.planned, found.gap, found.count) == (14.75, 103.75, 6.25, 2)


def test_without_a_known_profit_there_is_no_plan_to_hold(looking):
    voice = looking().voice
    nothing = told.plan_of(None, [], ("2026", 110.0))
    assert (nothing.planned, nothing.gap) == (None, None)
    says = told.title(nothing, 5, "not connected: invoices.product_cost", voice)
    assert says == "No profit plan yet: profit waits for invoices.product_cost"


@pytest.mark.parametrize(
    ("profit", "expected", "goal", "says"),
    [
        (7.8e6, 0, None, "$7.8M a year of profit, and no strategy is open to keep it or raise it"),
        (7.8e6, 0, 9e6, "$7.8M a year of profit is $1.2M short of 2026, and no strategy is open"),
        (7.8e6, 1e6, None, "The plan is $8.8M a year: $7.8M now and $1.0M from 1 open strategy"),
        (7.8e6, 1e6, 9e6, "The plan of $8.8M is $200K short of 2026: $7.8M now and $1.0M from 1 open strategy"),
        (7.8e6, 2e6, 9e6, "The plan of $9.8M reaches the target for 2026: $7.8M now and $2.0M from 1 open strategy"),
    ],
)
def test_the_title_holds_the_plan_against_the_goal(looking, profit, expected, goal, says):
    by_type = {"retention": Decimal(0), "growth": Decimal(expected), "pricing": Decimal(0)}
    count = {"retention": 0, "growth": 1 if expected else 0, "pricing": 0}
    found = told.Plan(profit, by_type, count, 0, ("2026", goal) if goal else None)
    assert told.title(found, 5, None, looking().voice) == says
    assert len(says) <= 95


def test_an_overdue_strategy_is_named_by_its_owner(generation, looking):
    entered(generation, "account", "A1")
    entered(generation, "account", "A2", owner="Cy")
    courses = plan.courses(generation, EVERYTHING, WEEK)
    assert (
        told.strategies(courses, WEEK, looking().voice)
        == "2 strategies open and none overdue; the next is due on 24 Nov"
    )
    late = told.strategies(courses, WEEK + timedelta(days=10), looking().voice)
    assert late == "2 of 2 open strategies are overdue, Bo’s since 24 Nov"


def test_only_a_year_s_target_is_held_against_a_year_s_profit(generation):
    run = generation._connection.execute
    run("insert into targets values ('profit', '2026-11', 1), ('profit', '2026 Q4', 2), ('profit', 'FY2026', 12)")
    assert plan.year_goal(generation, "profit", WEEK) == ("FY2026", 12)
    assert plan.year_goal(generation, "net_income", WEEK) is None
    assert plan.year_goal(generation, "profit", date(2027, 1, 3)) is None


def test_net_income_is_of_the_twelve_months_that_are_over(generation):
    months = [(date(2025 + (nth + 10) // 12, (nth + 10) % 12 + 1, 1), nth + 1) for nth in range(13)]
    assert months[0][0] == date(2025, 11, 1) and months[-1][0] == date(2026, 11, 1)
    generation._connection.executemany("insert into finance values (?, ?, 10)", months)
    assert plan.net_income(generation, WEEK) == ("2026-10", Decimal(78))
    generation._connection.execute("delete from finance where month = date '2026-03-01'")
    assert plan.net_income(Generation(generation.path, "later", generation._connection), WEEK) is None


# Whom to keep, win and reprice


def test_a_kind_is_told_by_its_share_of_the_best(generation):
    found = profiles.kinds(generation, EVERYTHING, WEEK).set_index("kind")
    # Six accounts with a profit: two are the best fifth (A1, A2), so the average is 2 ÷ 6.
    assert (found.loc["Large", "best"], found.loc["Large", "n"]) == (2, 3)
    assert found.loc["Large", "rate"] == pytest.approx((2 + 5 / 3) / (3 + 5))
    assert found.loc["Small", "rate"] == pytest.approx((0 + 5 / 3) / (3 + 5))
    assert "channel" not in set(found["trait"])


def test_ideal_accounts_are_of_the_best_kinds_and_not_there_yet(generation):
    generation._connection.execute("update accounts set region = 'north' where account_code in ('A6', 'A7')")
    found = profiles.ideal(generation, EVERYTHING, WEEK, 10).set_index("account_code")
    assert list(found.index) == ["A6", "A7"]  # A8 is closed; the small ones fit worse than our best
    assert found.loc["A6", "fit"] == pytest.approx(found.loc["A7", "fit"])
    assert found["is_prospect"].to_dict() == {"A6": False, "A7": True}
    assert (found.loc["A6", "total"], found.loc["A6", "prospects"]) == (2, 1)
    group = profiles.ideal_group(generation, EVERYTHING, WEEK)
    assert (group.codes, group.profit) == (["A6", "A7"], -10)


def test_a_declared_profile_counts_the_rules_an_account_meets(generation):
    """Two rules: Large, and a region nobody is in. The best two are Large, so one rule of two is what it takes."""
    rules = {"segment": ["Large"], "region": ["moon"]}
    generation._connection.execute("update settings set profile = $rules", {"rules": json.dumps(rules)})
    kinds = profiles.kinds(generation, EVERYTHING, WEEK).set_index(["trait", "kind"])["rate"]
    assert kinds["segment"].to_dict() == {"Large": 1, "Small": 0} and set(kinds["region"]) == {0}
    found = profiles.ideal(generation, EVERYTHING, WEEK, 10).set_index("account_code")
    assert set(found["fit"]) <= {0.5, 1} and (found["floor"] == 0.5).all() and "A7" in found.index


def test_a_profile_nobody_meets_lists_nobody(generation):
    generation._connection.execute("""update settings set profile = '{"segment": ["Huge"]}'""")
    assert profiles.ideal(generation, EVERYTHING, WEEK, 10).empty


def test_without_profit_no_kind_is_known(generation):
    generation._connection.execute("update account_profit set profit = null")
    assert profiles.kinds(generation, EVERYTHING, WEEK)["rate"].isna().all()
    assert profiles.ideal(generation, EVERYTHING, WEEK, 5).empty


def test_prices_below_list_are_listed_by_the_money_they_give_away(generation):
    found = plan.price_gaps(generation, EVERYTHING, WEEK, 2)
    assert found["account_code"].tolist() == ["A1", "A6"] and found["below"].tolist() == [250, 125]
    assert found["realised"].tolist() == [0.8, 0.8]
    assert (found.loc[0, "total_net"], found.loc[0, "total_list"], found.loc[0, "accounts"]) == (2650, 3312.5, 6)


def test_the_most_profitable_come_first_within_the_scope(generation, looking):
    found = plan.best_accounts(generation, Scope(region=("south",)), WEEK, 2)
    assert found["account_code"].tolist() == ["A3", "A4"] and found["gains"].tolist() == [9, 9]


def test_new_deals_without_an_account_count_for_the_whole_company_alone(generation):
    generation._connection.execute("""
        insert into opportunities values (null, 'new', '2026-10-01', null, 100), (7, 'new', '2026-10-01', null, 20),
            (7, 'new', '2026-10-01', '2026-11-01', 7), (7, 'expansion', '2026-10-01', null, 7),
            (7, 'new', '2026-12-01', null, 7)
    """)
    assert plan.new_deals(generation, EVERYTHING, WEEK) == (2, 120)
    assert plan.new_deals(generation, Scope(region=("south",)), WEEK) == (1, 20)
    assert plan.new_deals(generation, NORTH, WEEK) == (0, 0)


def test_a_group_names_only_columns_of_ours(generation):
    with pytest.raises(KeyError):
        plan.group_of(generation, EVERYTHING, WEEK, "name", "x")
    with pytest.raises(KeyError):
        plan.group_values(generation, EVERYTHING, "csm; drop table accounts")
    assert plan.group_values(generation, EVERYTHING, "segment") == ["Large", "Small"]
    assert plan.group_of(generation, EVERYTHING, WEEK, "segment", "' or true --").codes == []


def test_a_group_without_all_costs_has_no_profit_then(generation):
    assert plan.group_of(generation, EVERYTHING, WEEK, "segment", "Large") == plan.Group(
        ["A1", "A2", "A6", "A7"], Decimal(110)
    )
    rows = pd.DataFrame({"account_code": ["A1"], "profit": [None], "has_line": [True]})
    assert plan.group(generation, WEEK, rows).profit is None


def test_an_account_a_group_and_a_band_are_named(generation):
    for by, value in (("account", "A5"), ("segment", "Large"), ("band", "unprofitable")):
        entered(generation, by, value)
    names = [told.for_whom(course, Formats()) for course in plan.courses(generation, EVERYTHING, WEEK)]
    assert names == ["Account A5", "Segment: Large, 5 accounts", "Band: loss-making, 2 accounts"]
