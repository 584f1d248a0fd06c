"""What many tests share: the sample company, built once a session, and one line per group that had to be skipped."""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import which

import duckdb
import pytest

REPOSITORY = Path(__file__).parent.parent
DATASETS = Path(os.environ.get("SEVENVIEWS_DATASETS", REPOSITORY.parent / "shared" / "datasets"))
SAMPLE_AS_OF = date(2026, 11, 15)


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the built sample company: 400 accounts, 104 weeks up to 15 November 2026."""
    from data.company import read_company
    from data.sample import write_sample
    from metrics.build import build

    folder = tmp_path_factory.mktemp("sample") / "company"
    write_sample(folder, SAMPLE_AS_OF)
    build(read_company(folder), today=date(2026, 11, 16))
    return folder


@pytest.fixture(scope="module", autouse=True)
def _nothing_left_open() -> Iterator[None]:
    """Closes what a module's screens opened: one process opens a warehouse in one way only, and others have theirs."""
    yield
    if "dashboard.screens.frame" in sys.modules:
        from tests.opened import close_all

        close_all()


@pytest.fixture
def sample(sample_folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse of the sample company, read-only."""
    from data.generations import current

    connection = duckdb.connect(str(current(sample_folder)), read_only=True)
    yield connection
    connection.close()


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium or Chrome of the system; skips without one, fails where the browser is required."""
    found = which("chromium") or which("google-chrome") or which("chromium-browser")
    if found is None and os.environ.get("SEVENVIEWS_REQUIRE_BROWSER"):
        pytest.fail("No Chromium found, and SEVENVIEWS_REQUIRE_BROWSER asks for one.")
    if found is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    return found


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each group of tests that was skipped, with how many and why."""
    reasons = Counter(str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", []))
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"skipped {count}: {reason.removeprefix('Skipped: ')}")
