"""The app in a real browser: every screen, at full width and on a phone; clicks, keys, links, downloads, access."""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page

from dashboard.screens.value_top import PARTS
from data.company import VIEWS
from tests.edge_companies import built_edge
from tests.serving import SETTLED, browser, served

pytestmark = pytest.mark.browser

WIDE, PHONE = (1920, 1080), (400, 860)
SCREENS = ("views", "people", "profit", "value", "accounts", "definitions", "data", "overrides", *VIEWS, "./")
VALUE = tuple(PARTS)
LONGER = ("vendor_expansion", "client_outcomes", "client_maturity")
"""Views with a list of their own (openings, goals, plays) below what the meeting looks at."""
FITTING = ("views", *(view for view in VIEWS if view not in LONGER), "./")
"""Screens of the weekly meeting: nobody scrolls there."""
HEALTH = re.compile(r"://[^/]+/.+/_stcore/(health|host-config)$")
"""Where the framework looks for its server below the path of a deep link before it looks where the server is."""

MAIN = """
    () => {
        const main = document.querySelector('[data-testid="stMain"]');
        main.scrollTo(10000, 10000);
        const moved = {x: main.scrollLeft, y: main.scrollTop};
        main.scrollTo(0, 0);
        return moved;
    }
    """
"""How far the page can be scrolled in each direction."""


FOCUSED = """
    () => {
        const at = document.activeElement, style = getComputedStyle(at);
        const ringed = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
        return {text: at.innerText, ours: at.matches('.sv a'), ringed};
    }
    """
"""What has the focus, and whether one sees it."""

FOREIGN = ".sv script, .sv img, .sv iframe, .sv textarea, .sv [onload], .sv [onerror], .js-plotly-plot :is(a, img)"
"""Elements that can only have come out of somebody's text."""


