"""How fast screens are: every read, every script run, and This week in a real browser."""

import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import which

from playwright.sync_api import Page
from streamlit.testing.v1 import AppTest

from dashboard.reads.warehouse import Generation
from dashboard.screens.canvas import FOLLOWED
from dashboard.screens.frame import SCREENS
from tests.serving import SETTLED, browser, memory_mb, served

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
ROUNDS = 20


def bench(folder: Path, in_browser: bool) -> None:
    """Print reads, script runs and, for one company, what a browser sees."""
    os.environ["SEVENVIEWS_COMPANY"] = str(folder)
    with _timed_reads() as reads:
        runs = {screen or "this week": _script_runs(screen) for screen in (*SCREENS, "vendor_risk")}
    slowest = sorted(reads.items(), key=lambda item: -statistics.median(item[1]))[:5]
    print(f"  reads, warm          {len(reads)} statements; slowest medians:")
    for sql, seconds in slowest:
        print(f"    {statistics.median(seconds) * 1000:6.1f} ms  {' '.join(sql.split())[:90]}")
    for screen, seconds in runs.items():
        print(f"  script run           {_ms(seconds)}  {screen}")
    chromium = which("chromium") or which("google-chrome")
    if in_browser and chromium:
        _in_browser(folder, chromium)


@contextmanager
def _timed_reads() -> Iterator[dict[str, list[float]]]:
    """Seconds of every statement a screen sends, by statement; the first of each is left out as cold."""
    seen: dict[str, list[float]] = {}
    ask = Generation.ask

    def timed(self: Generation, sql: str, *more: object, **named: object) -> object:
        started = time.perf_counter()
        try:
            return ask(self, sql, *more, **named)  # type: ignore[arg-type]
        finally:
            seen.setdefault(sql, []).append(time.perf_counter() - started)

    Generation.ask = timed  # type: ignore[method-assign,assignment]
    yield seen
    Generation.ask = ask  # type: ignore[method-assign]
    for seconds in seen.values():
        del seconds[: 1 if len(seconds) > 1 else 0]


def _script_runs(screen: str) -> list[float]:
    """Seconds of runs of one screen's script after the first."""
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.session_state[FOLLOWED] = screen or "./"
    app.run()
    assert not app.exception, app.exception
    seconds = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        app.run()
        seconds.append(time.perf_counter() - started)
    return seconds


def _ms(seconds: list[float]) -> str:
    ordered = sorted(seconds)
    return f"{statistics.median(ordered) * 1000:6.0f} ms median {ordered[int(len(ordered) * 0.95)] * 1000:6.0f} ms p95"


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
    """Seconds from choosing a segment to the settled screen, each segment and all of them in turn."""
    box = page.locator('select[data-filter="segment"]')
    n = box.locator("option").count()
    seconds = []
    for nth in range(ROUNDS):
        started = page.evaluate("performance.now()")
        page.locator('select[data-filter="segment"]').select_option(index=(nth + 1) % n)
        seconds.append((page.evaluate(SETTLED, 150) - started) / 1000)
    return seconds
