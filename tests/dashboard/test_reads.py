"""The one read layer: every read obeys the scope, binds what it is given, and sees one whole generation."""

import inspect
import threading
import time
from datetime import date, timedelta
from types import SimpleNamespace

import duckdb
import pandas as pd
import pytest

from dashboard import reads
from dashboard.reads import EVERYTHING, BuiltBefore, NothingBuilt, Pick, Scope, Sort, Warehouse
from dashboard.reads.warehouse import MEGABYTE, _memory
from tests.dashboard.made import AS_OF, VIEWS, Made, make

LIST = ["vendor_risk", "client_outcomes"]
HOSTILE = "x') or 1=1 --"
OF_THE_COMPANY = {
    "company", "cards", "weeks", "events", "department", "sources", "freshness_words", "profit_weeks", "stored",
    "definition", "definitions", "refused", "load_notes", "sources_of", "caps", "fragile_share",
    "journal_to_write",
}  # fmt: skip
"""Reads that are about the company and its sources, not about accounts: they have no scope."""

READS = {
    "choices": (),
    "totals": (AS_OF,),
    "bands": (AS_OF,),
    "entry_bands": ("vendor_risk", AS_OF),
    "held_by": (AS_OF, LIST),
    "moves": (AS_OF, LIST, 10),
    "move_counts": (AS_OF, LIST),
    "reasons": ([*range(1, 40)], AS_OF),
    "red_ages": ("client_maturity", AS_OF),
    "groups": ("vendor_risk", AS_OF),
    "group_reds": ("vendor_risk", AS_OF),
    "conflicts": (AS_OF,),
    "account_conflicts": (list(range(1, 121)), AS_OF),
    "account_lines": ([1, 2, 3], AS_OF),
    "doubts": ("client_engagement", AS_OF),
    "by_hand": (AS_OF,),
    "all_overrides": (),
    "fragile_bands": (list(range(1, 121)), AS_OF),
    "profit_rows": (AS_OF,),
    "profit_bands": (AS_OF,),
    "profit_page": (AS_OF, "profit", True, 10),
    "account_names": ([1, 2, 3],),
    "account_page": (AS_OF, list(VIEWS), Sort("arr"), Pick(), 10, 0),
    "account_count": (AS_OF, list(VIEWS), Pick()),
    "find_account": ("001000",),
    "account_now": (1, AS_OF),
    "account_views": (1, AS_OF),
    "account_measures": (1, AS_OF),
    "account_profit": (1, AS_OF),
    "evidence": (1, "tickets", AS_OF, 5),
}


@pytest.fixture(scope="module")
def generation(company_folder):
    return Warehouse(company_folder("usual")).generation()


def size(found: object) -> float:
    """How much a read came back with."""
    if isinstance(found, pd.DataFrame):
        return float(found.select_dtypes("number").drop(columns=["nth"], errors="ignore").abs().sum().sum()) + len(
            found
        )
    if isinstance(found, reads.Evidence):
        return found.total
    if isinstance(found, reads.ByHand):
        return len(found.standing) + len(found.built)
    if isinstance(found, dict):
        return sum(len(value) if isinstance(value, list | tuple) else 1 for value in found.values())
    return float(sum(found)) if isinstance(found, tuple) else 0 if found is None else 1


def test_every_read_of_accounts_takes_a_scope():
    public = {n for n in reads.__all__ if inspect.isfunction(getattr(reads, n))}
    assert public == set(READS) | OF_THE_COMPANY
    for name in READS:
        assert list(inspect.signature(getattr(reads, name)).parameters)[:2] == ["generation", "scope"], name


@pytest.mark.parametrize("name", READS)
def test_a_scope_nobody_is_in_finds_nothing(name, generation):
    read = getattr(reads, name)
    assert size(read(generation, EVERYTHING, *READS[name])) > 0
    nobody = read(generation, Scope(segment=("no such segment",)), *READS[name])
    counts = {"move_counts": ["accounts", "worse", "better"], "conflicts": ["accounts", "arr"]}
    assert size(nobody) == 0 or not nobody[counts[name]].any(axis=None)


@pytest.mark.parametrize("name", READS)
def test_what_a_reader_types_is_a_value_and_never_sql(name, generation):
    scope = Scope(segment=(HOSTILE,), region=("'; drop table accounts; --",), csm=("",))
    getattr(reads, name)(generation, scope, *READS[name])
    assert reads.totals(generation, EVERYTHING, AS_OF)[0] == 120


def test_search_and_states_are_bound_too(generation):
    pick = Pick((("vendor_risk", "unscored"), ("no_such_view", "red")), HOSTILE)
    assert reads.account_count(generation, EVERYTHING, AS_OF, list(VIEWS), pick) == (0, 0.0)
    assert reads.find_account(generation, EVERYTHING, HOSTILE) is None


