"""The made-up company before any row is written: its accounts, their size, when they come and go, how they fare.

A grade says how an account fares in something, such as support: 0 to 1 badly, 1 to 2 middling, 2 to 3 well.
Rows follow from grades; nothing here knows a measure or a threshold.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from data.sample.catalogue import PRODUCTS
from data.sample.columns import Calendar, Table, numbered, texts
from data.sample.draw import Flags, Floats, Ints, Span, fares, stream

YEAR = 364
CHUNK = 2_000  # accounts whose rows are made, written and forgotten together
PRICES = np.array([float(p.list_price) for p in PRODUCTS])
LARGE, MIDDLE = 400_000, 110_000  # yearly revenue from which an account is Enterprise, Mid-market
SMALL = 2

Rows = Iterator[tuple[str, Table]]  # what every family of rows yields: source, its columns
Scalar = TypeVar("Scalar", bound=np.generic)


@dataclass(frozen=True)
class World:
    """Everything about the accounts that more than one source has to agree on, one array element per account."""

    as_of: date
    weeks: int
    seed: int
    names: list[str]
    industry: Ints
    region: Ints
    rank: Ints  # 0 is the largest
    csm: Ints
    rep: Ints
    joined: Ints
    left: Ints  # first day without service, told or not; NEVER for those who stay
    notice: Ints  # day of the notice; NEVER for those who stay
    seats_before: Ints  # account x product
    seats: Ints  # account x product, from `changed` on
    changed: Ints
    price: Floats  # net over list
    grade: dict[str, Floats]
    is_euro: Flags  # invoiced in euros
    planted: dict[str, Flags]

    @property
    def n(self) -> int:
        """Number of accounts."""
        return len(self.names)

    @cached_property
    def codes(self) -> Any:
        """Account ids as the company writes them: A1001 and so on, all of one length, an Arrow column."""
        base = 10 ** max(3, len(str(self.n - 1)))
        return pa.array([f"A{base + 1 + k}" for k in range(self.n)])

    @property
    def first_day(self) -> int:
        """First day of the history."""
        return 1 - 7 * self.weeks

    @cached_property
    def arr(self) -> Floats:
        """Yearly revenue per account from `changed` on, whether or not it has left."""
        return np.asarray((self.seats * PRICES).sum(axis=1) * self.price)

    @cached_property
    def arr_before(self) -> Floats:
        """Yearly revenue per account until `changed`."""
        return np.asarray((self.seats_before * PRICES).sum(axis=1) * self.price)

    @cached_property
    def segment(self) -> Ints:
        """Position in SEGMENTS, by size."""
        return np.where(self.arr >= LARGE, 0, np.where(self.arr >= MIDDLE, 1, SMALL))

    def pieces(self, name: str, source: str, make: "Callable[[Piece], Table]") -> Rows:
        """Rows of a source, made for a few thousand accounts at a time; `name` is the stream they are drawn from."""
        told = 0
        for part in self.parts(name):
            table = make(replace(part, told=told))
            told += len(next(iter(table.values())))
            yield source, table

    def parts(self, name: str) -> "Iterator[Piece]":
        """The accounts in pieces, each with its generator in the stream of that name."""
        for start in range(0, self.n, CHUNK):
            yield Piece(self, start, min(start + CHUNK, self.n), stream(self.seed, name, start))


@dataclass(frozen=True)
class Piece:
    """Some thousand accounts of the world, with the generator of their rows and how many rows were made before."""

    world: World
    start: int
    stop: int
    rng: np.random.Generator
    told: int = 0

    @property
    def n(self) -> int:
        """Number of accounts in the piece."""
        return self.stop - self.start

    @property
    def calendar(self) -> Calendar:
        """The calendar of the world."""
        return Calendar(self.world.as_of)

    def of(self, values: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
        """The values of the accounts in this piece."""
        return values[self.start : self.stop]

    def grade(self, name: str) -> Floats:
        """How each account fares in something."""
        return self.of(self.world.grade[name])

    def fares(self, name: str, badly: Span, middling: Span, well: Span) -> Floats:
        """What the grade in something brings to each account."""
        return fares(self.grade(name), badly, middling, well)

    def since(self, lead: int) -> Ints:
        """First day from which rows are made: `lead` days before the history, or the day the account joined."""
        return np.maximum(self.of(self.world.joined), self.world.first_day - lead)

    @property
    def last(self) -> Ints:
        """Last day with service, at most `as_of`."""
        return np.minimum(self.of(self.world.left) - 1, 0)

    def codes(self, row: Ints) -> Any:
        """Account ids by row number within the piece; empty for a negative one."""
        return texts(self.world.codes, np.where(row < 0, -1, row + self.start))

    def ids(self, prefix: str, n: int, digits: int = 7) -> Any:
        """The next `n` ids of the source."""
        return numbered(prefix, np.arange(n) + self.told + 1, digits)
