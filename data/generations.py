"""Generations of a warehouse: each build writes a file of its own, and a pointer says which one is current.

A company's `warehouse/` holds `warehouse-GENERATION.duckdb` files, the pointer `CURRENT`, and the lock `BUILDING`. The
pointer is replaced in one step, so a reader sees the old generation or the new one and nothing between. A build works
on `warehouse-GENERATION.building` and what else begins like that; whatever a dead build left is removed by the next.
"""

import contextlib
import json
import os
import shutil
import socket
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO

from data.errors import UserError

POINTER, LOCK = "CURRENT", "BUILDING"
PREFIX, FINISHED, UNFINISHED = "warehouse-", ".duckdb", ".building"

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> None:
        """Lock a byte far behind the text, which others still have to read. Raises `OSError` when it is locked."""
        file.seek(1 << 30)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        """Lock a file against every other opening of it. Raises `OSError` when it is locked."""
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


class BuildRunning(UserError):
    """Another build of the same company is at work."""


class NoGeneration(UserError):
    """There is no generation to go back to."""


@dataclass(frozen=True)
class Builder:
    """The process that builds: its id, the computer it runs on, and since when."""

    pid: int
    host: str
    since: str

    @classmethod
    def this_process(cls) -> "Builder":
        now = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
        return cls(pid=os.getpid(), host=socket.gethostname(), since=now)


class BuildLock:
    """Keeps a second build of the same company out while this one runs; used with `with`.

    The operating system holds the lock and drops it when the process dies, so the lock of a dead build is free and
    is simply taken over. The file stays; what it says only names the holder to whoever is refused.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: IO[str] | None = None

    def __enter__(self) -> "BuildLock":
        path = self._folder / "warehouse" / LOCK
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+", encoding="utf-8")
        try:
            _lock(file)
        except OSError:
            words = _holder(file)
            file.close()
            raise BuildRunning(f"{self._folder}: a build is running already ({words}). Wait until it ends.") from None
        self._file = file
        _write(file, json.dumps(asdict(Builder.this_process())))
        _remove_leftovers(path.parent)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            _write(self._file, "")
            self._file.close()


def new_generation(folder: Path) -> Path:
    """The file a build is to write. It is named by the moment the build starts and sorts after every generation."""
    warehouse = folder / "warehouse"
    warehouse.mkdir(parents=True, exist_ok=True)
    now, newest = datetime.now(UTC).strftime("%Y%m%d-%H%M%S"), _newest_name(folder)
    stem = max(now, newest[: len(now)])  # a clock put back must not make a build older than the one before
    names = (stem, *(f"{stem}-{n:02}" for n in range(2, 100)))
    return warehouse / f"{PREFIX}{next(name for name in names if name > newest)}{UNFINISHED}"


def publish(path: Path, keep: int) -> None:
    """Make a finished file the current generation, and remove all but the last `keep`."""
    finished = path.with_suffix(FINISHED)
    os.replace(path, finished)
    _point_to(finished)
    for old in list_generations(finished.parent.parent)[keep:]:
        _remove(old)


def current(folder: Path) -> Path | None:
    """The file of the current generation; None before the first build."""
    try:
        name = (folder / "warehouse" / POINTER).read_text(encoding="utf-8", errors="replace").strip()
    except FileNotFoundError:
        return None
    path = folder / "warehouse" / f"{PREFIX}{name}{FINISHED}"
    return path if path.exists() else None


def generation_name(path: Path) -> str:
    """What a generation's file, finished or not, is called between prefix and suffix."""
    return path.stem.removeprefix(PREFIX)


def list_generations(folder: Path) -> list[Path]:
    """The files of every finished generation, newest first."""
    return sorted((folder / "warehouse").glob(f"{PREFIX}*{FINISHED}"), key=generation_name, reverse=True)


def rollback(folder: Path) -> str:
    """Make the generation before the current one current; its name comes back. Raises `NoGeneration`."""
    now = current(folder)
    if now is None:
        raise NoGeneration(f"{folder}: nothing is built yet. Run: sevenviews build {folder}")
    older = [path for path in list_generations(folder) if generation_name(path) < generation_name(now)]
    if not older:
        raise NoGeneration(
            f"{folder}: {generation_name(now)} is the oldest generation kept, there is none to go back to. "
            f"keep_generations in {folder / 'company.toml'} says how many stay."
        )
    _point_to(older[0])
    return generation_name(older[0])


def _newest_name(folder: Path) -> str:
    return max((generation_name(path) for path in list_generations(folder)), default="")


def _point_to(path: Path) -> None:
    fresh = path.parent / f"{POINTER}.{os.getpid()}"
    with fresh.open("w", encoding="utf-8") as file:
        file.write(generation_name(path) + "\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, path.parent / POINTER)


def _remove_leftovers(warehouse: Path) -> None:
    """Remove what dead builds left. Only called under the lock, so no living build owns any of it."""
    for path in warehouse.glob(f"{PREFIX}*"):
        if path.suffix != FINISHED:
            _remove(path)


def _remove(path: Path) -> None:
    # Where an open file can't be removed (Windows), it stays until a later build.
    with contextlib.suppress(OSError):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _write(file: IO[str], text: str) -> None:
    file.truncate(0)
    file.write(text)
    file.flush()


def _holder(file: IO[str]) -> str:
    """Who holds a lock, in words."""
    try:
        file.seek(0)
        holder = Builder(**json.load(file))
    except (OSError, ValueError, TypeError):
        return "another process"
    return f"process {holder.pid} on {holder.host}, since {holder.since}"
