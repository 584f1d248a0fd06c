"""A build publishes whole generations or nothing, whatever happens to it and whoever reads meanwhile."""

import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import duckdb
import pytest

from data.company import read_company
from data.generations import BuildLock, BuildRunning, current, generation_name, list_generations, rollback
from data.sample import write_sample
from metrics.build import build
from metrics.numbers import company_numbers

AS_OF, TODAY = date(2026, 11, 15), date(2026, 11, 16)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small sample company, built once."""
    folder = tmp_path_factory.mktemp("small") / "company"
    write_sample(folder, AS_OF, accounts=20, weeks=30)
    build(read_company(folder), TODAY)
    return folder


KILLED_AT = """
import os, signal, sys
from datetime import date
from pathlib import Path
from data.company import read_company
from metrics.build import build

def say(line):
    if line.startswith(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

build(read_company(Path(sys.argv[1])), date(2026, 11, 16), say)
"""


@pytest.mark.parametrize("step", ["", "staging 1 ", "staging 9 ", "measure 1 ", "view 1 ", "view 7 ", "read tables"])
def test_a_build_killed_at_any_step_leaves_the_last_generation_current(small, step):
    before = current(small)
    done = subprocess.run([sys.executable, "-c", KILLED_AT, str(small), step])
    assert done.returncode == -9
    assert current(small) == before
    assert company_numbers(read_company(small))["accounts"].value == 20


def test_the_next_build_removes_what_a_killed_one_left(small):
    subprocess.run([sys.executable, "-c", KILLED_AT, str(small), "view 1 "])
    build(read_company(small), TODAY)
    kept = {path.name for path in (small / "warehouse").iterdir()} - {"CURRENT", "BUILDING"}
    assert kept == {path.name for path in list_generations(small)}


def test_a_second_build_is_refused_while_one_runs_and_names_it(small):
    with BuildLock(small), pytest.raises(BuildRunning, match=r"a build is running already \(process \d+"):
        build(read_company(small), TODAY)


def test_only_the_last_generations_are_kept_and_rollback_goes_back(small):
    names = [build(read_company(small), TODAY) for _ in range(4)]
    assert [generation_name(path) for path in list_generations(small)] == names[:0:-1]
    assert rollback(small) == names[2]
    assert generation_name(current(small)) == names[2]


def test_readers_see_whole_generations_while_builds_publish(small):
    """Two threads read through their own handles while two builds publish: every read adds up."""
    stop, troubles, reads = threading.Event(), [], []

    def read() -> None:
        while not stop.is_set():
            try:
                with duckdb.connect(str(current(small)), read_only=True) as connection:
                    scored, banded = connection.execute(
                        "select (select count(*) from view_scores), (select sum(accounts) from view_bands)"
                    ).fetchall()[0]
                reads.append(scored == banded)
            except Exception as trouble:
                troubles.append(trouble)

    threads = [threading.Thread(target=read) for _ in range(2)]
    for thread in threads:
        thread.start()
    for _ in range(2):
        build(read_company(small), TODAY)
    stop.set()
    for thread in threads:
        thread.join()
    assert not troubles
    assert reads and all(reads)


def test_the_same_sources_give_the_same_numbers(small):
    first = company_numbers(read_company(small)).as_dict()["numbers"]
    build(read_company(small), TODAY)
    assert company_numbers(read_company(small)).as_dict()["numbers"] == first


def test_the_table_of_numbers_shows_every_value_however_long_the_words_are(small):
    printed = subprocess.run(
        [sys.executable, "-m", "dashboard.cli", "numbers", str(small)], capture_output=True, text=True, check=True
    ).stdout
    known = [number for number in company_numbers(read_company(small)).numbers if number.value is not None]
    assert len(known) > 40
    assert [number.name for number in known if f"{number.value:,.10g}" not in printed] == []