@dataclass
class Visit:
    """One open page, and everything that went wrong on it."""

    page: Page
    address: str
    troubles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        self.page.on("dialog", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not HEALTH.search(message.location.get("url", "")):
            self.troubles.append(f"console: {message.text} ({message.location.get('url')})")

    def _asked(self, dialog: object) -> None:
        self.troubles.append(f"dialog: {dialog.message}")  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    def open(self, path: str = "") -> None:
        """Load an address anew."""
        self.page.goto(f"{self.address}/{path.removeprefix('./')}")
        self.settle()

    def settle(self) -> None:
        """Wait until the screen is drawn and nothing changes any more."""
        self.page.wait_for_function("!document.querySelector('.sv.wait')")
        self.page.evaluate(SETTLED, 100)
        for box in self.page.get_by_test_id("stException").all():
            self.troubles.append(f"exception on {self.page.url}: {box.inner_text()[:200]}")

    def follow(self, link: Locator) -> None:
        link.click()
        self.settle()

    def go(self, screen: str) -> None:
        """Another screen, by the bar: its links, or on a phone its list."""
        phone = self.page.locator("select.phone")
        if phone.is_visible():
            phone.select_option(
                value=self.page.locator(f'select.phone option[value^="{screen}"]').first.get_attribute("value")
            )
        else:
            self.page.locator(f'nav.top a[data-open][href^="{screen}"]').last.evaluate("link => link.click()")
        self.settle()

    def choose(self, name: str, text: str) -> None:
        """Set a filter, or the week."""
        self.page.locator(f'select[data-filter="{name}"]').select_option(label=text)
        self.settle()

    @property
    def title(self) -> str:
        return self.page.locator("h1").inner_text()

    @property
    def chosen(self) -> list[str]:
        """What filters and week are set to."""
        return self.page.eval_on_selector_all(
            "select[data-filter]", "all => all.map(one => one.options[one.selectedIndex].text)"
        )


@pytest.fixture(scope="module")
def chrome(chromium: str) -> Iterator[Browser]:
    with browser(chromium) as opened:
        yield opened


@pytest.fixture(scope="module")
def sample_address(sample_folder: Path) -> Iterator[str]:
    with served(sample_folder) as (address, _):
        yield address


@pytest.fixture(scope="module")
def hostile_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(built_edge("hostile", tmp_path_factory.getbasetemp())) as (address, _):
        yield address


@contextmanager
def visiting(chrome: Browser, address: str, size: tuple[int, int] = WIDE, scheme: str = "light") -> Iterator[Visit]:
    """A page of its own, closed in the end; what went wrong on it fails the test."""
    viewport = {"width": size[0], "height": size[1]}
    context = chrome.new_context(viewport=viewport, color_scheme=scheme)  # type: ignore[arg-type]
    visit = Visit(context.new_page(), address)
    try:
        yield visit
        assert visit.troubles == []
    finally:
        context.close()


@pytest.fixture(scope="module")
def one_page(chrome: Browser, sample_address: str) -> Iterator[Visit]:
    """A page that tests hand on to each other: each goes where it wants first."""
    with visiting(chrome, sample_address) as visit:
        visit.open()
        yield visit


@pytest.fixture
def wide(one_page: Visit) -> Iterator[Visit]:
    """The sample company at 1920 × 1080."""
    one_page.page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    yield one_page
    assert one_page.troubles == []


def walk(visit: Visit) -> dict[str, dict[str, float]]:
    """How far each screen can be scrolled."""
    found = {}
    for screen in SCREENS:
        visit.go(screen)
        assert visit.title
        found[screen] = visit.page.evaluate(MAIN)
    return found


def test_every_screen_at_full_width(wide):
    moved = walk(wide)
    assert {screen: way["x"] for screen, way in moved.items() if way["x"]} == {}
    assert {screen: moved[screen]["y"] for screen in FITTING if moved[screen]["y"]} == {}


def test_every_screen_on_a_phone(wide):
    wide.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    wide.settle()
    assert {screen: way["x"] for screen, way in walk(wide).items() if way["x"]} == {}


@pytest.mark.parametrize("part", VALUE)
def test_every_part_of_value_at_full_width_and_on_a_phone(wide, part):
    wide.open(f"value?part={part}")
    assert wide.title
    assert wide.page.evaluate(MAIN)["x"] == 0
    wide.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    wide.settle()
    assert wide.page.evaluate(MAIN)["x"] == 0


def test_a_bar_of_the_bridge_opens_its_accounts_and_goes_back(wide):
    wide.open("value?part=movements")
    wide.page.locator("table.movers tbody tr").first.wait_for()
    every = wide.page.locator("table.movers tbody tr").count()
    bars = wide.page.locator(".js-plotly-plot .barlayer .point path")
    box = bars.nth(5).bounding_box()
    assert box
    wide.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    wide.page.wait_for_url("**movement=churn*")
    wide.settle()
    kinds = wide.page.locator("table.movers tbody td:nth-child(2)").all_inner_texts()
    assert set(kinds) == {"Churn"} and len(kinds) < every
    wide.page.go_back()
    wide.page.wait_for_url(lambda url: "churn" not in url)
    wide.settle()
    assert wide.page.locator("table.movers tbody tr").count() == every


def test_every_screen_opens_by_its_address(chrome, sample_address):
    with visiting(chrome, sample_address) as visit:
        for screen in ("views", "vendor_risk", "accounts?find=a"):
            visit.open(screen)
            assert visit.page.url.endswith(screen)
            assert visit.title


# From a finding to an account, and back


def test_from_a_view_to_an_account_to_its_rows_and_back(wide):
    wide.go("vendor_risk")
    view = wide.title
    link = wide.page.locator("table.moves td.a a").first
    name = link.inner_text()
    wide.follow(link)
    assert name in wide.page.locator(".head").inner_text()
    account = wide.title
    wide.follow(wide.page.locator("table.every a[data-open][aria-expanded]").first)
    assert wide.page.locator("tr.proof").count() == 1
    assert "measure=" in wide.page.url
    for expected in (account, view):  # one step back for each click
        wide.page.go_back()
        wide.page.wait_for_function("title => document.querySelector('h1')?.innerText === title", arg=expected)
    wide.settle()
    assert wide.page.url.endswith("/vendor_risk")


@pytest.mark.parametrize("screen", ["vendor_risk", "profit"])
def test_a_mark_of_a_chart_opens_its_account(wide, screen):
    wide.go(screen)
    title = wide.title
    marks = wide.page.locator(".js-plotly-plot .scatterlayer .points path")
    box = marks.nth(marks.count() // 2).bounding_box()
    assert box
    wide.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    wide.page.wait_for_url("**/accounts?account=*")
    wide.settle()
    assert wide.title != title
    assert wide.page.locator("dl.facts").count() == 1
    wide.page.go_back()
    wide.page.wait_for_url(f"**/{screen}")
    wide.settle()
    assert wide.title == title


def test_a_bar_of_the_matrix_picks_accounts_and_a_head_sorts(wide):
    wide.go("views")
    first = wide.page.locator("table.matrix td.name").first.inner_text()
    wide.follow(wide.page.locator("table.matrix th.vh").nth(1).locator("a.sort"))
    assert wide.page.locator("table.matrix th[aria-sort=ascending]").count() == 1
    assert wide.page.locator("table.matrix td.name").first.inner_text() != first
    wide.follow(wide.page.locator("table.matrix th.vh").nth(1).locator(".bands a").last)
    chip = wide.page.locator("a.chip")
    assert chip.count() == 1
    wide.follow(chip)
    assert "only=" not in wide.page.url


def test_search_finds_an_account(wide):
    wide.go("accounts")
    name = wide.page.locator("table.accounts td.nm a").nth(3).inner_text()
    wide.page.locator("input[name=find]").fill(name)
    wide.page.locator("input[name=find]").press("Enter")
    wide.page.wait_for_url("**find=*")
    wide.settle()
    assert wide.page.locator("table.accounts td.nm a").all_inner_texts() == [name]


# What is chosen stands in the address


def test_filters_and_week_survive_a_reload_and_a_pasted_link(wide):
    wide.go("./")
    every = wide.title
    wide.choose("segment", "Enterprise")
    wide.choose("week", wide.page.locator('select[data-filter="week"] option').nth(2).inner_text())
    wide.go("client_experience")
    title, chosen, address = wide.title, wide.chosen, wide.page.url
    assert chosen[0] == "Enterprise" and "segment=Enterprise" in address and "week=" in address
    wide.page.reload()
    wide.settle()
    assert (wide.title, wide.chosen, wide.page.url) == (title, chosen, address)
    wide.page.go_back()
    wide.page.wait_for_url("**/?*")
    wide.settle()
    assert wide.chosen == chosen
    wide.choose("segment", "All segments")
    wide.choose("week", wide.page.locator('select[data-filter="week"] option').first.inner_text())
    assert wide.title == every
    assert wide.page.url.rstrip("/") == wide.address


# Keys


def test_keys_alone_reach_a_screen_and_an_account(wide):
    wide.open()
    tab_to(wide, "Seven views", most=6)
    wide.page.keyboard.press("Enter")
    wide.page.wait_for_url("**/views")
    wide.settle()
    name = wide.page.locator("table.matrix td.name a").first.inner_text()
    tab_to(wide, name, most=70)
    wide.page.keyboard.press("Enter")
    wide.page.wait_for_url("**/accounts?account=*")
    wide.settle()
    assert name in wide.page.locator(".head").inner_text()


def tab_to(visit: Visit, text: str, most: int) -> None:
    """Press Tab until the link of that text has the focus; every link of ours on the way shows where it is."""
    for _ in range(most):
        visit.page.keyboard.press("Tab")
        at = visit.page.evaluate(FOCUSED)
        assert at["ringed"] or not at["ours"], f"no ring around {at['text']!r}"
        if at["text"] == text:
            return
    raise AssertionError(f"{most} times Tab do not reach {text!r}.")


def test_a_menu_opens_and_closes_by_keys(wide):
    wide.go("./")
    wide.page.locator("details.menu summary").first.focus()
    wide.page.keyboard.press("Enter")
    assert wide.page.locator("details.menu[open]").count() == 1
    wide.page.keyboard.press("Escape")
    assert wide.page.locator("details.menu[open]").count() == 0
    assert wide.page.evaluate("document.activeElement.tagName") == "SUMMARY"


# Downloads, and what a customer wrote


def test_a_table_downloads_whole(wide):
    wide.go("accounts")
    table = downloaded(wide)
    assert len(table) > 300
    assert {"account_code", "name", "vendor_risk_status"} <= set(table[0])


def downloaded(visit: Visit) -> list[dict[str, str]]:
    """The first table the screen offers, as rows."""
    with visit.page.expect_download() as download:
        visit.page.locator("a.csv").first.click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_what_a_customer_wrote_stays_text(chrome, hostile_address):
    with visiting(chrome, hostile_address) as visit:
        visit.open()
        for screen in (*SCREENS, "accounts"):
            visit.go(screen)
            assert injected(visit) == []
        visit.follow(visit.page.locator("table.accounts td.nm a").first)
        assert visit.page.locator("dl.facts").count() == 1
        assert injected(visit) == []
        visit.go("accounts")
        cells = [cell for row in downloaded(visit) for cell in row.values()]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))]
        assert any(cell.startswith("'=cmd") for cell in cells)


