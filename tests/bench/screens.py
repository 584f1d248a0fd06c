"""How fast screens are: every read, every script run, and This week in a real browser."""

import math
import os
import statistics
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from typing import Any

import pandas as pd
from playwright.sync_api import Page
from streamlit.testing.v1 import AppTest

from dashboard.reads.warehouse import Generation
from dashboard.screens.canvas import FOLLOWED
from dashboard.screens.frame import COMPANY, SCREENS
from dashboard.screens.profit_book import PARTS as PROFIT_PARTS
from dashboard.screens.value_top import PARTS as VALUE_PARTS
from tests.serving import SETTLED, browser, memory_mb, served

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
EVERY = (
    *SCREENS,
    *(f"profit?part={part}" for part in list(PROFIT_PARTS)[1:]),
    *(f"value?part={part}" for part in list(VALUE_PARTS)[1:]),
    "vendor_risk",
    "vendor_expansion",
)
FILTERS = ("segment", "region", "csm")
ROUNDS = 20


def bench(folder: Path, in_browser: bool) -> None:
    """Print reads, script runs and, for one company, what a browser sees."""
    os.environ[COMPANY] = str(folder)
    with _timed_reads() as reads:
        for screen in EVERY:
            _script_runs(screen, rounds=1)
    print(f"  reads, warm          {len(reads)} statements, the slowest:")
    for sql, seconds in sorted(reads.items(), key=lambda item: -item[1])[:4]:
        print(f"    {seconds * 1000:6.1f} ms         {' '.join(sql.split())[:90]}")
    for screen in EVERY:
        print(f"  script run           {_ms(_script_runs(screen))}  {screen or 'this week'}")
    chromium = which("chromium") or which("google-chrome")
    if in_browser and chromium:
        _in_browser(folder, chromium)


@contextmanager
def _timed_reads() -> Iterator[dict[str, float]]:
    """Seconds of every statement a screen sends, read a second time: warm, but not from the answers kept."""
    seen: dict[str, float] = {}
    ask = Generation.ask

    def timed(self: Generation, sql: str, params: Mapping[str, Any] | None = None) -> pd.DataFrame:
        rows = ask(self, sql, params)
        if sql not in seen:
            kept = self._answers.copy()
            self._answers.clear()
            started = time.perf_counter()
            ask(self, sql, params)
            seen[sql] = time.perf_counter() - started
            self._answers.update(kept)
        return rows

    Generation.ask = timed  # type: ignore[method-assign]
    yield seen
    Generation.ask = ask  # type: ignore[method-assign]


def _script_runs(screen: str, rounds: int = ROUNDS) -> list[float]:
    """Seconds of runs of one screen's script after the first."""
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.session_state[FOLLOWED] = screen or "./"
    app.run()
    assert not app.exception, app.exception
    seconds = []
    for _ in range(rounds):
        started = time.perf_counter()
        app.run()
        seconds.append(time.perf_counter() - started)
    return seconds


def _ms(seconds: list[float]) -> str:
    ordered = sorted(seconds)
    nearest = ordered[math.ceil(len(ordered) * 0.95) - 1]  # of twenty, all but one are no longer
    return f"{statistics.median(ordered) * 1000:6.0f} ms median {nearest * 1000:6.0f} ms p95"


def _in_browser(folder: Path, chromium: str) -> None:
    with served(folder) as (address, process), browser(chromium) as opened:
        page = opened.new_page(viewport={"width": 1920, "height": 1080})
        sizes: list[float] = []
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        page.goto(address)
        first = page.evaluate(SETTLED, 150)
        print(f"  This week, browser   first load {first:.0f} ms, {sum(sizes) / 1e6:.2f} MB transferred")
        print(f"  filter change        {_ms(_filter_changes(page))}")
        print(f"  server memory        {memory_mb(process):6.0f} MB")


def _filter_changes(page: Page) -> list[float]:
    """Seconds from choosing in a filter to the settled screen: filters in turn, so that hardly any choice repeats."""
    seconds = []
    for nth in range(ROUNDS):
        box = page.locator(f'select[data-filter="{FILTERS[nth % len(FILTERS)]}"]')
        choices = box.locator("option").count()
        started = page.evaluate("performance.now()")
        box.select_option(index=1 + nth // len(FILTERS) % (choices - 1))
        seconds.append((page.evaluate(SETTLED, 150) - started) / 1000)
    return seconds
