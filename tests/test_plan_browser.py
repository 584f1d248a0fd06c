"""Plan and what-if in a real browser: levers by click, a strategy entered and closed, both themes, and a phone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator

from data.company import read_company
from data.journal.opening import Journal, open_journal
from data.journal.scenarios import every_scenario
from data.journal.strategies import every_strategy
from tests.serving import browser, served
from tests.test_browser import FOREIGN, MAIN, PHONE, WIDE, Visit, serious, visiting

pytestmark = pytest.mark.browser

HOSTILE = "=1+1 <img src=x onerror=alert(1)> {{ 7 * 7 }} **bold** [x](javascript:alert(1)) :red[no]"


@pytest.fixture(scope="module")
def chrome(chromium: str) -> Iterator[Browser]:
    with browser(chromium) as opened:
        yield opened


@pytest.fixture
def folder(sample_folder: Path, tmp_path: Path) -> Path:
    """The sample company with a journal of its own."""
    shutil.copytree(sample_folder, tmp_path / "company", ignore=shutil.ignore_patterns("sources", "journal.db*"))
    return tmp_path / "company"


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    with served(folder) as (at, _):
        yield at


def journal_of(folder: Path) -> Journal:
    return open_journal(read_company(folder))


def dialog(visit: Visit, button: str) -> Locator:
    """The form that is open."""
    form = visit.page.get_by_role("dialog")
    form.get_by_role("button", name=button).wait_for()
    return form


def submit(visit: Visit, form: Locator, button: str) -> None:
    form.get_by_role("button", name=button).click()
    form.wait_for(state="hidden")
    visit.settle()


def test_a_strategy_is_entered_listed_as_text_and_closed(chrome, address, folder):
    with visiting(chrome, address) as visit:
        visit.open("plan")
        visit.follow(visit.page.get_by_role("link", name="Add a strategy", exact=True))
        form = dialog(visit, "Add the strategy")
        form.get_by_label("Account id").fill("A1001")
        form.get_by_label("What will be done").fill(HOSTILE)
        form.get_by_label("Owner").fill("Bo <b>Bold</b>")
        form.get_by_label("Expected profit a year").fill("12,900")
        form.get_by_label("Your name").fill("Ada Lovelace")
        submit(visit, form, "Add the strategy")
        assert "strategy" not in visit.page.url
        (kept,) = every_strategy(journal_of(folder))
        assert (kept.what, kept.owner, kept.expected, kept.author) == (
            HOSTILE,
            "Bo <b>Bold</b>",
            12_900,
            "Ada Lovelace",
        )
        row = visit.page.locator("table.plans tbody tr")
        assert HOSTILE in row.inner_text() and "$13K" in row.inner_text() and "Bo <b>Bold</b>" in row.inner_text()
        assert visit.page.locator(FOREIGN).count() == 0

        visit.follow(row.locator("a", has_text="onerror"))
        form = dialog(visit, "Close the strategy")
        assert HOSTILE in form.inner_text() and "Entered as Ada Lovelace (unverified)." in form.inner_text()
        form.get_by_role("radiogroup").locator("label", has_text="Dropped").click()
        submit(visit, form, "Close the strategy")
        assert every_strategy(journal_of(folder))[0].status == "dropped"
        assert "dropped" in visit.page.locator("table.plans").inner_text()


def test_levers_are_pulled_by_click_typed_saved_and_compared(chrome, address, folder):
    with visiting(chrome, address) as visit:
        visit.open("what-if")
        quiet = visit.title
        visit.follow(visit.page.locator("table.levers .switch a", has_text="+2").first)
        assert "price=2" in visit.page.url and visit.title != quiet
        visit.page.locator('table.levers input[name="serve"]').fill("-7.5")
        visit.page.locator('table.levers input[name="serve"]').press("Enter")
        visit.page.wait_for_url("**serve=-7.5**")
        visit.settle()
        assert "7.50" in visit.title and "price=2" in visit.page.url
        visit.follow(visit.page.get_by_role("link", name="Save this what-if by name"))
        form = dialog(visit, "Save")
        form.get_by_label("Name of the what-if").fill("Price <i>round</i>")
        form.get_by_label("Your name").fill("Ada")
        submit(visit, form, "Save")
        (kept,) = every_scenario(journal_of(folder))
        assert (kept.name, kept.assumptions) == ("Price <i>round</i>", {"price": "2", "serve": "-7.5"})
        visit.follow(visit.page.get_by_role("link", name="Leave every lever alone"))
        assert visit.title == quiet
        visit.follow(visit.page.get_by_role("link", name="compare"))
        assert visit.page.locator("table.beside th").nth(3).inner_text() == "Price <i>round</i>"
        visit.follow(visit.page.locator("table.saves td.nm a"))
        assert "7.50" in visit.title and "beside" not in visit.page.url
        visit.page.go_back()
        visit.page.wait_for_url("**beside=**")
        visit.settle()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_screens_and_their_forms_can_be_used_by_everybody_and_on_a_phone(chrome, address, scheme):
    paths = (
        "plan", "what-if?price=2&restore=1&double=60", "plan?strategy=new&for=A1001&type=pricing",
        "what-if?price=2&save=new",
    )  # fmt: skip
    with visiting(chrome, address, scheme=scheme) as visit:
        for size in (WIDE, PHONE):
            visit.page.set_viewport_size({"width": size[0], "height": size[1]})
            for path in paths:
                visit.open(path)
                assert visit.page.evaluate(MAIN)["x"] == 0, (path, size)
                assert serious(visit) == [], (path, size)


def test_both_screens_fit_the_wall(chrome, address):
    with visiting(chrome, address) as visit:
        for path in ("plan", "what-if"):
            visit.open(path)
            assert visit.page.evaluate(MAIN) == {"x": 0, "y": 0}, path
