"""How long a build takes and how much memory it peaks at, each step in a process of its own."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data.generations import current

COMMAND = Path(sys.executable).parent / "sevenviews"

ONE_PASS = """
    select count(*) from (
        select account_id, date_trunc('week', used_on) as week, sum(uses) as uses, count(distinct user_id) as users
        from usage group by all
    )
    """
"""Count and exact distinct users by account and week: what a build is compared with."""


@dataclass(frozen=True)
class Run:
    """Wall seconds and peak memory of one command."""

    seconds: float
    peak_gb: float


@dataclass(frozen=True)
class Size:
    """How large the made-up company of a benchmark is."""

    accounts: int
    weeks: int
    events: int
    memory: str = "3GB"

    def __str__(self) -> str:
        return f"{self.accounts:,} accounts × {self.weeks} weeks × {self.events:,} usage rows"


def measured(*words: str) -> Run:
    """Run `sevenviews` with these words; fails loudly when it fails."""
    started = time.perf_counter()
    process = subprocess.Popen([str(COMMAND), *words], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"sevenviews {' '.join(words)} failed with status {status}.")
    return Run(time.perf_counter() - started, usage.ru_maxrss / 1024**2)


def write(folder: Path, size: Size) -> Run:
    """Write the made-up company."""
    numbers = ["--accounts", str(size.accounts), "--weeks", str(size.weeks), "--events", str(size.events)]
    return measured("demo", str(folder), "--as-of", "2026-11-15", "--no-build", *numbers)


def build(folder: Path, memory: str) -> Run:
    """Load, measure, score and publish, with so much memory for the database."""
    return measured("build", str(folder), "--memory", memory)


def one_pass(folder: Path) -> float:
    """Seconds of one pass over the warehouse's usage table, best of three."""
    with duckdb.connect(str(current(folder)), read_only=True, config={"threads": 2}) as connection:
        return min(_timed(connection) for _ in range(3))


def _timed(connection: duckdb.DuckDBPyConnection) -> float:
    started = time.perf_counter()
    connection.execute(ONE_PASS).fetchall()
    return time.perf_counter() - started
