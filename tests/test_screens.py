"""Every screen on the sample, on companies others made and at the edges: drawn, titled, and nothing foreign in it."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from markupsafe import escape

from dashboard import files
from dashboard.address import Address, parse
from dashboard.reads.warehouse import connect
from dashboard.screens.frame import SCREENS
from dashboard.screens.profit_book import PARTS as PROFIT_PARTS
from dashboard.screens.value_top import PARTS
from data.company import VIEWS, read_company
from data.generations import current, rollback
from metrics.build import build
from tests.companies import NAMES, built_company
from tests.conftest import DATASETS
from tests.edge_companies import COMPANIES, HOSTILE, TODAY, accounts_only, built_edge
from tests.opened import Screen, downloads, look_at, open_app, open_screen, seen, troubles

EARLIER = date(2026, 10, 25)

Folder = Callable[[str], Path]
Row = tuple[object, ...]


@pytest.fixture(scope="module")
def edge(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """The folder of an edge company, built once."""
    return lambda name: built_edge(name, tmp_path_factory.getbasetemp())


@pytest.fixture
def sampled(sample_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample company, served."""
    look_at(sample_folder, monkeypatch)
    return sample_folder


@pytest.fixture
def hostile(edge: Folder, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The company whose every text is hostile, served."""
    look_at(edge("hostile"), monkeypatch)
    return edge("hostile")


def rows(folder: Path, select: str) -> list[Row]:
    """Rows of a select over the current generation."""
    path = current(folder)
    assert path is not None
    connection = connect(path)
    try:
        return connection.execute(select).fetchall()
    finally:
        connection.close()


def paths(folder: Path) -> list[str]:
    """Every screen and part, every view, and one account with the rows behind one of its measures."""
    accounts = rows(folder, "select account_code from accounts order by account_id limit 1")
    measure = rows(folder, "select view || ':' || entry from scorecard order by not is_connected limit 1")[0][0]
    opened = [Address("accounts").to("accounts", account=code, measure=measure) for (code,) in accounts]
    parts = [*(f"value?part={part}" for part in PARTS), *(f"profit?part={part}" for part in PROFIT_PARTS)]
    return [*SCREENS, *parts, *read_company(folder).views, *opened]


def all_troubles(folder: Path, wanted: Iterable[str]) -> dict[str, list[str]]:
    """What is wrong with these screens, by path."""
    found = {path: troubles(open_screen(path)) for path in wanted}
    return {path: wrong for path, wrong in found.items() if wrong}


def test_every_screen_of_the_sample(sampled):
    assert set(VIEWS) <= set(paths(sampled))
    assert all_troubles(sampled, paths(sampled)) == {}


@pytest.mark.skipif(not DATASETS.is_dir(), reason=f"no data sets at {DATASETS} (set SEVENVIEWS_DATASETS)")
@pytest.mark.parametrize("name", NAMES)
def test_every_screen_of_a_company_others_made(name, tmp_path_factory, monkeypatch):
    folder = built_company(name, tmp_path_factory.getbasetemp(), DATASETS)
    look_at(folder, monkeypatch)
    assert all_troubles(folder, paths(folder)) == {}


@pytest.mark.parametrize("name", COMPANIES)
def test_every_screen_of_a_company_at_an_edge(name, edge, monkeypatch):
    look_at(edge(name), monkeypatch)
    assert all_troubles(edge(name), paths(edge(name))) == {}


@pytest.mark.parametrize(
    "path",
    [
        "views?sort=name:asc&page=2",
        "views?sort=vendor_risk:asc&only=vendor_risk:red,client_experience:unscored",
        "views?find=zzzz",
        "views?sort=nothing:up&only=nothing:red&page=99999999999&week=yesterday",
        "accounts?sort=profit:asc&page=3",
        "accounts?find=%25",
        "accounts?account=nobody",
        "accounts?segment=nowhere",
        "profit?sort=margin:desc",
        "profit?csm=nobody",
        "profit?money=after&sort=price_realised:asc",
        "profit?group=restore",
        f"profit?part=ratio&week={EARLIER}",
        f"profit?part=overheads&week={EARLIER}",
        "profit?part=overheads&csm=nobody",
        "profit?part=behaviour&driver=nothing",
        "profit?part=behaviour&csm=nobody",
        "profit?part=concentration&of=risk_arr",
        "profit?part=concentration&of=profit",
        "profit?part=concentration&of=tickets&csm=nobody",
        "vendor_risk?measures=all",
        "vendor_expansion?region=nowhere",
        "data?kind=refused",
        "data?kind=duplicate&source=touchpoints&page=2",
        "definitions?measure=open_cases",
        "definitions?measure=nothing&find=zzzz",
        "definitions?only=missing&find=support",
        "data?page=%C2%B2",
        f"?week={EARLIER}",
        f"vendor_risk?week={EARLIER}",
        "?week=2019-01-01",
        "no_such_screen",
    ],
)
def test_what_an_address_can_ask_for(sampled, path):
    assert troubles(open_screen(path)) == []


def test_every_measure_of_an_account_opens_its_rows(hostile):
    (code,) = rows(hostile, "select account_code from view_now order by weight_arr desc, account_id limit 1")[0]
    entries = [name for (name,) in rows(hostile, "select view || ':' || entry from scorecard where is_connected")]
    opened = [Address("accounts").to("accounts", account=code, measure=name) for name in entries]
    assert len(opened) > 40
    assert all_troubles(hostile, opened) == {}
    assert "rows about this account" in open_screen(opened[0]).words


def test_every_link_leads_to_a_screen(sampled):
    known = {*SCREENS, *VIEWS}
    for path in paths(sampled):
        screen = open_screen(path)
        assert len(screen.links) > 20
        assert {parse(link).screen for link in screen.links} <= known


@pytest.mark.parametrize(
    "html",
    [
        "<p>no title</p>",
        "<h1>nan % of ARR is red</h1>",
        "<h1>Title</h1><td>None</td>",
        "<h1>Title</h1><td>since NaT</td>",
        "<h1>Title</h1><td>-inf</td>",
        '<h1>Title</h1><path d="M0 nanL1 2"/>',
        '<h1>Title</h1><i style="width:nan%"></i>',
        "<h1>Title</h1><script>alert(1)</script>",
        '<h1>Title</h1><a title=""><img src=x onerror=alert(1)>">x</a>',
        '<h1>Title</h1><a href="javascript:alert(1)">x</a>',
        "<h1>Title</h1><svg onload=alert(2)></svg>",
    ],
)
def test_what_no_screen_may_show_is_noticed(html):
    assert troubles(Screen(html))
    assert not troubles(Screen("<h1>None of our accounts is red &lt;script&gt;, Nancy’s information least</h1>"))


# What a customer wrote


def test_hostile_text_is_shown_as_it_was_written(hostile):
    shown = open_screen("accounts?sort=name:asc").words + open_screen("accounts?sort=name:asc&page=2").words
    for text in HOSTILE:
        assert " ".join(text.split()) in shown


def test_hostile_text_stands_escaped_in_the_page(hostile):
    html = open_screen("accounts?sort=name:asc").html + open_screen("accounts?sort=name:asc&page=2").html
    for text in HOSTILE[:7]:
        assert str(escape(text)) in html
        assert text == str(escape(text)) or text not in html


def test_refused_rows_and_notes_show_their_text(hostile):
    screen = open_screen("data")
    assert HOSTILE[0] in screen.html.replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", '"')
    assert "unreadable" not in screen.title


def test_an_account_opens_whatever_its_id_holds(hostile):
    codes = [str(code) for (code,) in rows(hostile, "select distinct account_code from view_now")]
    for text in HOSTILE:
        code = next(code for code in codes if code.startswith(text))
        screen = open_screen(Address("accounts").to("accounts", account=code))
        assert troubles(screen) == []
        assert "No account here is called" not in screen.title


def test_a_name_in_the_list_links_to_its_account(hostile):
    links = open_screen("accounts?sort=name:asc").account_links
    known = {str(name): str(code) for name, code in rows(hostile, "select name, account_code from accounts")}
    assert len(links) == 25
    for link in links:
        assert parse(link.attributes["href"]).more["account"] == known[link.text]


def test_filters_find_hostile_segments(hostile):
    for segment, n in rows(
        hostile, "select segment, count(distinct account_id) from view_now where as_of = '2026-11-15' group by segment"
    ):
        screen = open_screen(Address("accounts", segment=str(segment)).href)
        assert troubles(screen) == []
        assert f"{n} account{'' if n == 1 else 's'}" in screen.words


def test_no_cell_of_a_download_is_a_formula(hostile):
    checked = 0
    for offer in downloads(paths(hostile)):
        for row in list(csv.reader(io.StringIO(files.csv(offer.make()), newline="")))[1:]:
            for cell in row:
                checked += 1
                assert not cell.startswith(("=", "+", "@", "\t", "\r")), (offer.name, cell)
                assert not cell.startswith("-") or re.fullmatch(r"-[\d.]+(e[+-]?\d+)?", cell), (offer.name, cell)
    assert checked > 1_000


# Whose accounts one looks at


@pytest.mark.parametrize("column", ["segment", "region", "csm"])
def test_a_filter_reaches_every_number(sampled, column):
    value, n = rows(
        sampled,
        f"""
        select {column}, count(*) from view_now
        where as_of = (select max(as_of) from view_now) group by {column} order by count(*), {column} limit 1
        """,
    )[0]
    for path in ("", "views", "profit", "accounts", "vendor_risk", "vendor_expansion", "client_experience"):
        every, some = open_screen(path), open_screen(Address(path, **{column: value}).href)
        assert numbers_of(every) != numbers_of(some), path
        assert troubles(some) == []
    assert f"{n} accounts" in open_screen(Address("accounts", **{column: value}).href).words


def numbers_of(screen: Screen) -> list[str]:
    """The figures a reader sees below the bar."""
    return re.findall(r"\d[\d.,]*", screen.words.split("Week 46", 1)[-1])


def test_an_account_outside_the_filter_is_not_shown(sampled):
    (code, name, segment), (other,) = (
        rows(sampled, "select account_code, name, segment from accounts order by account_id limit 1")[0],
        rows(
            sampled,
            "select distinct segment from accounts where segment <> "
            "(select segment from accounts order by account_id limit 1) order by segment limit 1",
        )[0],
    )
    assert segment != other
    assert name in open_screen(Address("accounts", segment=segment, more={"account": code}).href).words
    outside = open_screen(Address("accounts", segment=other, more={"account": code}).href)
    assert outside.title == f"No account here is called {code}"
    assert name not in outside.words


def test_links_carry_filters_and_week_along(sampled):
    here = Address("", EARLIER, segment="Enterprise")
    for path in (*SCREENS, "vendor_risk"):
        screen = open_screen(Address(path, here.week, here.segment).href)
        kept = [parse(link) for link in screen.links]
        assert sum(link.segment != "Enterprise" for link in kept) <= 4, "only the filter itself may change it"
        assert all(link.week == EARLIER for link in kept if link.segment != "Enterprise")


def test_an_earlier_week_shows_what_was_known_then(sampled):
    now, then = open_screen(""), open_screen(Address("", EARLIER).href)
    assert now.title != then.title
    assert "15 Nov 2026" in now.words.split("CSV")[0]


# Builds come and go under an open app


def test_before_the_first_build_it_says_what_to_run(tmp_path, monkeypatch):
    folder = accounts_only(tmp_path / "company")
    look_at(folder, monkeypatch)
    for path in ("", "views", "accounts?account=A1"):
        screen = open_screen(path)
        assert troubles(screen) == []
        assert "Nothing has been built" in screen.title
        assert f"sevenviews build {folder}" in " ".join(tag.text for tag in screen.tags if tag.name == "code")


def test_an_open_app_shows_the_first_build_and_every_later_one(tmp_path, monkeypatch):
    folder = accounts_only(tmp_path / "company")
    look_at(folder, monkeypatch)
    app = open_app()
    assert "Nothing has been built" in seen(app.run()).title
    first = build(read_company(folder), today=TODAY)
    assert f"generation {first}" in seen(app.run()).words
    with (folder / "sources" / "accounts.csv").open("a", encoding="utf-8") as file:
        file.write("A31,Newcomer,Large,North,Ada,2026-01-01,5\n")
    second = build(read_company(folder), today=TODAY)
    screen = open_screen("accounts?sort=joined:desc", app)
    assert f"generation {second}" in screen.words
    assert "31 accounts" in screen.words and "Newcomer" in screen.words
    assert rollback(folder) == first
    assert "30 accounts" in open_screen("accounts", app).words


@pytest.mark.parametrize(
    "pointer", [b"", b"\n", b"no-such-generation\n", b"../../etc/passwd\n", b"\xff\xfe\x00nonsense"]
)
def test_a_broken_pointer_is_said_in_words(tmp_path, monkeypatch, pointer):
    folder = accounts_only(tmp_path / "company")
    build(read_company(folder), today=TODAY)
    (folder / "warehouse" / "CURRENT").write_bytes(pointer)
    look_at(folder, monkeypatch)
    screen = open_screen("")
    assert troubles(screen) == []
    assert "sevenviews build" in " ".join(tag.text for tag in screen.tags if tag.name == "code")


def test_a_build_mends_a_broken_pointer_under_an_open_app(tmp_path, monkeypatch):
    folder = accounts_only(tmp_path / "company")
    build(read_company(folder), today=TODAY)
    look_at(folder, monkeypatch)
    app = open_app()
    app.run()
    (folder / "warehouse" / "CURRENT").write_text("gone\n", encoding="utf-8")
    assert troubles(seen(app.run())) == []
    mended = build(read_company(folder), today=TODAY)
    assert f"generation {mended}" in seen(app.run()).words


# No number adds the views up

ADDED = re.compile(
    r"\b(overall|composite|total score|health score|health index|combined score|average of (all|the) (seven )?views)\b",
    re.I,
)


def test_no_words_speak_of_a_total(sampled):
    for path in paths(sampled):
        screen = open_screen(path)
        assert not ADDED.search(" ".join([screen.words, *screen.alts])), path


def test_no_column_on_a_screen_adds_the_views_up(sampled):
    points = points_by_account(sampled)
    for path in ("views", "views?page=2", "accounts", "accounts?page=2&sort=name:asc", "profit"):
        for place, column in columns_by_account(open_screen(path)).items():
            assert not adds_up(column, points), (path, place)


def test_no_fact_of_an_account_adds_the_views_up(sampled):
    points = points_by_account(sampled)
    facts: dict[str, dict[str, float]] = {}
    for code in sorted(points)[:20]:
        screen = open_screen(Address("accounts").to("accounts", account=code))
        names = [tag.text for tag in screen.tags if tag.name == "dt" and tag.is_in("dl", "facts")]
        values = [tag.text for tag in screen.tags if tag.name == "dd" and tag.is_in("dl", "facts") and tag.has("b")]
        for name, value in zip([*names, "title"], [*values, screen.title], strict=True):
            for nth, number in enumerate(figures_in(value)):
                facts.setdefault(f"{name}, {nth}", {})[code] = number
    assert len(facts) >= 4
    for name, column in facts.items():
        assert not adds_up(column, points), name


def test_no_column_of_a_download_adds_the_views_up(sampled):
    points = points_by_account(sampled)
    checked = 0
    for offer in downloads(paths(sampled)):
        table = offer.make()
        if "account_code" not in table or table["account_code"].duplicated().any():
            continue
        numeric = table.set_index("account_code").select_dtypes("number")
        for name in numeric.columns:
            checked += 1
            assert not adds_up(numeric[name].dropna().to_dict(), points), (offer.name, name)
    assert checked > 15


def test_a_total_would_be_noticed(sampled):
    points = points_by_account(sampled)
    assert adds_up({code: round(float(sum(row))) for code, row in points.items()}, points)
    assert adds_up({code: round(float(np.mean(row))) for code, row in list(points.items())[:24]}, points)
    assert not adds_up({code: round(float(row[1])) for code, row in points.items()}, points)


def points_by_account(folder: Path) -> dict[str, Sequence[float]]:
    """Points in the seven views, of the accounts that have all of them."""
    columns = ", ".join(f"{view}_points" for view in VIEWS)
    latest = f"select account_code, {columns} from view_now where as_of = (select max(as_of) from view_now)"
    return {str(code): points for code, *points in rows(folder, latest) if None not in points}  # type: ignore[misc]


def adds_up(column: dict[str, float], points: dict[str, Sequence[float]]) -> bool:
    """Whether a column is made of the points of more than one view: a weighted sum of them, but for rounding."""
    codes = [code for code in column if code in points]
    values = np.array([column[code] for code in codes], dtype=float)
    if len(codes) < 12 or np.ptp(values) == 0:
        return False
    views = np.array([points[code] for code in codes], dtype=float)
    weights, *_ = np.linalg.lstsq(np.column_stack([views, np.ones(len(codes))]), values, rcond=None)
    left = values - np.column_stack([views, np.ones(len(codes))]) @ weights
    explained = 1 - left.var() / values.var()
    largest = np.abs(weights[:-1]).max()
    return bool(explained > 0.995 and (np.abs(weights[:-1]) > largest / 20).sum() > 1)


def columns_by_account(screen: Screen) -> dict[tuple[int, int], dict[str, float]]:
    """Figures in the tables of a screen by cell and place in the cell, then by account."""
    found: dict[tuple[int, int], dict[str, float]] = {}
    for code, cells in screen.account_rows():
        for nth, text in enumerate(cells):
            for place, number in enumerate(figures_in(text)):
                found.setdefault((nth, place), {})[code] = number
    return found


def figures_in(text: str) -> list[float]:
    """Every number in a text."""
    return [float(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]
