"""One view: its groups by their own numbers, whose reds are open since when, what holds it back, and its doubts."""

import re
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from dashboard.findings import view as told
from dashboard.format import NBSP
from dashboard.look import Look
from dashboard.screens import groups, view
from dashboard.screens.doubts import notes
from dashboard.screens.parts import bands_by_week, measure_rows
from data.generations import current
from tests.dashboard.made import AS_OF, Made, make
from tests.dashboard.pages import html, text, titles
from tests.dashboard.test_matrix import changed, look_at


@pytest.fixture(scope="module")
def four(tmp_path_factory) -> Path:
    """Four accounts with ARR 400, 300, 200 and 100: Support is red at the first two, Finance at the first and last."""
    folder = make(tmp_path_factory.mktemp("four") / "company", Made(accounts=4, step=0.0))
    con = duckdb.connect(str(current(folder)))
    weight = "(5 - account_id) * 100"
    said = {
        "support": "case when account_id <= 2 then 'red' else 'green' end",
        "finance": "case account_id when 1 then 'red' when 4 then 'red' when 2 then 'amber' else 'no data' end",
    }
    ages = "as_of - 7 * case account_id when 1 then 9 when 2 then 1 else 25 end"
    for statement in (
        f"update view_now set weight_arr = {weight}, arr = {weight}",
        "update group_now set status = 'green', points = 100, since = null, is_older = null where view = 'vendor_risk'",
        *(f"update group_now set status = {rule} where view = 'vendor_risk' and grp = '{grp}'"
          for grp, rule in said.items()),
        f"update group_now set points = 20, since = {ages}, is_older = account_id = 4"
        " where view = 'vendor_risk' and status = 'red'",
        "update group_now set points = null where view = 'vendor_risk' and status = 'no data'",
        "update group_now set points = 60 where view = 'vendor_risk' and status = 'amber'",
        "update view_now set vendor_risk_status = case when account_id <= 2 then 'red' else 'green' end,"
        " vendor_risk_worst = case account_id when 1 then 'overdue_share' else 'open_cases' end,"
        " vendor_risk_cap = case account_id when 1 then 'sponsor gone' end",
        "update fragile set changed = 0",
        f"insert into fragile values ('vendor_risk', 2, date '{AS_OF}', 0.2)",
        "update fragile_shares set draws = 100, share = 0.12, red_share = 0.3 where view = 'vendor_risk'",
    ):  # fmt: skip
        con.execute(statement).fetchall()
    con.close()
    return folder


def of(look: Look, name: str = "vendor_risk"):
    card = look.card(name)
    assert card is not None
    return card


def test_a_group_has_the_mean_of_its_points_by_arr_and_shares_that_add_up(four):
    look = look_at(four)
    found = {one["grp"]: one for one in groups.groups(look, of(look))}
    assert list(found) == ["support", "product", "adoption", "finance"]
    support, finance = found["support"], found["finance"]
    assert support["shares"] == pytest.approx({"green": 0.3, "amber": 0.0, "red": 0.7, "other": 0.0})
    assert support["points"] == pytest.approx((700 * 20 + 300 * 100) / 1000)
    assert finance["shares"] == pytest.approx({"green": 0.0, "amber": 0.3, "red": 0.5, "other": 0.2})
    assert finance["points"] == pytest.approx((500 * 20 + 300 * 60) / 800), "an account without points is left out"
    assert (support["owner"], finance["owner"]) == ("Imani Okafor", "Mei Tanaka")


def test_the_groups_stand_on_every_view_that_has_several(four):
    words = text(html(look_at(four, "vendor_risk")))
    assert "Support mean 44 of 100 points; 70 % Red, 0 % Amber, 30 % Green Imani Okafor" in words
    assert "Groups: mean points by ARR" in words
    assert "Groups: mean points" not in text(html(look_at(four, "client_maturity"))), "one group is the view"


def test_the_owners_board_reads_groups_with_the_age_of_each_red(four):
    look = look_at(four)
    rows = groups.reds(look, of(look))
    listed = [(row.account_code, row.owner, row.department, row.age, bool(row.is_older)) for row in rows.itertuples()]
    assert listed == [
        ("001000", "Mei Tanaka", "Finance", 10, False),
        ("001000", "Imani Okafor", "Support", 10, False),
        ("001001", "Imani Okafor", "Support", 2, False),
        ("001003", "Mei Tanaka", "Finance", 26, True),
    ]
    assert told.ages(rows, 4, look.voice, "group") == "Mei Tanaka is late on all 2 reds, Imani Okafor on 1 of 2"


def test_a_view_of_one_group_has_its_reds_by_their_worst_measure(company_folder):
    look = look_at(company_folder("usual"))
    rows = groups.reds(look, of(look, "client_maturity"))
    assert len(rows) and set(rows["owner"]) == {"Customer Success"} and "entry" in rows


def test_the_owners_board_turns_with_the_data(four, tmp_path):
    fresh = changed(
        four, tmp_path / "fresh", "update group_now set since = as_of, is_older = false where status = 'red'"
    )
    calm = changed(four, tmp_path / "calm", "update group_now set status = 'green' where status = 'red'")
    assert _board(fresh) == "None of the 4 red groups is older than 4 weeks"
    assert _board(calm) == "Nothing is red"
    assert _board(four).startswith("Mei Tanaka is late")


