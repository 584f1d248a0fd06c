"""Seven views: conflicts on top, cells with all one must know, sorts, picks and the aim, on data one can check."""

import re
import shutil
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from dashboard import files
from dashboard.address import parse
from dashboard.look import Look
from dashboard.reads import EVERYTHING, Warehouse, account_page
from dashboard.reads.accounts import Pick, Sort
from dashboard.screens import matrix
from dashboard.screens.listing import listing
from data.generations import current
from tests.dashboard.made import AS_OF, VIEWS, Made, make
from tests.dashboard.pages import html, text, titles

ROW = re.compile(r"<tbody>.*?</tbody>", re.S)


def changed(folder: Path, target: Path, *statements: str) -> Path:
    """A copy of a company with its warehouse changed."""
    shutil.copytree(folder, target)
    con = duckdb.connect(str(current(target)))
    for statement in statements:
        con.execute(statement).fetchall()
    con.close()
    return target


def look_at(folder: Path, href: str = "views") -> Look:
    return Look(Warehouse(folder).generation(), parse(href))


@pytest.fixture(scope="module")
def few(tmp_path_factory) -> Path:
    """Four accounts, each with something to say in Vendor Risk, ARR 400K, 300K, 200K and 100K."""
    folder = make(tmp_path_factory.mktemp("few") / "company", Made(accounts=4, step=0.0))
    con = duckdb.connect(str(current(folder)))
    for statement in (
        "update view_now set weight_arr = (5 - account_id) * 100000, arr = (5 - account_id) * 100000",
        "update view_now set vendor_risk_status = 'red', vendor_risk_points = 50, vendor_risk_cap = 'sponsor gone',"
        " vendor_risk_low = 30, vendor_risk_high = 62, vendor_risk_worst = 'open_cases', vendor_risk_n = 3,"
        " vendor_risk_of = 5 where account_id = 1",
        "update view_now set vendor_risk_status = 'green', vendor_risk_points = 80, vendor_risk_cap = null,"
        " vendor_risk_low = 80, vendor_risk_high = 80 where account_id <> 1",
        "update fragile set changed = 0",
        f"insert into fragile values ('vendor_risk', 2, date '{AS_OF}', 0.34), ('vendor_risk', 3, date '{AS_OF}', 0.1)",
        "delete from conflicts",
        f"insert into conflicts values (date '{AS_OF}', 'leaving_advocate', 1, 400000),"
        f" (date '{AS_OF}', 'leaving_advocate', 3, 200000), (date '{AS_OF}', 'locked_in_detractor', 1, 400000)",
    ):
        con.execute(statement).fetchall()
    con.close()
    return folder


def cell(folder: Path, account: int, view: str = "vendor_risk", href: str = "views"):
    """One cell of the matrix."""
    look = look_at(folder, href)
    parts = matrix.PARTS
    frame = account_page(look.generation, EVERYTHING, AS_OF, look.views, Sort("arr"), Pick(), 10, 0, parts)
    row = next(r for r in look.overlay(frame.astype(object).where(frame.notna(), None).to_dict("records"))
               if r["account_id"] == account)  # fmt: skip
    return matrix.cells(look, [row])[account][look.views.index(view)]


def test_a_capped_score_names_its_cap_its_range_and_its_worst_measure(few):
    found = cell(few, 1)
    assert (found.points, found.n, found.of, found.is_capped, found.is_fragile) == (50, 3, 5, True, False)
    assert found.words == (
        "Vendor Risk: Red, 50 of 100, from 3 of 5 measures; worst measure: Open cases; "
        "30 to 62 if what is missing were worst or best; held down by a cap: sponsor gone"
    )


def test_an_account_says_its_caps_and_ranges_too(few):
    words = text(html(look_at(few, "accounts?account=001000")))
    assert "held by the cap “sponsor gone” 30 to 62 if what is missing were worst or best" in words
    assert "held by the cap" not in text(html(look_at(few, "accounts?account=001001")))


def test_a_band_that_the_weights_decide_is_marked_from_a_fifth_of_the_draws_on(few):
    assert [cell(few, n).is_fragile for n in (1, 2, 3)] == [False, True, False]
    assert "fragile: another band in 34\u00a0% of draws" in cell(few, 2).words
    assert "if what is missing" not in cell(few, 2).words, "nothing is missing where both ends are alike"


def test_a_value_by_hand_says_what_the_rule_says_and_has_no_arrow(company_folder):
    look = look_at(company_folder("usual"))
    code, view = next(iter(look.by_hand.standing))
    page = html(look_at(company_folder("usual"), f"views?find={code}"))
    assert "by hand" in page and "the rule says" in page
    assert "M. <b>" not in page and "M. &lt;b&gt;Curie" in page
    assert look.by_hand.built[code, view].status in ("red", "amber")
    assert view == "client_engagement"


def test_conflicts_stand_on_top_with_accounts_arr_and_who_answers(few):
    words = text(html(look_at(few)))
    assert "Leaving advocate speaks well of us, but is going 2 accounts $600K ARR Customer Success" in words
    assert "Locked-in detractor stays, but would not speak for us 1 account $400K ARR Hanna Weiss" in words
    assert "Value" not in words.split("Under the points")[0].split("Locked-in")[1], (
        "a conflict nobody is in is left out"
    )


