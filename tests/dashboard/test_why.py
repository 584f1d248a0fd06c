"""The panel "Why did it move?": what it adds up to, says, and does where there is nothing to add up."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import files
from dashboard.address import Address, parse
from dashboard.findings.why import in_tenths
from dashboard.look import Look
from dashboard.reads import Warehouse
from dashboard.screens import account
from data.company import read_company
from data.journal.opening import open_journal
from data.journal.overrides import Entry, enter
from data.sample import write_sample
from tests.edge_companies import COMPANIES, built_edge
from tests.metrics.test_changeovers import AS_OF, OPEN_CASES, built
from tests.metrics.test_diff import folder_with
from tests.opened import Screen

Shown = Callable[..., Screen]


def shown(folder: Path, code: str, **more: str) -> Screen:
    """The screen of one account, read as a test reads it."""
    look = Look(Warehouse(folder).generation(), parse(Address("accounts").to("accounts", account=code, **more)))
    return Screen(str(account.page(look, code)))


def panel(screen: Screen) -> list[Any]:
    return [tag for tag in screen.tags if tag.name == "section" and tag.attributes.get("id") == "why"]


def cells(screen: Screen) -> list[list[str]]:
    """The rows of the waterfall: cells of its table in their order."""
    rows: dict[int, list[str]] = {}
    for tag in screen.tags:
        if tag.name in ("td", "th") and tag.is_in("table", "whytable") and tag.is_in("tbody"):
            row = next(each for each in reversed(tag.within) if each.name == "tr")
            rows.setdefault(id(row), []).append(" ".join(tag.text.split()))
    return list(rows.values())


def number(text: str) -> float | None:
    found = re.fullmatch(r"[+−]?\d+(\.\d+)?", text)
    return float(text.replace("−", "-").replace("+", "")) if found else 0.0 if text == "·" else None


@pytest.fixture(scope="module")
def sampled(sample_folder: Path) -> list[tuple[str, str]]:
    """Accounts and views that moved furthest in four weeks, and some that have no score."""
    generation = Warehouse(sample_folder).generation()
    rows = []
    for view in ("vendor_risk", "client_experience", "vendor_expansion", "client_maturity"):
        found = generation.ask(
            f"""
            select account_code from view_now where as_of = (select max(as_of) from view_now)
            order by abs({view}_points - {view}_points_4w) desc nulls first, account_id limit 14
            """
        )
        rows += [(code, view) for code in found["account_code"][::2]]
    return rows


def test_what_is_shown_adds_up_to_the_last_digit_shown(sample_folder, sampled):
    added = 0
    for code, view in sampled:
        first, *steps, last = cells(shown(sample_folder, code, why=view))
        before, after = number(first[-1]), number(last[-1])
        if before is None or after is None:
            assert all(number(row[3]) is None for row in steps)
            continue
        added += 1
        assert round(before + sum(number(row[3]) or 0.0 for row in steps), 1) == after
    assert added > 8


def test_the_last_bar_is_the_score_of_the_views_table(sample_folder, sampled):
    for code, view in sampled[:8]:
        screen = shown(sample_folder, code, why=view)
        score = number(cells(screen)[-1][-1])
        link = next(t for t in screen.tags if t.has("whylink") and parse(t.attributes["href"]).more["why"] == view)
        assert (score is None and link.text == "–") or abs(float(link.text) - score) <= 0.5 + 1e-9


def test_the_download_holds_every_step_unrounded(sample_folder, sampled):
    for code, view in sampled:
        screen = shown(sample_folder, code, why=view)
        (link,) = [t for t in screen.tags if t.name == "a" and t.has("csv") and f"why-{view}" in t.attributes["href"]]
        table = files.taken(link.attributes["href"].split("/")[1]).make()
        first, last = table["stands_at"].iloc[0], table["stands_at"].iloc[-1]
        if first == first and last == last:
            assert first + table["points"].sum() == pytest.approx(last, abs=1e-9)


def test_the_weeks_compared_are_those_of_the_address(sample_folder, sampled):
    (code, view), *_ = sampled
    assert "18 Oct 2026" in cells(shown(sample_folder, code, why=view))[0][0]
    assert "12 Jul 2026" in cells(shown(sample_folder, code, why=view, **{"from": "2026-07-12"}))[0][0]
    assert "27 Sep 2026" in cells(shown(sample_folder, code, why=view, week="2026-10-25"))[0][0]


@pytest.mark.parametrize("start", ["yesterday", "2026-10-19", "2031-01-04", "2026-11-15", ""])
def test_a_week_that_is_none_falls_back_to_four_weeks_before(sample_folder, sampled, start):
    (code, view), *_ = sampled
    assert "18 Oct 2026" in cells(shown(sample_folder, code, why=view, **{"from": start}))[0][0]


@pytest.mark.parametrize("view", ["", "vendor_riks", "scored_weeks"])
def test_without_a_view_there_is_no_panel(sample_folder, sampled, view):
    assert panel(shown(sample_folder, sampled[0][0], why=view)) == []


def test_every_view_of_the_table_opens_its_panel(sample_folder, sampled):
    links = [t.attributes["href"] for t in shown(sample_folder, sampled[0][0]).tags if t.has("whylink")]
    assert len(links) == 7
    for link in links:
        address = parse(link)
        assert panel(shown(sample_folder, address.more["account"], why=address.more["why"]))


def test_an_account_that_was_not_live_then_is_said_so(sample_folder):
    generation = Warehouse(sample_folder).generation()
    code = generation.ask(
        """
        select n.account_code from view_now as n where n.as_of = (select max(as_of) from view_now)
            and n.vendor_risk_points is not null and n.account_id not in (
                select account_id from scored_weeks where as_of = (select max(as_of) from view_now) - cast(182 as int))
        order by n.account_id limit 1
        """
    )["account_code"].iloc[0]
    screen = shown(sample_folder, code, why="vendor_risk", **{"from": "2026-05-17"})
    assert "Vendor Risk had no score on 17 May: the account was not live" in screen.words
    assert number(cells(screen)[0][-1]) is None


def test_the_waterfall_says_itself_in_words(sample_folder, sampled):
    code, view = next(one for one in sampled if one[1] == "vendor_risk")
    screen = shown(sample_folder, code, why=view)
    (caption,) = [tag.text for tag in screen.tags if tag.name == "caption"]
    first, last = cells(screen)[0][-1], cells(screen)[-1][-1]
    assert re.match(rf"Vendor Risk: ({first}|no score) on 18 Oct 2026; ", caption)
    assert re.search(rf"; ({last}|no score) on 15 Nov 2026\.$", caption)


@pytest.mark.parametrize("name", COMPANIES)
def test_companies_at_the_edge(name, tmp_path_factory):
    folder = built_edge(name, tmp_path_factory.getbasetemp())
    generation = Warehouse(folder).generation()
    for code in generation.ask("select account_code from accounts order by account_id limit 3")["account_code"]:
        for view in generation.ask("select distinct view from scorecard where is_connected")["view"]:
            screen = shown(folder, code, why=view)
            assert len(panel(screen)) == 1
            assert not re.search(r"\b(nan|None|NaT|inf)\b(?! of )(?! is )", screen.words)


def test_a_definition_that_changed_and_a_value_by_hand(tmp_path):
    """The week before by five open cases, this one by two and by hand: both have a step, and all adds up."""
    folder = tmp_path / "company"
    write_sample(folder, AS_OF, accounts=30, weeks=16)
    built(folder, AS_OF - timedelta(weeks=1))
    folder_with(folder / "scorecards", "vendor_risk", OPEN_CASES)
    generation = Warehouse(folder).generation()
    code = generation.ask(
        "select account_code from view_now where vendor_risk_points is not null order by as_of desc, account_id limit 1"
    )["account_code"].iloc[0]
    entry = Entry(code, "vendor_risk", AS_OF, 80.0, "green", "red", "the sponsor told us he leaves", "Meera Krishnan")
    enter(open_journal(read_company(folder)), entry, datetime(2026, 11, 16, 9, tzinfo=UTC))
    built(folder, AS_OF)
    screen = shown(folder, code, why="vendor_risk", **{"from": "2026-11-08"})
    first, *steps, last = cells(screen)
    assert [row for row in steps if row[:3] == ["Definition", "Open cases", "red 5 → 2"]]
    assert steps[-1][:2] == ["By hand", "Value by hand"]
    assert steps[-1][2] == "Meera Krishnan set 25 points: the sponsor told us he leaves"
    assert last[-1] == "25.0"
    assert round(number(first[-1]) + sum(number(row[3]) for row in steps), 1) == 25.0
    assert "as the view was defined then" in screen.words


parts = st.lists(st.floats(-100, 100), min_size=1, max_size=20)


@given(parts)
def test_rounded_parts_add_up_to_the_rounded_whole(each):
    whole = round(sum(each), 1)
    tenths = in_tenths(each, whole)
    assert round(sum(tenths), 1) == whole
    assert all(abs(tenth - exact) <= 0.1 + 1e-9 for tenth, exact in zip(tenths, each, strict=True))


def test_rounding_by_hand():
    assert in_tenths([1 / 3, 1 / 3, 1 / 3], 1.0) == [0.4, 0.3, 0.3]
    assert in_tenths([-0.25, 0.25], 0.0) == [-0.2, 0.2]
