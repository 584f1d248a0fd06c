"""`make bench`: speed with sizes, machine and versions. Nothing here passes or fails; it prints what it measured.

make bench                      400 and 10,000 accounts
make bench BENCH=--full         100,000 accounts as well, 20 and 100 million usage rows (an hour, 30 GB of disk)
make bench BENCH="--size wide"  one size alone: small, middle, wide (100,000 × 20 million) or large
make bench BENCH=--steps        every step of a build, not the slowest ten
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

SIZES = {
    "small": builds.Size(400, 104, 400_000),
    "middle": builds.Size(10_000, 104, 10_000_000),
    "wide": builds.Size(100_000, 104, 20_000_000, "6GB"),
    "large": builds.Size(100_000, 104, 100_000_000, "9GB"),
}
USUAL = ("small", "middle")


def machine() -> str:
    """One line: what ran this, and with what."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=REPOSITORY, capture_output=True, text=True)
    packages = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "streamlit", "pandas", "plotly"))
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.machine()}, Python {platform.python_version()}, "
        f"{packages}, commit {commit.stdout.strip() or 'unknown'}"
    )


def bench_build(folder: Path, size: builds.Size, every_step: bool) -> None:
    """Write, build and compare with one pass over usage."""
    print(f"\n{size}")
    if not (folder / "company.toml").exists():
        print(f"  write the sample     {_cost(builds.write(folder, size))}")
    built, steps = builds.build(folder, size.memory)
    print(f"  build                {_cost(built)}")
    _print_steps("phase", builds.phases(steps))
    _print_steps("step", steps if every_step else builds.slowest(steps))
    once = builds.one_pass(folder)
    print(f"  one pass over usage  {once:8.2f} s   the build takes {built.seconds / once:.0f} passes")


def _cost(run: builds.Run) -> str:
    return f"{run.seconds:8.1f} s {run.processor:8.1f} s processor {run.peak_gb:6.2f} GB peak"


def _print_steps(kind: str, steps: list[builds.Step]) -> None:
    for step in steps:
        print(f"    {kind:<6}           {step.seconds:8.1f} s {step.processor:8.1f} s processor   {step.name}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--full", action="store_true", help="also 100,000 accounts, 20 and 100 million usage rows")
    parser.add_argument("--size", choices=SIZES, action="append", help="this size alone; may be given again")
    parser.add_argument("--steps", action="store_true", help="print every step of a build")
    parser.add_argument("--keep", type=Path, help="folder for the companies, used again if they are there")
    parser.add_argument("--no-screens", action="store_true", help="builds only")
    chosen = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as temporary:
        home = chosen.keep or Path(temporary)
        for name in chosen.size or (SIZES if chosen.full else USUAL):
            folder = home / f"company_{name}"
            bench_build(folder, SIZES[name], chosen.steps)
            if not chosen.no_screens:
                from tests.bench import screens

                screens.bench(folder, in_browser=name == "middle")


if __name__ == "__main__":
    main()
