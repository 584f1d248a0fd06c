"""Groups that contradict each other: the three everybody knows, declared ones, and who is in them."""

import duckdb
import pandas as pd
import pytest

from data.company import VIEWS, Company, CompanyError
from data.sample.truths import LEAVING_ADVOCATES, LOCKED_IN, planted_accounts
from metrics.catalog import scorecards
from metrics.engines import DuckEngine
from metrics.reads import READS_FOLDER
from metrics.reads.conflicts import conflicts, put_conflict_kinds
from tests.conftest import SAMPLE_AS_OF
from tests.metrics.conftest import AS_OF

BUILT_IN = ["locked_in_detractor", "sticky_not_growing", "leaving_advocate"]


def company(tmp_path, *declared, **more) -> Company:
    written = [dict(zip(("name", "green", "red"), each, strict=True)) for each in declared]
    return Company.in_folder(tmp_path, {"name": "Acme", "conflicts": written} | more)


def declared(tmp_path, name="Happy but poor", green="client_experience", red="vendor_risk.finance"):
    return conflicts(company(tmp_path, (name, green, red)), scorecards())


def test_three_are_known_without_a_word(tmp_path):
    found = conflicts(company(tmp_path), scorecards())
    assert [each.conflict for each in found] == BUILT_IN
    assert [each.sides for each in found] == [
        (("vendor_outcomes", "retention"), ("vendor_outcomes", "advocacy")),
        (("vendor_outcomes", "retention"), ("vendor_outcomes", "expansion")),
        (("vendor_outcomes", "advocacy"), ("vendor_outcomes", "retention")),
    ]


def test_a_company_declares_views_and_groups(tmp_path):
    *_, own = declared(tmp_path)
    assert (own.conflict, own.label, own.is_declared) == ("happy_but_poor", "Happy but poor", True)
    assert own.sides == (("client_experience", ""), ("vendor_risk", "finance"))
    assert own.words == "Client Experience green, Vendor Risk, Payment red"


def test_expansion_speaks_its_own_words(tmp_path):
    assert declared(tmp_path, red="vendor_expansion.white_space")[-1].words.endswith("White space untapped")


WRONG = {
    "view": ({"green": "client_experince"}, "\"client_experince\" names no view. Did you mean 'client_experience'?"),
    "group": ({"red": "vendor_risk.finanze"}, "\"vendor_risk.finanze\": vendor_risk has no group 'finanze'. Did you"),
    "groups": ({"red": "vendor_risk.finanze"}, "It has support, product, marketing, adoption, services, finance,"),
    "no group": ({"red": "vendor_risk."}, "vendor_risk has no group ''. It has support,"),
    "a measure": ({"red": "vendor_risk.open_cases"}, "vendor_risk has no group 'open_cases'."),
    "twice": ({"name": "Locked-in Detractor"}, "'Locked-in Detractor', there is a conflict of this name already."),
    "same": ({"red": "client_experience"}, "green and red are the same side."),
    "no letter": ({"name": "!?"}, "the name has no letter."),
}  # fmt: skip


@pytest.mark.parametrize(("written", "words"), WRONG.values(), ids=WRONG)
def test_a_wrong_conflict_is_an_error_that_names_the_way_out(tmp_path, written, words):
    with pytest.raises(CompanyError) as error:
        declared(tmp_path, **written)
    assert str(error.value).startswith(f"{tmp_path / 'company.toml'}: in the conflict '")
    assert words in str(error.value)


def test_a_name_in_any_script_is_a_name(tmp_path):
    assert declared(tmp_path, name="Schöner Schein 顧客")[-1].conflict == "schöner_schein_顧客"


def test_a_conflict_with_a_view_that_is_off_is_not_listed(tmp_path):
    off = [view for view in VIEWS if view != "vendor_outcomes"]
    own = ("Own", "vendor_outcomes.retention", "vendor_risk")
    found = conflicts(company(tmp_path, own, views=off), scorecards(views=off))
    assert found == []


def test_a_company_whose_card_has_other_groups_has_no_conflict_of_the_old_ones(tmp_path):
    cards = scorecards()
    card = cards["vendor_outcomes"]
    groups = tuple(group for group in card.groups if group.name != "advocacy")
    found = conflicts(company(tmp_path), cards | {"vendor_outcomes": card.model_copy(update={"groups": groups})})
    assert [each.conflict for each in found] == ["sticky_not_growing"]