def test_a_conflict_picks_its_accounts_and_is_let_go_again(few):
    page = html(look_at(few, "views?conflict=leaving_advocate"))
    assert titles(page)[0] == "2 accounts, $600K of ARR, are in one conflict: leaving advocate"
    assert len(re.findall(r'<td class="cut name">', page)) == 2
    strip = page[page.index('class="conflicts"') : page.index('class="controls"')]
    links = re.findall(r'href="([^"]+)"', strip)
    assert "views" in links and "views?conflict=locked_in_detractor" in links


def test_a_week_without_conflicts_is_quiet_and_a_company_without_kinds_silent(few, tmp_path):
    none = changed(few, tmp_path / "none", "delete from conflicts")
    quiet = "No account contradicts itself this week: the three conflicts we look for have none"
    assert quiet in text(html(look_at(none)))
    unknown = changed(none, tmp_path / "unknown", "delete from conflict_kinds")
    assert 'class="conflicts"' not in html(look_at(unknown))


def test_a_row_names_its_first_conflict_and_counts_the_others(few):
    body = ROW.search(html(look_at(few)))[0]
    rows = body.split("<tr>")[1:]
    assert "Locked-in detractor" in rows[0] and "+1" in rows[0]
    assert "Leaving advocate" in rows[2] and "Leaving advocate" not in rows[1]


@pytest.mark.parametrize(("state", "expected"), [("capped", ["001000"]), ("fragile", ["001001"]), ("red", ["001000"])])
def test_doubts_pick_accounts_like_bands_do(few, state, expected):
    look = look_at(few, f"views?only=vendor_risk:{state}")
    assert re.findall(r"accounts\?account=(\d+)", ROW.search(html(look))[0]) == expected
    assert f"Vendor Risk {state}" in text(html(look))


@pytest.mark.parametrize("mode", ["lines", "range", "worst"])
def test_a_second_line_is_drawn_only_on_demand(few, mode):
    plain, drawn = (html(look_at(few, href)) for href in ("views", f"views?cells={mode}"))
    assert 'class="below"' not in plain and drawn.count('class="below"') > 3
    assert html(look_at(few, "views?cells=nonsense")).count('class="below"') == 0


def test_the_line_of_a_cell_has_a_point_for_every_week_and_its_ring_only_on_a_signal(few, tmp_path):
    drawn = html(look_at(few, "views?cells=lines"))
    line = re.search(r'class="below"><svg.*?points="([^"]+)"', drawn, re.S)
    assert len(line[1].split()) == 26
    assert 'r="4.55" fill="none"' not in drawn
    loud = changed(few, tmp_path / "loud", "update view_now set vendor_risk_signal = 'down' where account_id = 1")
    assert html(look_at(loud, "views?cells=lines")).count('r="4.55" fill="none"') == 1


def test_what_is_drawn_in_a_cell_is_said_in_words_and_offered_as_a_table(few):
    assert "26 weeks, from" in text(html(look_at(few, "views?cells=lines")))
    assert cell(few, 1, href="views?cells=range").told == "30 to 62 if what is missing were worst or best"
    files._offers.clear()
    html(look_at(few, "views?cells=lines"))
    table = next(offer for offer in files._offers.values() if offer.name.startswith("lines")).make()
    assert list(table) == ["account_code", "view", "as_of", "points"]
    assert len(table) == 4 * 7 * 26 and table["account_code"].nunique() == 4


def test_points_have_an_arrow_only_on_a_signal(few, tmp_path):
    assert not re.search("[↑↓] ", ROW.search(html(look_at(few)))[0])
    loud = changed(few, tmp_path / "loud", "update view_now set vendor_risk_signal = 'down' where account_id = 1",
                   "update view_now set vendor_expansion_signal = 'down' where account_id = 1")  # fmt: skip
    assert len(re.findall("[↑↓] ", ROW.search(html(look_at(loud)))[0])) == 1, "Expansion raises no alarm"


def test_sorted_by_a_view_the_title_tells_of_all_accounts_and_turns_with_the_data(company_folder, tmp_path):
    folder = company_folder("usual")
    was = titles(html(look_at(folder, "views?sort=vendor_risk:asc")))[0]
    reds, arr = _reds(folder)
    assert was.startswith(f"{reds} of the 120 accounts are red in Vendor Risk, ")
    assert look_at(folder).f.money(arr) in was and "over" in was
    swap = "case status when 'red' then 'green' when 'green' then 'red' else status end"
    other = changed(folder, tmp_path / "turned", f"update view_bands set status = {swap}")
    now = titles(html(look_at(other, "views?sort=vendor_risk:asc")))[0]
    assert now != was and "Vendor Risk" in now
    calm = changed(folder, tmp_path / "calm", "update view_bands set status = 'green'")
    assert (
        titles(html(look_at(calm, "views?sort=vendor_risk:asc")))[0] == "None of the 120 accounts is red in Vendor Risk"
    )


