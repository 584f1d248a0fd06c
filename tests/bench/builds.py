"""How long a build takes, step by step, and how much memory it peaks at: each command in a process of its own.

As a command of its own, `python -m tests.bench.builds FOLDER MEMORY` builds and writes the seconds of every step.
"""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import duckdb

from data.company import read_company
from data.generations import current
from metrics import build as builder
from metrics.engines import DuckEngine, Values

COMMAND = Path(sys.executable).parent / "sevenviews"

ONE_PASS = """
    select count(*) from (
        select account_id, date_trunc('week', used_on) as week, sum(uses) as uses, count(distinct user_id) as users
        from usage group by all
    )
    """
"""Count and exact distinct users by account and week: what a build is compared with."""


@dataclass(frozen=True)
class Step:
    """Wall and processor seconds of one named step; `phase` is its first word."""

    name: str
    seconds: float
    processor: float

    @property
    def phase(self) -> str:
        return self.name.split()[0]


@dataclass(frozen=True)
class Run:
    """Wall and processor seconds and peak memory of one command, and what it wrote."""

    seconds: float
    processor: float
    peak_gb: float
    wrote: str


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
    """Run a command; fails loudly when it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    wrote = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{' '.join(words)} failed with status {status}.")
    return Run(time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024**2, wrote)


def write(folder: Path, size: Size) -> Run:
    """Write the made-up company."""
    numbers = ["--accounts", str(size.accounts), "--weeks", str(size.weeks), "--events", str(size.events)]
    return measured(str(COMMAND), "demo", str(folder), "--as-of", "2026-11-15", "--no-build", *numbers)


def build(folder: Path, memory: str) -> tuple[Run, list[Step]]:
    """Load, measure, score and publish, with so much memory for the database; the run and its steps."""
    run = measured(sys.executable, "-m", "tests.bench.builds", str(folder), memory)
    return run, [Step(*step) for step in json.loads(run.wrote)]


def phases(steps: list[Step]) -> list[Step]:
    """The steps of each phase added up, in the order of the build."""
    names = dict.fromkeys(step.phase for step in steps)
    added = {name: [step for step in steps if step.phase == name] for name in names}
    return [Step(name, sum(s.seconds for s in of), sum(s.processor for s in of)) for name, of in added.items()]


def slowest(steps: list[Step], count: int = 10) -> list[Step]:
    """The steps that took most of the processors, the slowest first."""
    return sorted(steps, key=lambda step: -step.processor)[:count]


def _timed_steps(folder: Path, memory: str) -> list[Step]:
    """Build, and take the time from each line of progress to the next."""
    said: list[tuple[str, float, float]] = []

    def say(line: str) -> None:
        said.append((line, time.perf_counter(), time.process_time()))

    table = DuckEngine.table

    def named(self: DuckEngine, name: str, select: str, values: Values | None = None) -> None:
        if said[-1][0].startswith("read"):  # one line of progress for them all
            say(f"read table {name}")
        table(self, name, select, values)

    DuckEngine.table = named  # type: ignore[method-assign]
    builder.build(read_company(folder), date.today(), say, memory)
    say("published")
    return [Step(name, end - start, spent - before) for (name, start, before), (_, end, spent) in pairwise(said)]


def one_pass(folder: Path) -> float:
    """Seconds of one pass over the warehouse's usage table, best of three."""
    with duckdb.connect(str(current(folder)), read_only=True, config={"threads": 2}) as connection:
        return min(_timed(connection) for _ in range(3))


def _timed(connection: duckdb.DuckDBPyConnection) -> float:
    started = time.perf_counter()
    connection.execute(ONE_PASS).fetchall()
    return time.perf_counter() - started


if __name__ == "__main__":
    steps = _timed_steps(Path(sys.argv[1]), sys.argv[2])
    print(json.dumps([(step.name, step.seconds, step.processor) for step in steps]))