def with_tables(kinds, groups, views, connected=None) -> DuckEngine:
    """An engine with hand-written states, (account, view, group, status), and the table `conflicts` made from them."""
    engine = DuckEngine(duckdb.connect())
    sides = connected or [(view, grp) for _, view, grp, _ in groups] + [(view, "any") for _, view, _ in views]
    entries = pd.DataFrame([(*side, True) for side in sides], columns=["view", "grp", "is_connected"])
    engine.put("entries", entries)
    put_conflict_kinds(engine, kinds)
    engine.put("g", pd.DataFrame(groups, columns=["account_id", "view", "grp", "status"]).astype("string"))
    engine.put("v", pd.DataFrame(views, columns=["account_id", "view", "status"]).astype("string"))
    engine.table("group_now", "select *, cast($day as date) as as_of from g", {"day": AS_OF})
    engine.table("view_scores", "select *, cast($day as date) as as_of from v", {"day": AS_OF})
    weights = "select distinct account_id, as_of, ascii(account_id) as weight_arr from"
    engine.table("scored_weeks", f"{weights} (select * from group_now union all by name select * from view_scores)")
    sql = (READS_FOLDER / "conflicts.sql").read_text(encoding="utf-8")
    engine.table("conflicts", sql, {"recent_after": AS_OF.replace(month=1)})
    return engine


def found_in(engine: DuckEngine) -> set[tuple[str, str]]:
    rows = engine.rows("select conflict, account_id from conflicts")
    return set(zip(rows["conflict"], rows["account_id"], strict=True))


def test_an_account_is_in_a_conflict_with_one_side_green_and_the_other_red(tmp_path):
    states = {"a": ("green", "red", "red"), "b": ("red", "green", "amber"), "c": ("green", "amber", "no data")}
    groups = [
        (account, "vendor_outcomes", grp, status)
        for account, each in states.items()
        for grp, status in zip(("retention", "advocacy", "expansion"), each, strict=True)
    ]
    engine = with_tables(conflicts(company(tmp_path), scorecards()), groups, [])
    assert found_in(engine) == {("locked_in_detractor", "a"), ("sticky_not_growing", "a"), ("leaving_advocate", "b")}
    assert set(engine.rows("select weight_arr from conflicts")["weight_arr"]) == {97, 98}


def test_a_side_may_be_a_view_as_a_whole(tmp_path):
    kinds = declared(tmp_path)
    groups = [(account, "vendor_risk", "finance", "red") for account in "abc"]
    views = [("a", "client_experience", "green"), ("b", "client_experience", "amber"), ("c", "vendor_risk", "green")]
    assert found_in(with_tables(kinds, groups, views)) == {("happy_but_poor", "a")}


def test_a_conflict_whose_side_nobody_connected_is_not_listed(tmp_path):
    kinds = conflicts(company(tmp_path), scorecards())
    sides = [("vendor_outcomes", "retention"), ("vendor_outcomes", "advocacy")]
    rows = with_tables(kinds, [], [], connected=sides).rows("select nth, conflict from conflict_kinds order by nth")
    assert [tuple(row) for row in rows.itertuples(index=False)] == [(1, BUILT_IN[0]), (2, BUILT_IN[2])]
    assert with_tables(kinds, [], [], connected=[("x", "y")]).rows("select * from conflict_kinds").empty


@pytest.mark.parametrize("truth", [LOCKED_IN, LEAVING_ADVOCATES], ids=lambda truth: truth.name)
def test_conflicts_of_the_sample_find_the_accounts_planted_for_them(sample, truth):
    conflict = {LOCKED_IN.name: BUILT_IN[0], LEAVING_ADVOCATES.name: BUILT_IN[2]}[truth.name]
    codes = planted_accounts(SAMPLE_AS_OF)[truth.name]
    rows = sample.execute(
        """
        select a.account_code from conflicts as c join accounts as a on a.account_id = c.account_id
        where c.as_of = $as_of and c.conflict = $conflict
        """,
        {"as_of": SAMPLE_AS_OF, "conflict": conflict},
    ).fetchall()
    assert len(set(codes) & {code for (code,) in rows}) >= 0.5 * len(codes)