def _reds(folder: Path) -> tuple[int, float]:
    found = look_at(folder).generation.ask(
        """
        select sum(accounts) as n, sum(arr) as arr from view_bands
        where view = 'vendor_risk' and as_of = $week and status = 'red'
        """,
        {"week": AS_OF},
    )
    return int(found["n"].iloc[0]), float(found["arr"].iloc[0])


def test_the_aim_is_the_default_order_and_is_said(company_folder, tmp_path):
    aimed = changed(company_folder("usual"), tmp_path / "aimed", "update settings set aim = 'maturity'")
    words = text(html(look_at(aimed)))
    assert "fewest points in Client Maturity first, our aim: lift clients to higher maturity" in words
    assert words.count("our aim") == 2
    largest = text(html(look_at(aimed, "views?sort=arr:desc")))
    assert "largest first" in largest and largest.count("our aim") == 1
    week = html(look_at(aimed, "./"))
    assert "our aim, lift clients to higher maturity: Client Maturity" in text(week)
    assert re.search(r'class="tile[^"]* aimed[^"]*" data-view="client_maturity"', week)
    assert "our aim: lift clients to higher maturity" in text(html(look_at(aimed, "client_maturity")))
    assert "our aim" not in text(html(look_at(aimed, "vendor_risk")))


def test_an_aim_whose_view_is_off_is_no_lens(company_folder, tmp_path):
    off = changed(company_folder("usual"), tmp_path / "off", "update settings set aim = 'maturity'",
                  "delete from scorecard where view = 'client_maturity'")  # fmt: skip
    assert look_at(off).lens is None
    assert "largest first" in text(html(look_at(off)))


@pytest.mark.parametrize("on", [("vendor_risk",), ("client_outcomes", "client_maturity"), ("vendor_expansion",)])
@pytest.mark.parametrize("screen", ["./", "views", "accounts", "accounts?account=001000", "definitions", "data"])
def test_views_that_are_off_leave_every_screen_whole(company_folder, tmp_path, on, screen):
    names = ", ".join(f"'{view}'" for view in on)
    folder = changed(
        company_folder("usual"), tmp_path / "off",
        f"delete from scorecard where view not in ({names})",
        f"delete from conflict_kinds where green_view not in ({names}) or red_view not in ({names})",
    )  # fmt: skip
    page = html(look_at(folder, screen))
    assert titles(page)[0]
    gone = {view.replace("_", " ").title() for view in VIEWS} - {view.replace("_", " ").title() for view in on}
    assert not [title for title in gone if f">{title}<" in page]


def test_the_table_of_all_cells_is_offered_with_its_doubts(few):
    look = look_at(few)
    files._offers.clear()
    html(look)
    table = next(offer for offer in files._offers.values() if offer.name.startswith("seven-views")).make()
    first = table.set_index("account_code").loc["001000"]
    assert first["vendor_risk_status"] == "red" and first["vendor_risk_measures"] == 3
    assert (first["vendor_risk_low"], first["vendor_risk_high"], first["vendor_risk_cap"]) == (30, 62, "sponsor gone")
    assert first["conflicts"] == "Locked-in detractor, Leaving advocate"
    assert table["vendor_risk_fragile"].tolist() == [False, True, False, False]


def test_a_matrix_nobody_fits_still_offers_its_columns(few):
    look = look_at(few, "views?find=nobody-is-called-so")
    files._offers.clear()
    assert titles(html(look))[0] == "No account fits this choice"
    table = next(offer for offer in files._offers.values() if offer.name.startswith("seven-views")).make()
    assert table.empty and "account_code" in table.columns


def test_an_earlier_week_has_its_own_conflicts_and_no_fragile_band(company_folder):
    week = AS_OF - timedelta(weeks=2)
    page = html(look_at(company_folder("usual"), f"views?week={week}"))
    body = ROW.search(page)[0]
    assert 'class="fragile"' not in body and titles(page)


def test_each_account_says_when_its_term_ends_and_how_it_stands(few):
    page = html(look_at(few))
    terms = [text(one) for one in re.findall(r'<td class="num term".*?</td>', page, re.S)]
    assert terms == [
        "next term ends 15 Dec 2026, $100 of ARR: open Dec 26",
        "next term ends 15 Dec 2026, $200 of ARR: notice was given notice Dec 26",
        "evergreen: no term ends evergreen",
        "no line runs –",
    ]


def test_the_term_of_who_renews_by_itself_is_marked_and_in_the_csv(looking):
    look = looking("usual", "views")
    page = text(html(look))
    assert "renews by itself auto Dec 26" in page and "as known on 15 Nov 2026" in page
    found = listing(look, matrix.ROWS, [*matrix.OWN, *VIEWS], Sort("arr"), {})
    rows = matrix.table(look, found)
    assert set(rows["renewal"].dropna()) == {"open", "cancelled", "evergreen", "renews by itself"}
    assert rows.loc[rows["renewal"] == "evergreen", "renews_on"].isna().all()


def test_without_subscriptions_there_is_no_column_of_renewals(looking):
    assert "Renews" not in text(html(looking("no arr", "views")))
