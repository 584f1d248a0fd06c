"""A warehouse of another version: a screen that needs what it lacks asks for a build, the others stay as they are."""

import duckdb
import pytest

from data.generations import current
from tests.dashboard.made import Made, make
from tests.opened import close_all, look_at, open_screen, troubles


@pytest.fixture
def old(tmp_path, monkeypatch):
    folder = make(tmp_path / "company", Made(accounts=5))
    con = duckdb.connect(str(current(folder)))
    for table in ("group_now", "conflicts", "fragile"):
        con.execute(f"drop table {table}").fetchall()
    con.close()
    close_all()
    look_at(folder, monkeypatch)
    yield folder
    close_all()


@pytest.mark.parametrize("path", ["views", "vendor_risk", "client_maturity"])
def test_a_screen_that_lacks_a_table_says_what_to_run(old, path):
    screen = open_screen(path)
    assert "sevenviews build" in screen.html and "Come back here and reload" in screen.words
    assert screen.html.count("<h1") == 1 and not screen.figures
    assert not [trouble for trouble in troubles(screen) if "Error" in trouble or "exception" in trouble.lower()]


@pytest.mark.parametrize("path", ["./", "accounts", "profit"])
def test_the_other_screens_stay_as_they_are(old, path):
    screen = open_screen(path)
    assert screen.title and "Come back here" not in screen.words and not screen.exceptions
