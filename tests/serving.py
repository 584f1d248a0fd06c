"""A served company and a real browser, for tests, benchmarks and pictures."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

COMMAND = Path(sys.executable).parent / "sevenviews"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(folder: Path, command: Path = COMMAND) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """`sevenviews serve` of a company folder: its address once it answers, and its process."""
    port = free_port()
    words = [str(command), "serve", str(folder), "--port", str(port), "--no-browser"]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, cwd=folder)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process)
        yield address, process
    finally:
        process.terminate()
        process.wait(timeout=15)


def _wait_for(address: str, process: subprocess.Popen[bytes], seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except OSError:
            if process.poll() is not None:
                raise RuntimeError(f"sevenviews serve ended with status {process.returncode}.") from None
            time.sleep(0.1)
    raise RuntimeError(f"{address} did not answer within {seconds} seconds.")


@contextmanager
def browser(executable: str) -> Iterator[Browser]:
    """A headless Chromium of the system."""
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=executable, args=QUIET)
        yield opened
        opened.close()


def memory_mb(process: subprocess.Popen[bytes]) -> float:
    """Resident memory of a running process."""
    with open(f"/proc/{process.pid}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1024**2


SETTLED = """
    (quiet) => new Promise((resolve) => {
        let last = performance.now();
        const seen = new MutationObserver(() => { last = performance.now(); });
        seen.observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
        const look = () => {
            const running = document.querySelector('[data-testid="stStatusWidget"], [data-stale="true"]');
            if (!running && document.querySelector('.sv h1') && performance.now() - last > quiet) {
                seen.disconnect();
                resolve(last);
            } else { setTimeout(look, 10); }
        };
        look();
    })
    """
"""Resolves with the page's clock at the last change, once a screen is drawn and nothing changed for `quiet` ms."""
