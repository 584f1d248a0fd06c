"""`make bench`: speed with sizes, machine and versions. Nothing here passes or fails; it prints what it measured.

make bench                      400 and 10,000 accounts
make bench BENCH=--full         100,000 accounts × 100 million usage rows as well (hours of disk and memory)
make bench BENCH="--keep DIR"   leave the companies in DIR and use them again
"""

import argparse
import os
import platform
import subprocess
import tempfile
from importlib.metadata import version
from pathlib import Path

from tests.bench import builds
from tests.conftest import REPOSITORY

SMALL = builds.Size(400, 104, 400_000)
MIDDLE = builds.Size(10_000, 104, 10_000_000)
LARGE = builds.Size(100_000, 104, 100_000_000, "9GB")


def machine() -> str:
    """One line: what ran this, and with what."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=REPOSITORY, capture_output=True, text=True)
    packages = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "streamlit", "pandas", "plotly"))
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.machine()}, Python {platform.python_version()}, "
        f"{packages}, commit {commit.stdout.strip() or 'unknown'}"
    )


def bench_build(folder: Path, size: builds.Size) -> None:
    """Write, build and compare with one pass over usage."""
    print(f"\n{size}")
    if not (folder / "company.toml").exists():
        wrote = builds.write(folder, size)
        print(f"  write the sample     {wrote.seconds:8.1f} s   {wrote.peak_gb:5.2f} GB")
    built = builds.build(folder, size.memory)
    print(f"  build                {built.seconds:8.1f} s   {built.peak_gb:5.2f} GB peak")
    once = builds.one_pass(folder)
    print(f"  one pass over usage  {once:8.2f} s   the build takes {built.seconds / once:.0f} passes")


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--full", action="store_true", help="also 100,000 accounts and 100 million usage rows")
    parser.add_argument("--keep", type=Path, help="folder for the companies, used again if they are there")
    parser.add_argument("--no-screens", action="store_true", help="builds only")
    chosen = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as temporary:
        home = chosen.keep or Path(temporary)
        for size in (SMALL, MIDDLE, LARGE) if chosen.full else (SMALL, MIDDLE):
            folder = home / f"company_{size.accounts}"
            bench_build(folder, size)
            if not chosen.no_screens:
                from tests.bench import screens

                screens.bench(folder, in_browser=size is MIDDLE)


if __name__ == "__main__":
    main()
