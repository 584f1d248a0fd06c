"""The warehouse a screen reads: the current generation, opened read-only, every answer kept while it is current."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

import duckdb
import pandas as pd

from data.generations import current, generation_name

Made = TypeVar("Made")
KEPT_ANSWERS = 120
CONNECTION: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "lock_configuration": True,
    "threads": 2,  # a read takes milliseconds, and every thread more holds blocks of its own in memory
}
MEGABYTE = 1024**2
LEAST_MEMORY, MOST_MEMORY = 56 * MEGABYTE, 256 * MEGABYTE
"""The largest read of 10,000 accounts takes half the least."""

# Frames here are small, and their text is read cell by cell: as Python's own strings a screen takes a fifth less time.
pd.options.mode.string_storage = "python"


class BuiltBefore(LookupError):
    """A generation that lacks a table or column this version reads; the message names it and says what to run."""


class NothingBuilt(LookupError):
    """A company folder without a generation to show; the message says what to run."""


@dataclass(frozen=True)
class Scope:
    """The accounts a reader looks at. None means all; every read takes a scope, also where it is all."""

    segment: tuple[str, ...] | None = None
    region: tuple[str, ...] | None = None
    csm: tuple[str, ...] | None = None

    def clause(self, table: str = "") -> tuple[str, dict[str, str]]:
        """A condition on segment, region and csm to stand after `and`, and its bound parameters."""
        parts: list[str] = ["true"]
        params: dict[str, str] = {}
        for column in ("segment", "region", "csm"):
            wanted = getattr(self, column)
            if wanted is not None:
                names = {f"{column}_{i}": value for i, value in enumerate(wanted)}
                params |= names
                parts.append(f"coalesce({table}{column}, '') in ({', '.join('$' + name for name in names) or 'null'})")
        return " and ".join(parts), params

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return self.segment is None and self.region is None and self.csm is None


EVERYTHING = Scope()


@dataclass
class Generation:
    """One open generation. It never changes, so an answer is kept by its question: SQL text and parameters."""

    path: Path
    name: str
    _connection: duckdb.DuckDBPyConnection = field(repr=False)
    _answers: "OrderedDict[tuple[Any, ...], pd.DataFrame]" = field(default_factory=OrderedDict, repr=False)
    _made: dict[str, Any] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False)
    """One read at a time, on the database's own threads: a read takes milliseconds, and all take memory for one."""

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """What `make` makes, made once in the life of this generation."""
        if name not in self._made:
            self._made[name] = make()
        return cast(Made, self._made[name])

    def ask(self, sql: str, params: Mapping[str, Any] | None = None) -> pd.DataFrame:
        """The rows of one query, read on a cursor of its own: threads never share one. A list is bound as a tuple.

        Raises `BuiltBefore` where the generation has no such table or column: an earlier version built it.
        """
        key = (sql, tuple(sorted((params or {}).items())))
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key].copy(deep=False)
        cursor = self._connection.cursor()
        try:
            bound = {name: list(value) if isinstance(value, tuple) else value for name, value in (params or {}).items()}
            with self._turn:
                rows = cursor.execute(sql, bound or None).df()
        except (duckdb.CatalogException, duckdb.BinderException) as trouble:
            raise BuiltBefore(_lacking(self.name, str(trouble))) from trouble
        finally:
            cursor.close()
        with self._lock:
            self._answers[key] = rows
            while len(self._answers) > KEPT_ANSWERS:
                self._answers.popitem(last=False)
        return rows.copy(deep=False)


def listed(ids: Sequence[int]) -> tuple[str, dict[str, Any]]:
    """Placeholders and bound parameters for a list of numbers."""
    params = {f"id_{i}": int(value) for i, value in enumerate(ids)}
    return ", ".join("$" + name for name in params) or "null", params


class Warehouse:
    """A company's warehouse: watches which generation is current and hands out the open one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: Generation | None = None
        self._lock = threading.Lock()

    def generation(self) -> Generation:
        """The current generation, opened anew when the pointer has moved. Raises `NothingBuilt` before the first."""
        path = current(self.folder)
        if path is None:
            raise NothingBuilt(f"Nothing has been built in {self.folder} yet. Run: sevenviews build {self.folder}")
        with self._lock:
            if self._open is None or self._open.path != path:
                self._open = _opened(path)
            return self._open


def _opened(path: Path) -> Generation:
    return Generation(path, generation_name(path), connect(path))


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """A warehouse file, open for reading alone and shut off from everything else."""
    config = CONNECTION | {"memory_limit": f"{_memory(path.stat().st_size)}B"}
    return duckdb.connect(str(path), read_only=True, config=config)


def _memory(size: int) -> int:
    """How much of a warehouse of this size stays in memory; the rest is as near in the system's own file cache."""
    return min(max(size // 10, LEAST_MEMORY), MOST_MEMORY)


def _lacking(generation: str, trouble: str) -> str:
    """What a generation lacks, from the first line of what the engine says, and the way out."""
    what = trouble.partition("\n")[0].removeprefix("Catalog Error: ").removeprefix("Binder Error: ")
    return f"Generation {generation} was built by another version: {what} Run: sevenviews build"
