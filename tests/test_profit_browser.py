"""The parts of *Profit* in a real browser: no wider than the page, and one click from a group or driver to accounts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from dashboard.screens.profit_book import PARTS
from tests.serving import browser, served
from tests.test_browser import MAIN, PHONE, WIDE, Visit, serious, visiting

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chrome(chromium: str) -> Iterator[Browser]:
    with browser(chromium) as opened:
        yield opened


@pytest.fixture(scope="module")
def visit(chrome: Browser, sample_folder: Path) -> Iterator[Visit]:
    with served(sample_folder) as (address, _), visiting(chrome, address) as opened:
        yield opened
        assert opened.troubles == []


@pytest.mark.parametrize("part", PARTS)
def test_every_part_fits_the_width_of_a_wall_and_of_a_phone(visit, part):
    for width, height in (WIDE, PHONE):
        visit.page.set_viewport_size({"width": width, "height": height})
        visit.open(f"profit?part={part}")
        assert visit.title
        assert visit.page.evaluate(MAIN)["x"] == 0


def test_a_group_of_the_diamond_opens_its_accounts_and_goes_back(visit):
    visit.page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    visit.open("profit")
    visit.follow(visit.page.locator(".gem li.restore a"))
    assert visit.page.url.endswith("group=restore")
    assert visit.page.locator("a.chip").inner_text().startswith("Restore")
    visit.page.go_back()
    visit.page.wait_for_url("**/profit")
    visit.settle()
    assert visit.page.locator("a.chip").count() == 0


def test_a_driver_opens_its_accounts_and_an_account_itself(visit):
    visit.page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    visit.open("profit?part=behaviour")
    driver = visit.page.locator("table.drivers tr:not(.on) a").first
    name = driver.inner_text()
    visit.follow(driver)
    assert visit.page.locator("table.drivers tr.on").inner_text().startswith(name)
    visit.follow(visit.page.locator("section.panel:last-of-type table.crossed td a").last)
    assert "account=" in visit.page.url


@pytest.mark.parametrize("part", PARTS)
def test_no_part_has_a_serious_barrier(visit, part):
    visit.page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    visit.open(f"profit?part={part}")
    assert serious(visit) == []
