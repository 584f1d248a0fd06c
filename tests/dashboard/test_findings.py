"""Titles: computed, short, with a verb and a number, true when the data are turned round, and calm in a quiet week."""

import re
import shutil
from pathlib import Path

import duckdb
import pytest

from dashboard.address import parse
from dashboard.look import Look
from dashboard.reads import Warehouse
from data.generations import current
from tests.dashboard.kinds import KINDS
from tests.dashboard.made_five import turn_five
from tests.dashboard.made_money import turn_money
from tests.dashboard.pages import HREFS, html, titles

SWAPPED = "case {0} when 'red' then 'green' when 'green' then 'red' else {0} end"
SPELLED = (
    "no|none|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|both|every|all|half|third|nobody|nothing"
)


@pytest.fixture(scope="module")
def turned(company_folder, tmp_path_factory) -> Path:
    """The usual company turned round: red is green, what rose fell, who earned loses, who was fresh is late."""
    folder = tmp_path_factory.mktemp("turned") / "company"
    shutil.copytree(company_folder("usual"), folder)
    con = duckdb.connect(str(current(folder)))
    views = [row[0] for row in con.execute("select distinct view from scorecard").fetchall()]
    for table in ("view_bands", "entry_bands", "account_recent", "account_views"):
        con.execute(f"update {table} set status = {SWAPPED.format('status')}").fetchall()
    for table in ("account_recent", "account_views"):
        con.execute(f"update {table} set points = 100 - points").fetchall()
    con.execute(f"update moved set status = {SWAPPED.format('status')}, was = {SWAPPED.format('was')}").fetchall()
    con.execute("update moved_recent set points = 100 - points, points_before = 100 - points_before").fetchall()
    for view in views:
        worst = f"select min(entry) from scorecard where view = '{view}'"
        con.execute(
            f"""
            update view_now set {view}_status = {SWAPPED.format(view + "_status")},
                {view}_was = {SWAPPED.format(view + "_was")}, {view}_points = 100 - {view}_points,
                {view}_signal = case {view}_signal when 'up' then 'down' when 'down' then 'up' else 'down' end,
                {view}_worst = ({worst})
            """
        ).fetchall()
    con.execute(
        """
        update account_profit set profit = -profit, margin = -margin, revenue = 1e6 - revenue,
            band = case band when 'profitable' then 'unprofitable' when 'unprofitable' then 'profitable' else band end
        """
    ).fetchall()
    turn_money(con)
    turn_five(con)
    con.execute(
        "update load_report set complete_to = complete_to - 30, refused = 0, unmatched = 0, duplicates = 0"
    ).fetchall()
    con.execute(
        "update scorecard set is_connected = false, missing_columns = 'x.y' where measure = 'uptime'"
    ).fetchall()
    con.execute("update scorecard set owner = 'the board' where measure = 'maturity_level'").fetchall()
    con.execute("update load_report set is_connected = false where source = 'goals'").fetchall()
    con.execute(f"update override_ends set ended_status = {SWAPPED.format('ended_status')}").fetchall()
    con.execute("update account_recent set item = 'P2', status = 'green' where item = 'P1'").fetchall()
    con.execute(
        """
        update openings set missing_units = wanted - missing_units, amount = 90 * (wanted - missing_units) * unit_price,
            state = case state when 'untapped' then 'penetrated' when 'penetrated' then 'untapped' else state end
        """
    ).fetchall()
    con.close()
    return folder


@pytest.mark.parametrize("href", [href for href in HREFS if not href.startswith("definitions")])
def test_when_the_data_are_turned_round_so_is_every_title(href, looking, turned):
    was = titles(html(looking("usual", href)))
    now = titles(html(Look(Warehouse(turned).generation(), parse(href))))
    assert len(was) == len(now)
    fixed = [
        one for one, other in zip(was, now, strict=True) if one == other and not one.startswith("Every measure of")
    ]
    assert not fixed


def test_what_got_worse_got_better_when_turned_round(looking, turned):
    was = titles(html(looking("usual", "./")))[0]
    now = titles(html(Look(Warehouse(turned).generation(), parse("./"))))[0]
    assert was.startswith("Only Vendor Risk got worse")
    assert "Vendor Risk" in now and "better" in now


def test_who_loses_money_earns_it_when_turned_round(looking, turned):
    was, now = (
        titles(html(look))[0]
        for look in (looking("usual", "profit"), Look(Warehouse(turned).generation(), parse("profit")))
    )
    assert "break-even" in was and now.startswith("We lose")


@pytest.mark.parametrize("href", HREFS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_title_fits_its_line_and_speaks_in_a_sentence(kind, href, page_of):
    found = titles(page_of(kind, href))
    limit = 95 if kind != "hostile" else 140
    assert len(found[0]) <= limit
    for title in found:
        assert len(title) <= limit + 5, title
        assert title[0].isupper() or not title[0].isalpha() or kind == "hostile", title
        assert not title.endswith(("!", "?", ":", ";", ",")), title
        assert not title.endswith(".") or kind == "german", "a German month is written 'Aug.'"
        assert "  " not in title and " ;" not in title and "–" not in title, title


@pytest.mark.parametrize("kind", KINDS)
def test_the_title_of_a_screen_has_a_number_or_counts_in_words(kind, page_of):
    for href in ("./", "views", "profit", "accounts", "data", "vendor_risk"):
        title = titles(page_of(kind, href))[0].lower()
        assert re.search(rf"\d|\b({SPELLED})\b", title), title


def test_a_quiet_week_is_told_quietly(looking):
    title = titles(html(looking("quiet", "./")))[0]
    assert title.startswith("Nothing left its normal range this week")
    assert "accounts changed band" in title


def test_quiet_views_have_no_arrow(looking):
    assert not re.search("[↑↓] ", html(looking("quiet", "./")))


def test_nothing_to_score_is_said(looking):
    assert "waits for" in titles(html(looking("accounts only", "vendor_expansion")))[0]
    assert titles(html(looking("nobody", "./")))[0].startswith("No account is live")
    assert titles(html(looking("accounts only", "./")))[0].startswith("No view has a score yet: 16 measures wait")


def test_owners_without_a_name_are_called_by_their_function(looking):
    assert "Imani Okafor" in html(looking("usual", "vendor_risk"))
    assert "<img" not in html(looking("hostile", "vendor_risk"))