def test_the_parts_of_a_scope_add_up_to_the_whole(generation):
    whole = reads.totals(generation, EVERYTHING, AS_OF)
    parts = [
        reads.totals(generation, Scope(segment=(name,)), AS_OF)
        for name in reads.choices(generation, EVERYTHING)["segment"]
    ]
    assert sum(n for n, _ in parts) == whole[0]
    assert sum(arr for _, arr in parts) == pytest.approx(whole[1])


def test_each_red_account_is_held_by_one_measure(generation):
    held = reads.held_by(generation, EVERYTHING, AS_OF, ["client_maturity"])
    bands = reads.bands(generation, EVERYTHING, AS_OF)
    now = bands[(bands["view"] == "client_maturity") & (bands["as_of"] == pd.Timestamp(AS_OF))].iloc[0]
    assert held["accounts"].sum() == now["red_accounts"]
    assert held["arr"].sum() == pytest.approx(now["red"])


def test_an_account_that_moved_counts_once(generation):
    found = reads.moves(generation, EVERYTHING, AS_OF, list(VIEWS), 1000)
    counts = reads.move_counts(generation, EVERYTHING, AS_OF, list(VIEWS)).set_index("view")
    assert found["account_id"].is_unique
    assert len(found) == counts.loc["", "accounts"] == counts.loc["", "worse"] + counts.loc["", "better"]
    assert (found["step"] < 0).sum() == counts.loc["", "worse"]


def test_a_red_is_as_old_as_its_weeks_without_a_break(tmp_path):
    folder = make(tmp_path / "c", Made(accounts=4, weeks=30))
    path = Warehouse(folder).generation().path
    weeks = [AS_OF - timedelta(weeks=n) for n in range(26)]
    red_for = {1: 1, 2: 5, 3: 26}
    rows = [(i, "vendor_risk", week, 40.0, "red" if n < red_for.get(i, 0) else "green")
            for i in (1, 2, 3, 4) for n, week in enumerate(weeks)]  # fmt: skip
    con = duckdb.connect(str(path))
    con.execute("delete from account_views where view = 'vendor_risk'").fetchall()
    con.executemany("insert into account_views (account_id, view, as_of, points, status) values (?, ?, ?, ?, ?)", rows)
    con.execute("update view_now set vendor_risk_status = 'red' where account_id <= 3").fetchall()
    con.close()
    found = reads.red_ages(Warehouse(folder).generation(), EVERYTHING, "vendor_risk", AS_OF).set_index("account_id")
    assert found["age"].to_dict() == {1: 1, 2: 5, 3: 26}
    assert found["is_older"].to_dict() == {1: False, 2: False, 3: True}


def test_the_groups_of_a_view_hold_every_account_once(generation):
    found = reads.groups(generation, EVERYTHING, "vendor_risk", AS_OF)
    assert found.groupby("grp")["accounts"].sum().to_dict() == dict.fromkeys(
        ["adoption", "finance", "product", "support"], 120
    )
    reds = reads.group_reds(generation, EVERYTHING, "vendor_risk", AS_OF)
    assert len(reds) == found.loc[found["status"] == "red", "accounts"].sum()


def test_a_red_group_is_as_old_as_the_weeks_since_it_turned(tmp_path):
    folder = make(tmp_path / "c", Made(accounts=3))
    con = duckdb.connect(str(Warehouse(folder).generation().path))
    con.execute("update group_now set status = 'green', since = null, is_older = null").fetchall()
    con.execute(
        """
        update group_now set status = 'red', is_older = account_id = 3,
            since = as_of - case account_id when 1 then 0 when 2 then 28 else 175 end
        where as_of = $week and view = 'vendor_risk' and grp = 'support'
        """,
        {"week": AS_OF},
    ).fetchall()
    con.close()
    found = reads.group_reds(Warehouse(folder).generation(), EVERYTHING, "vendor_risk", AS_OF).set_index("account_id")
    assert found["age"].to_dict() == {1: 1, 2: 5, 3: 26}
    assert found["is_older"].to_dict() == {1: False, 2: False, 3: True}


def test_accounts_can_be_picked_by_their_conflict_and_by_each_doubt(generation):
    kinds = reads.conflicts(generation, EVERYTHING, AS_OF).set_index("conflict")
    assert list(kinds.index) == ["locked_in_detractor", "leaving_advocate", "value_unseen"]
    for conflict, row in kinds.iterrows():
        found = reads.account_count(generation, EVERYTHING, AS_OF, list(VIEWS), Pick(conflict=str(conflict)))
        assert found == (row["accounts"], pytest.approx(row["arr"]))
    for kind, count in (("fragile", "fragile"), ("by hand", "by hand")):
        said = reads.doubts(generation, EVERYTHING, "client_engagement", AS_OF).set_index("kind")
        pick = Pick((("client_engagement", kind),))
        found = reads.account_count(generation, EVERYTHING, AS_OF, list(VIEWS), pick)
        assert found[0] == said.loc[count, "accounts"] > 0