def _board(folder: Path) -> str:
    look = look_at(folder)
    return told.ages(groups.reds(look, of(look)), 4, look.voice, "group")


def test_each_red_account_is_held_back_by_one_measure_and_the_measures_are_ranked_by_it(four):
    look = look_at(four)
    rows = measure_rows(look, of(look))
    held = [(row.place.entry, row.held, row.held_accounts) for row in rows if row.held]
    assert held == [("overdue_share", 400.0, 1), ("open_cases", 300.0, 1)]
    page = html(look_at(four, "vendor_risk"))
    assert "$400 is held back by overdue share, $300 by open cases" in titles(page)


def test_the_title_of_the_measures_turns_with_the_data(four, tmp_path):
    other = changed(four, tmp_path / "other", "update view_now set vendor_risk_worst = 'unresolved_defects'")
    assert "$700 is held back by unresolved defects, nothing by any other measure" in titles(
        html(look_at(other, "vendor_risk"))
    )
    calm = changed(four, tmp_path / "calm", "update view_now set vendor_risk_status = 'green'")
    assert "No account is red, so no measure holds one back" in titles(html(look_at(calm, "vendor_risk")))


def test_caps_fragile_bands_and_values_by_hand_are_said_and_lead_to_their_accounts(four):
    look = look_at(four, "vendor_risk")
    found = {note["name"]: note for note in notes(look, of(look))}
    assert found["Capped"]["words"] == (
        "“sponsor gone” (Sponsor left is red: 50 points at most) holds 1 account with $400 of ARR"
    )
    assert found["Fragile"]["words"] == (
        f"12{NBSP}% of bands (30{NBSP}% of the red ones) change when weights move by 20{NBSP}%; "
        "1 account, $300, in 20 of 100 draws or more"
    )
    assert found["Capped"]["href"] == "views?only=vendor_risk%3Acapped"
    assert "By hand" not in found
    engagement = {note["name"]: note["words"] for note in notes(look, of(look, "client_engagement"))}
    assert "stand by a person’s word" in engagement["By hand"] or "stands by a person’s word" in engagement["By hand"]
    words = text(html(look))
    assert "Capped:" in words and "Fragile:" in words


def test_a_view_without_doubts_says_only_how_much_hangs_on_the_weights(four, tmp_path):
    sure = changed(four, tmp_path / "sure", "update fragile set changed = 0", "delete from overridden",
                   "update view_now set vendor_risk_cap = null")  # fmt: skip
    look = look_at(sure)
    (note,) = notes(look, of(look))
    assert note["words"].endswith("; nobody’s in 20 of 100 draws or more")
    assert not note["href"]
    early = look_at(sure, "vendor_risk?week=2026-11-01")
    assert not notes(early, of(early)), "which bands are fragile is known for the latest week alone"


def test_bands_are_shares_of_arr_or_of_accounts_as_the_address_says(company_folder):
    folder = company_folder("usual")
    look = look_at(folder, "vendor_risk?by=accounts")
    card = of(look)
    by_arr, by_count = bands_by_week(look, card), bands_by_week(look, card, by="accounts")
    assert len(by_arr) == len(by_count) == 26
    assert (by_count["red"] * 120).round(6).tolist() == (by_count["red"] * 120).round().tolist()
    assert by_arr["red"].tolist() != by_count["red"].tolist()
    assert view._base(look) == "accounts" and view._base(look_at(folder, "vendor_risk?by=nonsense")) == "arr"
    assert [choice["is_on"] for choice in view._bases(look)["all"]] == [False, True]
    tile, voice = view._in_accounts(look, card)
    assert tile.shares["red"] == pytest.approx(by_count["red"].iloc[-1])
    assert voice.of_all == "of accounts"


def test_without_arr_everything_is_in_accounts_and_there_is_no_choice(company_folder):
    look = look_at(company_folder("no arr"), "vendor_risk?by=accounts")
    assert view._base(look) == "arr" and look.voice.of_all == "of accounts"


def test_the_groups_are_offered_as_a_table(four):
    look = look_at(four)
    table = groups.table(look, of(look))
    assert table.set_index("group").loc["Support", "red_share"] == pytest.approx(0.7)
    shares = table[[name for name in table if str(name).endswith("_share")]].sum(axis=1)
    assert shares.tolist() == pytest.approx([1.0] * 4)
    assert isinstance(table, pd.DataFrame)


def test_a_change_by_hand_says_so_instead_of_naming_a_measure(company_folder, tmp_path):
    look = look_at(company_folder("usual"))
    code, name = next(iter(look.by_hand.standing))
    ids = f"(select account_id from accounts where account_code = '{code}')"
    folder = changed(company_folder("usual"), tmp_path / "moved",
                     f"update view_now set {name}_status = 'green', {name}_was = 'red' where account_id = {ids}",
                     f"update view_now set {name}_was = {name}_status where account_id <> {ids}")  # fmt: skip
    words = text(html(look_at(folder, name)))
    assert re.search(r"by hand: M\. <b>Curie.*the rule says (red|amber)", words)
