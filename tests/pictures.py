"""`make pictures`: the pictures of the README, drawn from the sample company in a real browser."""

import io
import sys
import tempfile
from datetime import date
from pathlib import Path
from shutil import which

from PIL import Image
from playwright.sync_api import Page

from data.company import read_company
from data.sample import write_sample
from metrics.build import build
from tests.conftest import REPOSITORY, SAMPLE_AS_OF
from tests.serving import SETTLED, browser, served

FOLDER = REPOSITORY / "dashboard" / "pictures"
COLOURS = 96
"""As many as a picture needs to look whole and stay small."""

PICTURES = {
    "this-week": ("", 1920, 1080),
    "seven-views": ("views", 1920, 1080),
    "vendor-risk": ("vendor_risk", 1920, 1080),
    "profit": ("profit", 1920, 1080),
    "this-week-phone": ("", 400, 1080),
}
"""Path of the screen, and the size it is looked at in."""


def draw(page: Page, address: str, name: str) -> Path:
    """One picture: the screen, settled, in few colours."""
    path, width, height = PICTURES[name]
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{address}/{path}")
    page.evaluate(SETTLED, 600)
    picture = Image.open(io.BytesIO(page.screenshot()))
    file = FOLDER / f"{name}.png"
    picture.convert("RGB").quantize(COLOURS).save(file, optimize=True)
    return file


def main() -> None:
    chromium = which("chromium") or which("google-chrome")
    if chromium is None:
        sys.exit("No Chromium on this machine. Debian: apt-get install chromium")
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "sample"
        write_sample(folder, SAMPLE_AS_OF)
        build(read_company(folder), date(2026, 11, 16))
        with served(folder) as (address, _), browser(chromium) as opened:
            page = opened.new_page()
            for name in PICTURES:
                file = draw(page, address, name)
                print(f"{file.relative_to(REPOSITORY)}  {file.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
