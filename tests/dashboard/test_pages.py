"""Every screen of every kind of company: it stands, its links lead somewhere, and no customer's text is markup."""

import re
from html.parser import HTMLParser

import pytest

from dashboard.address import parse
from dashboard.screens.frame import SCREENS
from tests.dashboard.kinds import HOSTILE, KINDS
from tests.dashboard.pages import HREFS, html, text, titles

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "path", "rect", "circle", "wbr"}


class Checked(HTMLParser):
    """Reads a page and keeps what is wrong with it: tags that do not close, duplicate ids, scripts, handlers."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.wrong: list[str] = []
        self.hrefs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if tag in ("script", "img", "iframe", "object", "style"):
            self.wrong.append(f"<{tag}>")
        self.wrong += [name for name in given if name.startswith("on") or name in ("srcdoc", "formaction")]
        self.ids += [given["id"] or ""] if "id" in given else []
        href = given.get("href") or (given.get("value") if tag == "option" else None)
        self.hrefs += [href] if href else []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")


def checked(page: str) -> Checked:
    reader = Checked()
    reader.feed(page)
    reader.close()
    return reader


@pytest.mark.parametrize("href", HREFS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_screen_stands_on_every_kind_of_company(kind, href, page_of):
    page = page_of(kind, href)
    reader = checked(page)
    assert not reader.wrong and not reader.open
    assert len(reader.ids) == len(set(reader.ids))
    assert titles(page)
    words = text(page)
    slips = re.findall(r"\bNone\b(?! of)|\bnan\b|\bNaT\b|<NA>|\binf\b", words)
    assert not slips or kind == "hostile"


@pytest.mark.parametrize("href", HREFS)
def test_every_link_leads_to_a_screen_there_is(href, looking):
    look = looking("usual", href)
    paths = {*SCREENS, *look.views}
    for link in checked(html(look)).hrefs:
        if link.startswith(("file/", "#")):
            continue
        assert not re.match(r"[a-z]+:", link), link
        assert parse(link).screen in paths, link


@pytest.mark.parametrize("href", HREFS)
def test_what_a_customer_wrote_is_text(href, page_of):
    page = page_of("hostile", href)
    for name in HOSTILE:
        if "<" in name:
            assert name not in page
    assert "<img" not in page and "<script" not in page and "<b>Academy" not in page


def test_a_hostile_search_comes_back_as_text(looking):
    page = html(looking("usual", "accounts?find=%22%3E%3Cscript%3Ealert(1)%3C/script%3E"))
    assert "<script" not in page and not checked(page).wrong
    assert titles(page)[0] == "No account fits this choice"


@pytest.mark.parametrize(
    "more",
    ["sort=nonsense:up", "sort=arr", "page=999", "page=-1", "page=x", "only=no_view:red", "only=vendor_risk:purple",
     "week=1999-01-01", "week=soon", "segment=Nowhere", "measure=%27;drop", "kind=none&source=none", "account="],
)  # fmt: skip
@pytest.mark.parametrize(
    "screen", ["views", "accounts", "data", "definitions", "overrides", "./", "profit", "vendor_risk"]
)
def test_an_address_that_makes_no_sense_still_shows_the_screen(screen, more, looking):
    assert titles(html(looking("usual", f"{screen}?{more}")))


def test_an_account_that_is_not_there_says_so_and_leads_back(looking):
    page = html(looking("usual", "accounts?account=nobody"))
    assert titles(page)[0] == "No account here is called nobody"
    assert 'href="accounts"' in page


def test_leading_zeros_of_an_id_are_kept(looking):
    assert "account=001003" in html(looking("usual", "accounts"))


def test_missing_columns_stand_in_the_place_of_the_tile(looking):
    page = html(looking("partly connected", "./"))
    tile = page[page.index('data-view="client_outcomes"') :]
    assert "Not connected" in tile[:900] and "goals" in tile[:900]


def test_revenue_is_never_called_profit(looking):
    for href in ("./", "profit", "accounts", "accounts?account=001000"):
        words = text(html(looking("no profit", href)))
        for claim in ("It earns", "earns us", "loses", "Loss-making", "Profitable", "break-even"):
            assert claim not in words
        assert "product_cost" in words or href == "accounts"


def test_the_bar_leaves_out_what_is_not_there_yet(looking):
    words = text(html(looking("usual", "./")))
    assert "Meeting" not in words and "Board pack" not in words
    for entry in ("This week", "Seven views", "Profit", "Accounts", "Each view", "More"):
        assert entry in words


def test_filters_without_a_choice_are_left_out(looking):
    page = html(looking("accounts only", "./"))
    assert 'data-filter="segment"' not in page and 'data-filter="week"' in page


def test_evidence_opens_under_its_measure(looking):
    shut = html(looking("usual", "accounts?account=001000"))
    opened = html(looking("usual", "accounts?account=001000&measure=vendor_risk:open_cases"))
    assert "T0" not in text(shut) and "ticket_id" in text(opened) and "rows about this account" in text(opened)


def test_a_view_that_is_red_by_its_mean_alone_says_so(tmp_path):
    import duckdb

    from dashboard.look import Look
    from dashboard.reads import Warehouse
    from tests.dashboard.made import Made, make

    folder = make(tmp_path / "c", Made(accounts=3))
    con = duckdb.connect(str(Warehouse(folder).generation().path))
    con.execute("update view_now set vendor_risk_status = 'red', vendor_risk_points = 40").fetchall()
    con.execute("update account_recent set status = 'amber', points = 40 where view = 'vendor_risk'").fetchall()
    con.close()
    look = Look(Warehouse(folder).generation(), parse("accounts?account=001000"))
    assert "mean 40 of 100, no single red" in text(html(look))
