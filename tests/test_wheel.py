"""The distribution works far from the repository: wheel, empty environment, demo, build, numbers, serve."""

import json
import os
import shutil
import subprocess
import sys
import urllib.request
import venv
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.serving import served

pytestmark = pytest.mark.wheel
FONT = "app/static/IBMPlexSansCondensed-Regular.woff2"


@pytest.fixture(scope="module")
def sevenviews(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, installed from a fresh wheel into an environment of its own.

    The environment borrows the packages already installed for the tests, so nothing is downloaded; the project
    itself is not among what it borrows.
    """
    home = tmp_path_factory.mktemp("wheel")
    for part in ("data", "metrics", "dashboard"):
        shutil.copytree(REPOSITORY / part, home / "source" / part, ignore=shutil.ignore_patterns("__pycache__"))
    for part in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(REPOSITORY / part, home / "source")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "-w", home, home / "source"], check=True, cwd=home)
    (wheel,) = home.glob("sevenviews-*.whl")
    venv.create(home / "env", with_pip=True)
    python = home / "env" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-deps", wheel], check=True, cwd=home)
    _borrow_packages(python)
    return home / "env" / "bin" / "sevenviews"


def _borrow_packages(python: Path) -> None:
    """Make the packages of this environment importable there, without its editable project."""
    where = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    here = Path(next(path for path in sys.path if path.endswith("site-packages")))
    lines = [str(here)]
    # A .pth file adds the folder; the finders of editable installs in it are .pth files and stay inert there.
    (Path(where) / "borrowed.pth").write_text("\n".join(lines) + "\n", encoding="utf-8")


def run(command: Path, *words: str, cwd: Path) -> str:
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "STREAMLIT"))}
    done = subprocess.run([command, *words], capture_output=True, text=True, cwd=cwd, env=clean)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


ENTER = """
from datetime import date
from pathlib import Path
from data.company import read_company
from data.journal.opening import open_journal
from data.journal.overrides import Entry, enter

entry = Entry("A1000", "vendor_risk", date(2026, 11, 15), 30.0, "red", "green", "Heard it", "Ada")
print(enter(open_journal(read_company(Path("made_up"))), entry))
"""


def test_a_journal_is_begun_outside_the_repository(sevenviews, tmp_path):
    (tmp_path / "made_up").mkdir()
    (tmp_path / "made_up" / "company.toml").write_text('name = "Made up"', encoding="utf-8")
    assert run(sevenviews.with_name("python"), "-c", ENTER, cwd=tmp_path) == "1\n"
    assert (tmp_path / "made_up" / "journal.db").exists()


def test_demo_build_numbers_and_serve_outside_the_repository(sevenviews, tmp_path):
    run(sevenviews, "demo", "made_up", "--as-of", "2026-11-15", "--accounts", "40", "--weeks", "60", cwd=tmp_path)
    run(sevenviews, "build", "made_up", cwd=tmp_path)
    found = json.loads(run(sevenviews, "numbers", "made_up", "--json", cwd=tmp_path))
    assert found["as_of"] == "2026-11-15"
    assert {number["name"]: number["value"] for number in found["numbers"]}["accounts"] == 40
    with served(tmp_path / "made_up", sevenviews) as (address, _), urllib.request.urlopen(f"{address}/{FONT}") as font:
        assert font.read(4) == b"wOF2"