def test_a_long_name_stays_within_a_phone(chrome, hostile_address):
    with visiting(chrome, hostile_address, PHONE) as visit:
        visit.open("accounts?find=unbreakable")
        name = visit.page.locator("table.accounts td.nm").first
        assert name.bounding_box()["width"] > PHONE[0] / 3
        assert visit.page.evaluate(MAIN)["x"] == 0
        name.locator("a").click(position={"x": 5, "y": 5})
        visit.page.wait_for_url("**/accounts?account=*")
        visit.settle()
        assert visit.page.evaluate(MAIN)["x"] == 0


def injected(visit: Visit) -> list[str]:
    """What of that is on the page."""
    return visit.page.eval_on_selector_all(FOREIGN, "all => all.map(one => one.outerHTML)")


# Access


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_stands_in_anyones_way(chrome, sample_address, scheme):
    with visiting(chrome, sample_address, scheme=scheme) as visit:
        visit.open()
        assert serious(visit) == []
        visit.go("vendor_risk")
        assert serious(visit) == []


def serious(visit: Visit) -> list[str]:
    """What axe calls serious or critical, with the first element it names."""
    found = Axe().run(visit.page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:160]} ({len(each['nodes'])})"
        for each in found
        if each["impact"] in ("serious", "critical")
    ]