def test_bands_can_be_counted_in_accounts(generation):
    by_arr = reads.bands(generation, EVERYTHING, AS_OF)
    by_count = reads.bands(generation, EVERYTHING, AS_OF, by="accounts")
    assert (by_count["red"] == by_count["red_accounts"]).all() and (by_count["red"] != by_arr["red"]).any()
    assert (by_count[["green", "amber", "red", "other"]].sum(axis=1) == 120).all()


def test_a_generation_of_another_version_says_to_build_again(tmp_path):
    folder = make(tmp_path / "c", Made(accounts=3))
    con = duckdb.connect(str(Warehouse(folder).generation().path))
    con.execute("drop table conflicts").fetchall()
    con.execute("alter table view_now drop column vendor_risk_cap").fetchall()
    con.close()
    old = Warehouse(folder).generation()
    for trouble in (
        lambda: reads.conflicts(old, EVERYTHING, AS_OF),
        lambda: reads.doubts(old, EVERYTHING, "vendor_risk", AS_OF),
    ):
        with pytest.raises(BuiltBefore, match=r"was built by another version: .* Run: sevenviews build"):
            trouble()
    assert reads.totals(old, EVERYTHING, AS_OF)[0] == 3


def test_evidence_holds_only_what_was_known_by_the_week(generation):
    early = reads.evidence(generation, EVERYTHING, 1, "tickets", AS_OF - timedelta(weeks=20), 100)
    late = reads.evidence(generation, EVERYTHING, 1, "tickets", AS_OF, 100)
    assert early.total < late.total == len(late.rows)
    assert (early.rows["opened_at"].dt.date <= AS_OF - timedelta(weeks=20)).all()
    assert "account_id" not in late.rows


def test_sources_of_a_measure_are_those_with_rows_per_account():
    assert reads.sources_of("tickets.csat, features.is_advanced, goals.value or goals.actual") == ["tickets", "goals"]


def test_before_the_first_build_the_message_says_what_to_run(tmp_path):
    with pytest.raises(NothingBuilt, match="sevenviews build"):
        Warehouse(tmp_path).generation()


def test_a_new_generation_is_picked_up_and_the_old_one_still_answers(tmp_path):
    folder = make(tmp_path / "c", Made(accounts=5))
    warehouse = Warehouse(folder)
    old = warehouse.generation()
    assert warehouse.generation() is old
    make(folder, Made(accounts=7))
    new = warehouse.generation()
    assert new.name > old.name
    assert [reads.totals(g, EVERYTHING, AS_OF)[0] for g in (old, new)] == [5, 7]


def test_an_answer_is_asked_for_once_and_cannot_be_spoilt(generation):
    first = generation.ask("select 1 as one")
    first["one"] = 99
    assert generation.ask("select 1 as one")["one"].tolist() == [1]


def test_the_warehouse_cannot_be_written_nor_reach_outside(generation):
    for sql in (
        "create table t as select 1",
        "select * from read_csv('/etc/passwd')",
        "set enable_external_access = true",
    ):
        with pytest.raises(duckdb.Error):
            generation.ask(sql)


def test_two_threads_read_while_a_build_publishes(tmp_path):
    folder = make(tmp_path / "c", Made(accounts=30, weeks=20))
    warehouse, troubles, seen = Warehouse(folder), [], set()
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            try:
                generation = warehouse.generation()
                accounts, _ = reads.totals(generation, EVERYTHING, AS_OF)
                bands = generation.ask(f"select count(*) as n, {len(seen)} as k from view_bands")["n"].iloc[0]
                seen.add((generation.name, accounts, int(bands)))
            except Exception as trouble:
                troubles.append(trouble)

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for n in (31, 32, 33):
        make(folder, Made(accounts=n, weeks=20))
    stop.set()
    for thread in threads:
        thread.join()
    assert not troubles
    assert len({name for name, _, _ in seen}) == len(seen), "one generation never shows two states"


def test_weeks_are_the_last_thirteen_newest_first(generation):
    weeks = reads.weeks(generation)
    assert weeks[0] == AS_OF and len(weeks) == 13 and weeks[-1] == date(2026, 8, 23)


def test_one_read_at_a_time_so_that_all_take_memory_for_one(generation, monkeypatch):
    inside, most = [], []

    class Slow:
        def execute(self, sql, bound):
            inside.append(sql)
            most.append(len(inside))
            time.sleep(0.01)
            return self

        def df(self):
            return pd.DataFrame({"sql": [inside.pop()]})

        def close(self):
            pass

    monkeypatch.setattr(generation, "_connection", SimpleNamespace(cursor=Slow))
    threads = [threading.Thread(target=generation.ask, args=(f"select {i} as one_at_a_time",)) for i in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 5


def test_a_larger_warehouse_keeps_more_in_memory_within_bounds():
    assert [_memory(megabytes * MEGABYTE) // MEGABYTE for megabytes in (1, 1_000, 100_000)] == [56, 100, 256]
