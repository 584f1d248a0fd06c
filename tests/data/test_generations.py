"""Generations: one build at a time, a pointer that moves in one step, a few to go back to."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from data.generations import (
    BuildLock,
    BuildRunning,
    NoGeneration,
    current,
    generation_name,
    list_generations,
    new_generation,
    publish,
    rollback,
)

HOLD = """
import sys, time
from pathlib import Path
from data.generations import BuildLock, new_generation
with BuildLock(Path(sys.argv[1])):
    new_generation(Path(sys.argv[1])).write_text("half")
    print("building", flush=True)
    time.sleep(60)
"""


def build(folder: Path, keep: int = 3) -> str:
    with BuildLock(folder):
        path = new_generation(folder)
        path.write_text("rows")
        publish(path, keep)
    return generation_name(path)


def builder(folder: Path) -> subprocess.Popen[str]:
    """Another process that is in the midst of a build."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "building\n"
    return process


def test_before_the_first_build_nothing_is_current(tmp_path):
    assert current(tmp_path) is None
    with pytest.raises(NoGeneration, match=r"nothing is built yet\. Run: sevenviews build"):
        rollback(tmp_path)


def test_builds_of_one_second_sort_in_their_order(tmp_path):
    names = [build(tmp_path, keep=20) for _ in range(12)]
    assert names == sorted(names)
    assert [generation_name(path) for path in list_generations(tmp_path)] == names[::-1]
    assert generation_name(current(tmp_path)) == names[-1]


def test_a_clock_that_was_put_back_does_not_make_a_build_older(tmp_path):
    (tmp_path / "warehouse").mkdir()
    (tmp_path / "warehouse" / "warehouse-29990101-000000.duckdb").write_text("rows")
    assert build(tmp_path) == "29990101-000000-02"


def test_only_the_last_few_are_kept(tmp_path):
    names = [build(tmp_path, keep=2) for _ in range(4)]
    assert [generation_name(path) for path in list_generations(tmp_path)] == names[:1:-1]


def test_rollback_goes_back_one_generation_at_a_time(tmp_path):
    first, second, third = (build(tmp_path) for _ in range(3))
    assert rollback(tmp_path) == second
    assert rollback(tmp_path) == first
    assert generation_name(current(tmp_path)) == first
    with pytest.raises(NoGeneration, match="is the oldest generation kept"):
        rollback(tmp_path)
    assert third in {generation_name(path) for path in list_generations(tmp_path)}


def test_a_second_build_is_refused_and_told_who_builds(tmp_path):
    process = builder(tmp_path)
    try:
        with pytest.raises(BuildRunning, match=rf"a build is running already \(process {process.pid} on .*, since 20"):
            build(tmp_path)
    finally:
        process.kill()
        process.wait()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_a_killed_build_leaves_the_last_good_generation_and_its_lock_is_taken_over(tmp_path):
    good = build(tmp_path)
    process = builder(tmp_path)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert generation_name(current(tmp_path)) == good
    assert list((tmp_path / "warehouse").glob("*.building"))
    newer = build(tmp_path)
    assert [generation_name(path) for path in list_generations(tmp_path)] == [newer, good]
    assert not list((tmp_path / "warehouse").glob("*.building"))


def test_the_lock_is_free_after_a_build_that_failed(tmp_path):
    with pytest.raises(ZeroDivisionError), BuildLock(tmp_path):
        raise ZeroDivisionError
    assert build(tmp_path)


def test_a_reader_sees_a_whole_generation_at_any_moment(tmp_path):
    build(tmp_path)
    seen, stop = [], threading.Event()

    def read():
        while not stop.is_set():
            path = current(tmp_path)
            seen.append(path is not None)

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(30):
        build(tmp_path, keep=5)
    stop.set()
    reader.join()
    assert seen
    assert all(seen)
