"""Values by hand on the screens: laid over at read, marked, listed with what followed, and never markup or formula."""

import io
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from dashboard import files, reads
from dashboard.address import parse
from dashboard.findings import overrides as told
from dashboard.hands import overlay
from dashboard.look import Look
from dashboard.reads import EVERYTHING, ByHand, Rule, Scope, Sort, Warehouse
from dashboard.screens import accounts
from dashboard.screens import overrides as screen
from dashboard.screens.listing import listing
from dashboard.voice import Voice
from data.company import read_company
from data.journal import overrides as journal_overrides
from data.journal.opening import Journal, open_journal
from data.journal.overrides import Entry, Override, enter, withdraw
from tests.dashboard.kinds import HOSTILE
from tests.dashboard.made import AS_OF, Made, make
from tests.dashboard.made_overrides import REASON, VIEW
from tests.dashboard.pages import html, text, titles

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A company with three accounts by hand, which the build took."""
    return make(tmp_path / "company", Made(accounts=20))


@pytest.fixture
def journal(folder: Path) -> Journal:
    return open_journal(read_company(folder))


def look_at(folder: Path, href: str = "accounts") -> Look:
    return Look(Warehouse(folder).generation(), parse(href))


def entry(account: str, view: str = "vendor_risk", status: str = "red", **more) -> Entry:
    usual = {"week": AS_OF, "rule_points": 90.0, "rule_status": "green", "reason": "Heard it", "author": "Ada"}
    return Entry(account, view, status=status, **usual | more)


def override(status: str = "green", **more) -> Override:
    usual = dict.fromkeys(Override.__dataclass_fields__)
    day = {"made_on": AS_OF, "week": AS_OF, "expires_on": date(2026, 12, 15), "is_verified": False}
    said = {"override_id": 1, "account_code": "A1", "view": "vendor_risk", "author": "Ada", "reason": "Heard it"}
    return Override(**usual | day | said | {"status": status, "points": 87.5, "rule_status": "red"} | more)


ROW = {"account_code": "A1", "vendor_risk_status": "red", "vendor_risk_points": 31.0, "vendor_risk_signal": "down"}


def test_what_a_person_set_is_laid_over_the_row_and_the_rule_kept_beside(looking):
    hands = ByHand({("A1", "vendor_risk"): override()})
    (row,) = overlay([ROW], hands, ["vendor_risk"], looking().f)
    assert (row["vendor_risk_status"], row["vendor_risk_points"], row["vendor_risk_signal"]) == ("green", 87.5, None)
    hand = row["hands"]["vendor_risk"]
    assert hand.rule == Rule("red", 31.0)
    assert hand.source == "Ada (unverified), until 15 Dec 2026; the rule says red, 31 points"
    assert ROW["vendor_risk_status"] == "red"


def test_where_the_build_took_it_the_rule_s_value_comes_from_the_build(looking):
    built = {("A1", "vendor_risk"): Rule("amber", 55.0)}
    (row,) = overlay([ROW], ByHand({("A1", "vendor_risk"): override()}, built), ["vendor_risk"], looking().f)
    assert row["hands"]["vendor_risk"].rule == Rule("amber", 55.0)


def test_what_was_withdrawn_since_the_build_gives_the_rule_s_value_back(looking):
    (row,) = overlay([ROW], ByHand({}, {("A1", "vendor_risk"): Rule("amber", 55.0)}), ["vendor_risk"], looking().f)
    assert (row["vendor_risk_status"], row["vendor_risk_points"], row["hands"]) == ("amber", 55.0, {})


def test_other_accounts_and_views_stay_as_they_are(looking):
    hands = ByHand({("B2", "vendor_risk"): override(), ("A1", "client_outcomes"): override()})
    assert overlay([ROW], hands, ["vendor_risk"], looking().f) == [ROW | {"hands": {}}]


# Read from the journal


def test_what_the_build_took_stands_and_waits_for_nothing(folder):
    hands = look_at(folder).by_hand
    assert len(hands.standing) == len(hands.built) == 3
    assert (hands.waiting, hands.is_reached) == (0, True)


def test_a_new_override_and_a_withdrawn_one_wait_for_the_next_build(folder, journal):
    enter(journal, entry("001000"), NOW)
    key, taken = next(iter(look_at(folder).by_hand.standing.items()))
    withdraw(journal, taken.override_id, "Ada", AS_OF, NOW)
    look = look_at(folder)
    assert ("001000", "vendor_risk") in look.by_hand.standing and key not in look.by_hand.standing
    assert look.by_hand.waiting == 2
    assert "totals take 2 by hand from the next build" in text(html(look))
    assert "totals take" not in text(html(look_at(folder, "accounts?week=2026-11-08")))


def test_an_override_goes_back_to_the_rule_by_itself(folder, journal):
    enter(journal, entry("001000", week=AS_OF - timedelta(weeks=3), days=3), NOW - timedelta(weeks=3))
    standing = {
        week: reads.by_hand(look_at(folder).generation, EVERYTHING, week).standing for week in look_at(folder).weeks
    }
    assert [("001000", "vendor_risk") in standing[AS_OF - timedelta(weeks=back)] for back in range(5)] == [
        False, False, False, True, False,
    ]  # fmt: skip


def test_an_account_outside_the_scope_is_neither_laid_over_nor_counted(folder, journal):
    enter(journal, entry("001000"), NOW)
    generation = look_at(folder).generation
    segment = reads.find_account(generation, EVERYTHING, "001000")["segment"]
    others = tuple({"Enterprise", "Mid-market", "Small business"} - {segment})
    assert reads.by_hand(generation, Scope(segment=(segment,)), AS_OF).waiting == 1
    found = reads.by_hand(generation, Scope(segment=others), AS_OF)
    assert found.waiting == 0 and ("001000", "vendor_risk") not in found.standing
    listed = reads.all_overrides(generation, Scope(segment=others))
    assert "001000" not in set(listed["account_code"]) and len(listed) <= 4


def test_an_unknown_account_is_listed_for_the_whole_company_alone(folder, journal):
    enter(journal, entry("GONE"), NOW)
    generation = look_at(folder).generation
    listed = reads.all_overrides(generation, EVERYTHING).set_index("account_code")
    assert not listed.loc["GONE", "is_known"]
    assert "GONE" not in set(reads.all_overrides(generation, Scope(region=("EMEA", "")))["account_code"])
    assert "GONE" in text(html(look_at(folder, "overrides")))


def test_an_account_that_was_renamed_keeps_its_value_by_hand(folder, journal):
    import duckdb

    with duckdb.connect(str(Warehouse(folder).generation().path)) as connection:
        connection.execute(
            "insert into account_aliases select 'OLD', account_id from accounts where account_code = '001000'"
        )
    enter(journal, entry("OLD"), NOW)
    assert ("001000", "vendor_risk") in look_at(folder).by_hand.standing


def test_a_journal_out_of_reach_leaves_what_the_build_took_and_says_so(folder, monkeypatch):
    before = look_at(folder).by_hand
    (folder / "company.toml").write_text(
        'name = "Made"\njournal_url = "postgresql://keeper:hunter2@127.0.0.1:1/x"', encoding="utf-8"
    )
    look = look_at(folder)
    assert look.by_hand.standing.keys() == before.standing.keys() and not look.by_hand.is_reached
    assert {one.reason for one in look.by_hand.standing.values()} == {REASON}
    page = html(look)
    assert "the journal can’t be reached" in text(page) and "hunter2" not in page
    listed = html(look_at(folder, "overrides"))
    assert titles(listed)[0].startswith("The journal can’t be reached") and "hunter2" not in listed
    monkeypatch.setattr(journal_overrides, "standing", lambda *_: pytest.fail("asked again at once"))
    assert not look_at(folder).by_hand.is_reached


def test_a_journal_that_is_gone_is_no_reason_to_forget_what_the_build_took(folder):
    for path in folder.glob("journal.db*"):
        path.unlink()
    hands = look_at(folder).by_hand
    assert len(hands.standing) == 3 and not hands.is_reached


# On the screens


def test_the_account_shows_both_values_and_opens_the_form(folder, journal):
    enter(journal, entry("001000", reason="They <b>leave</b>"), NOW)
    page = html(look_at(folder, "accounts?account=001000"))
    assert "They &lt;b&gt;leave&lt;/b&gt;" in page
    assert "Ada (unverified), until 16 Dec 2026; the rule says" in text(page)
    assert "override=vendor_risk" in page and "override=new" in page
    assert "override=new" not in html(look_at(folder, "accounts?account=001000&week=2026-11-08"))


@pytest.mark.parametrize("words", [*filter(None, HOSTILE), "x" * 1_000])
def test_hostile_words_are_text_on_the_list_and_in_its_file(folder, journal, words):
    enter(journal, entry("001000", reason=words, author=words[:80], status="amber"), NOW)
    look = look_at(folder, "overrides")
    page = html(look)
    assert "<script" not in page and "<img" not in page and "<b>bold" not in page
    assert " ".join(words.split()) in text(page)
    sheet = pd.read_csv(io.StringIO(files.csv(screen.table(look))), dtype=str)
    first = sheet.iloc[0]
    for cell in (first["reason"], first["author"]):
        assert not cell.startswith(files.FORMULA)
    assert first["reason"].removeprefix("'") == words.strip()


def test_the_list_shows_both_values_and_tells_who_was_right(folder):
    page = text(html(look_at(folder, "overrides")))
    assert "3 values stand by hand" in page
    assert "Who was right: Whose band was nearer" in page
    for words in ("Stands 3", "Expired 1", REASON, "unverified"):
        assert words in page
    ended = text(html(look_at(folder, "overrides?state=expired")))
    assert ended.count(REASON) == 1 and "the rule says" in ended


def test_the_file_of_the_list_holds_every_override(folder):
    sheet = screen.table(look_at(folder, "overrides?state=expired"))
    assert len(sheet) == 4
    assert sheet["state"].value_counts().to_dict() == {"stands": 3, "expired": 1}
    assert set(sheet["view"]) == {VIEW} and set(sheet["points"]) == {87.5}


def test_before_anybody_entered_anything_the_list_says_how(tmp_path):
    folder = make(tmp_path / "company", Made(accounts=0, has_invoices=False, has_arr=False))
    page = html(look_at(folder, "overrides"))
    assert titles(page)[0] == "No value was ever set by hand: every band is the rule’s"
    assert "Set a view by hand" in text(page)


# Who was right


def ended(human: str, rule: str, now: str | None, is_live: bool = True) -> dict:
    day = date(2026, 10, 18)
    return vars(override(human, rule_status=rule, week=date(2026, 10, 4), expires_on=day)) | {
        "ends_on": day, "ended_as_of": day, "ended_status": now, "is_live": is_live,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("human", "rule", "now", "right"),
    [
        ("green", "red", "green", "person"),
        ("green", "red", "amber", "neither"),
        ("green", "red", "red", "rule"),
        ("amber", "red", "green", "person"),
        ("red", "green", "red", "person"),
        ("red", "amber", "green", "rule"),
        ("green", "insufficient data", "green", "person"),
        ("green", "insufficient data", "red", "neither"),
        ("green", "red", "stale", "unknown"),
    ],
)
def test_whoever_was_nearer_to_what_the_rule_says_after_the_term_was_right(human, rule, now, right):
    assert told.ending(ended(human, rule, now), AS_OF, expansion=False).right == right


@pytest.mark.parametrize(
    ("human", "rule", "right"),
    [
        ("red", "green", "person"),
        ("green", "red", "rule"),
        ("amber", "red", "rule"),
        ("red", "no data", "person"),
        ("green", "no data", "neither"),
    ],
)
def test_when_the_account_left_whoever_had_it_lower_was_right(human, rule, right):
    ending = told.ending(ended(human, rule, None, is_live=False), AS_OF, expansion=False)
    assert (ending.right, ending.words) == (right, "the account left")
    assert told.ending(ended(human, rule, None, is_live=False), AS_OF, expansion=True).right == "unknown"


def test_states_and_what_cannot_be_judged():
    row = ended("green", "red", "green")
    assert told.ending(row, date(2026, 10, 11), False) == told.Ending("stands", "", "still stands")
    assert told.ending(row | {"ended_as_of": None}, AS_OF, False).words == "known from the next build"
    assert told.ending(row | {"withdrawn_week": row["ends_on"]}, AS_OF, False).state == "withdrawn"
    assert told.ending(row | {"replaced_week": row["ends_on"]}, AS_OF, False).state == "replaced"
    at_once = row | {"ends_on": row["week"], "withdrawn_week": row["week"]}
    assert told.ending(at_once, AS_OF, False) == told.Ending("withdrawn", "", "stood in no week")


@pytest.mark.parametrize(
    ("rights", "says"),
    [
        ("", "No value was ever set by hand: every band is the rule’s"),
        ("s", "1 value stands by hand; none that ended can be judged yet"),
        ("sspprn", "2 values stand by hand; of the four that ended, people were right in two and the rule in one"),
        ("p", "No value stands by hand; in the one that ended, the person was right"),
        ("n", "No value stands by hand; in the one that ended, neither was right"),
    ],
)
def test_the_title_counts_who_was_right(looking, rights, says):
    kinds = {"s": ("stands", ""), "p": ("expired", "person"), "r": ("expired", "rule"), "n": ("expired", "neither")}
    endings = [told.Ending(*kinds[one], "") for one in rights]
    assert told.title(endings, Voice(looking().company)) == says


# On the lists


@pytest.mark.parametrize("href", ["accounts?sort=name:asc", "views?sort=name:asc"])
def test_the_lists_lay_it_over_and_mark_it(folder, journal, href):
    look = look_at(folder)
    name = reads.find_account(look.generation, EVERYTHING, "001000")["name"]
    before = html(look_at(folder, f"{href}&find=001000"))
    assert name in before and "Heard it" not in before
    enter(journal, entry("001000"), NOW)
    after = html(look_at(folder, f"{href}&find=001000"))
    assert "by hand" in text(after) and "Heard it" in after and "Ada (unverified)" in after


def test_the_file_of_accounts_says_what_is_by_hand(folder, journal):
    enter(journal, entry("001000", "client_outcomes"), NOW)
    look = look_at(folder)
    found = listing(look, accounts.ROWS, accounts.ORDERS, Sort("arr"))
    sheet = accounts.table(look, found).set_index("account_code")
    assert sheet.loc["001000", "by_hand"] == "client_outcomes"
    assert sheet.loc["001000", "client_outcomes_status"] == "red"


def test_a_move_that_was_overruled_since_the_build_says_so(folder, journal):
    look = look_at(folder, "vendor_risk")
    moved = reads.moves(look.generation, EVERYTHING, AS_OF, ["vendor_risk"], 1).iloc[0]
    status = "green" if moved["now"] != "green" else "red"
    enter(journal, entry(moved["account_code"], status=status, rule_status=moved["now"], reason="No, they stay"), NOW)
    assert "No, they stay" in html(look_at(folder, "vendor_risk"))
