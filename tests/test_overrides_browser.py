"""A value by hand in a real browser: entered on the account, marked on the lists, taken back; the name asked once."""

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator

from data.company import read_company
from data.journal.opening import open_journal
from data.journal.overrides import Override, every_override
from tests.serving import browser, served
from tests.test_browser import FOREIGN, MAIN, PHONE, Visit, serious, visiting

pytestmark = pytest.mark.browser

HOSTILE = "=1+1 <img src=x onerror=alert(1)> {{ 7 * 7 }} **bold** [x](javascript:alert(1)) $x^2$ :red[no]"


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


def kept(folder: Path) -> list[Override]:
    return every_override(open_journal(read_company(folder)))


def first_account(visit: Visit) -> str:
    """The code of the largest account, opened."""
    visit.go("accounts")
    visit.follow(visit.page.locator("table.accounts td.nm a").first)
    return visit.page.url.partition("account=")[2]


def opened(visit: Visit, link: str = "p.sets a") -> Locator:
    """The form, over the account that is open."""
    visit.page.locator(link).first.click()
    form = visit.page.get_by_role("dialog")
    form.get_by_role("button", name="Set by hand").wait_for()
    return form


def fill(form: Locator, reason: str, view: str = "Vendor Risk", name: str | None = None) -> str:
    """Fill the form; the band that is picked comes back."""
    form.get_by_role("combobox").click()
    form.page.get_by_role("option", name=view).click()
    form.locator(".values").wait_for()
    form.page.wait_for_timeout(600)
    choice = form.get_by_role("radiogroup").locator("label").last
    band = choice.inner_text().strip()
    choice.click()
    form.get_by_label("Reason").fill(reason)
    if name is not None:
        form.get_by_label("Your name").fill(name)
    return band


def submit(visit: Visit, form: Locator, button: str = "Set by hand") -> None:
    form.get_by_role("button", name=button).click()
    form.wait_for(state="hidden")
    visit.settle()


def test_a_value_by_hand_is_entered_marked_everywhere_and_taken_back(chrome, address, folder):
    with visiting(chrome, address) as visit:
        visit.open()
        code = first_account(visit)
        form = opened(visit)
        assert "override=new" in visit.page.url
        band = fill(form, HOSTILE, name="Ada <b>Lovelace</b>")
        submit(visit, form)
        assert "override" not in visit.page.url
        (one,) = kept(folder)
        assert (one.account_code, one.view, one.status) == (code, "vendor_risk", band.lower())
        assert (one.reason, one.author, one.is_verified) == (HOSTILE, "Ada <b>Lovelace</b>", False)

        row = visit.page.locator("table.v7 tr", has_text="Vendor Risk")
        assert band in row.inner_text() and "by hand" in row.inner_text() and HOSTILE in row.inner_text()
        assert "(unverified)" in row.inner_text() and "the rule says" in row.inner_text()
        for screen in ("views", "accounts", "overrides"):
            visit.go(screen)
            assert "by hand" in visit.page.locator("table tbody").first.inner_text() or screen == "overrides"
            assert "totals take 1 by hand from the next build" in visit.page.locator("footer").inner_text()
            assert visit.page.locator(FOREIGN).count() == 0
        assert HOSTILE in visit.page.locator("table.overrides").inner_text()
        with visit.page.expect_download() as download:
            visit.page.locator("a.csv").click()
        (cells,) = csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig")))
        assert cells["reason"] == f"'{HOSTILE}" and cells["state"] == "stands"

        visit.open(f"accounts?account={code}&override=vendor_risk")
        form = visit.page.get_by_role("dialog")
        form.get_by_role("button", name="Withdraw").wait_for()
        assert HOSTILE in form.inner_text()
        submit(visit, form, "Withdraw")
        assert kept(folder)[0].withdrawn_by == "Ada <b>Lovelace</b>"
        assert "by hand" not in visit.page.locator("table.v7").inner_text()


def test_the_name_is_asked_once_and_can_be_changed(chrome, address, folder):
    with visiting(chrome, address) as visit:
        visit.open()
        code = first_account(visit)
        form = opened(visit)
        fill(form, "Heard it", name="Ada Lovelace")
        submit(visit, form)
        visit.open(f"accounts?account={code}")  # a session of its own: only the browser remembers
        form = opened(visit)
        assert "Entered as Ada Lovelace (unverified)." in form.inner_text()
        assert form.get_by_label("Your name").count() == 0
        fill(form, "Heard it too", view="Client Outcomes")
        submit(visit, form)
        form = opened(visit)
        form.get_by_role("button", name="I am someone else").click()
        form.get_by_label("Your name").wait_for()
        fill(form, "So did I", view="Client Experience", name="Grace Hopper")
        submit(visit, form)
    assert {one.author for one in kept(folder)} == {"Ada Lovelace", "Grace Hopper"}
    assert len(kept(folder)) == 3


def test_what_is_missing_is_asked_for_and_nothing_is_kept(chrome, address, folder):
    with visiting(chrome, address) as visit:
        visit.open()
        first_account(visit)
        form = opened(visit)
        submit_button = form.get_by_role("button", name="Set by hand")
        submit_button.click()
        form.get_by_text("Pick the band it should have.").wait_for()
        fill(form, "   ", name="Ada")
        submit_button.click()
        form.get_by_text("Say why: a value by hand needs a reason.").wait_for()
        visit.page.keyboard.press("Escape")
        visit.page.wait_for_function("!location.search.includes('override')")
        visit.settle()
    assert not (folder / "journal.db").exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_and_the_list_can_be_used_by_everybody_and_on_a_phone(chrome, address, scheme):
    with visiting(chrome, address, scheme=scheme) as visit:
        visit.open()
        code = first_account(visit)
        form = opened(visit)
        fill(form, "Heard it", name="Ada Lovelace")
        assert serious(visit) == []
        submit(visit, form)
        visit.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        for path in (f"accounts?account={code}&override=vendor_risk", "overrides"):
            visit.open(path)
            assert visit.page.evaluate(MAIN)["x"] == 0
            assert serious(visit) == []
        visit.open(f"accounts?account={code}&override=vendor_risk")
        box = visit.page.get_by_role("dialog").get_by_role("button", name="Withdraw")
        box.scroll_into_view_if_needed()
        inside = box.bounding_box()
        assert inside and inside["x"] >= 0 and inside["x"] + inside["width"] <= PHONE[0]
