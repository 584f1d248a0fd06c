"""Usage: who worked with which feature on which day. By far the largest source, so it is made and written in pieces."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from data.sample.catalogue import FEATURES, PRODUCT_IDS
from data.sample.columns import Table, joined
from data.sample.draw import NEVER, Flags, Floats, Ints, between, happens, stream
from data.sample.world import Piece, Rows, World

LEAD = 28
RAMP = 42  # days until everybody at a new account has begun
FADE = 91  # days before leaving at which people begin to stop
CELLS = 12_000_000  # people x days looked at together
KEEN, OCCASIONAL = 0.66, 0.15  # chance of use on a working day
SATURDAY, SUNDAY = 0.16, 0.08  # of what a working day brings


class People(NamedTuple):
    """Those who use it: account within the piece, number there, first and last day, chance of use on a working day."""

    row: Ints
    number: Ints
    first: Ints
    last: Ints
    chance: Floats

    def some(self, begin: int, end: int) -> "People":
        """The people from one position to another."""
        return People._make(column[begin:end] for column in self)

    def expected(self) -> Floats:
        """About how many days of use each of them brings, in working days."""
        return np.asarray(np.maximum(self.last - self.first + 1, 0) * self.chance)


class Lists(NamedTuple):
    """Features in use: where the list of each account begins, how long it is; and the lists, one after the other."""

    begin: Ints
    length: Ints
    feature: Ints


def usage(world: World, events: int | None, progress: Callable[[str], None]) -> Rows:
    """Usage rows, account by account; exactly `events` of them where that is given, else as many as there are."""
    pieces = list(world.parts("usage"))
    due = _shares(np.array([_people(p).expected().sum() for p in pieces]), events) if events is not None else None
    made = 0
    for k, piece in enumerate(pieces):
        for table in _rows(piece, None if due is None else int(due[k])):
            made += len(table["uses"])
            yield "usage", table
        progress(f"usage: {made:,} rows, {piece.stop:,} of {world.n:,} accounts")


def _shares(weight: Floats, total: int) -> Ints:
    """Whole numbers in proportion to the weights that add up to the total."""
    reached = np.round(np.cumsum(weight) / max(weight.sum(), 1e-9) * total).astype(np.int64)
    return np.asarray(np.diff(reached, prepend=0))


def _people(piece: Piece) -> People:
    """As many people as adoption brings to the units owned, keen ones and occasional ones."""
    rng, world = stream(piece.world.seed, "users", piece.start), piece.world
    share = piece.fares("adoption", (0.20, 0.45), (0.62, 0.74), (0.87, 0.98))
    keen = piece.fares("adoption", (0.02, 0.12), (0.24, 0.40), (0.57, 0.72))
    before = np.round(piece.of(world.seats_before).sum(axis=1) * share).astype(int)
    after = np.round(piece.of(world.seats).sum(axis=1) * share).astype(int)
    most = np.maximum(np.maximum(before, after), 1)
    row = np.repeat(np.arange(piece.n), most)
    number = np.arange(len(row)) - np.repeat(np.cumsum(most) - most, most)
    changed = np.where(piece.of(world.changed) < NEVER, piece.of(world.changed), world.first_day - LEAD)[row]
    begun = piece.of(world.joined)[row] + between(rng, 0, RAMP, len(row))
    begun = np.where(number >= before[row], np.maximum(begun, changed), begun)
    stops = piece.of(world.left)[row] - _fading(rng, len(row))
    stops = np.where(number >= after[row], np.minimum(stops, changed - 1), stops)
    chance = np.where((number + 0.5) / most[row] < keen[row], KEEN, OCCASIONAL)
    return People(row, number + 1, np.maximum(begun, world.first_day - LEAD), np.minimum(stops, 0), chance)


def _fading(rng: np.random.Generator, n: int) -> Ints:
    """Days before an account leaves at which each of its people stops: seven in ten within the first four weeks."""
    is_early = happens(rng, np.full(n, 0.72))
    return np.where(is_early, between(rng, FADE - 28, FADE, n), between(rng, 1, FADE - 28, n))


def _lists(piece: Piece) -> Lists:
    """The features each account uses, of those of the products it owns; at least one."""
    rng = stream(piece.world.seed, "features", piece.start)
    owned = piece.of(piece.world.seats)[:, [f.product for f in FEATURES]] > 0
    is_advanced = np.array([f.is_advanced for f in FEATURES])
    plain = piece.fares("adoption", (0.10, 0.22), (0.40, 0.55), (0.75, 0.95))
    advanced = piece.fares("adoption", (0.0, 0.05), (0.25, 0.34), (0.62, 0.95))
    used = _some(rng, owned & ~is_advanced, plain) | _some(rng, owned & is_advanced, advanced)
    used[np.arange(len(used)), np.where(used.any(axis=1), used.argmax(axis=1), owned.argmax(axis=1))] = True
    row, feature = np.nonzero(used)
    length = np.bincount(row, minlength=len(used))
    return Lists(np.cumsum(length) - length, length, feature)


def _some(rng: np.random.Generator, which: Flags, share: Floats) -> Flags:
    """The given share of what is marked in each row, picked at random."""
    count = np.round(which.sum(axis=1) * share).astype(int)
    place = np.argsort(np.argsort(np.where(which, rng.random(which.shape), 2.0), axis=1), axis=1)
    return np.asarray(which & (place < count[:, None]))


def _rows(piece: Piece, due: int | None) -> Iterator[Table]:
    """The rows of a piece, a block of people at a time; `due` of them where that is given."""
    who, days = _people(piece), np.arange(piece.world.first_day - LEAD, 1)
    words, step = _Words(piece, who, _lists(piece)), max(CELLS // len(days), 1)
    begins = np.arange(0, len(who.row), step)
    quota = None if due is None else _shares(np.add.reduceat(who.expected(), begins), due)
    for k, begin in enumerate(begins.tolist()):
        person, day = _visits(piece, who.some(begin, begin + step), days)
        if quota is not None:
            kept = _resized(piece.rng, len(person), int(quota[k]))
            person, day = person[kept], day[kept]
        yield words.table(piece.rng, person + begin, day)


def _visits(piece: Piece, who: People, days: Ints) -> tuple[Ints, Ints]:
    """Person and day of each visit; few come at weekends."""
    weekday = (days + piece.world.as_of.weekday()) % 7
    open_share = np.where(weekday == 6, SUNDAY, np.where(weekday == 5, SATURDAY, 1.0)).astype(np.float32)
    chance = who.chance.astype(np.float32)[:, None] * open_share
    comes = piece.rng.random(chance.shape, dtype=np.float32) < chance
    comes &= (days >= who.first[:, None]) & (days <= who.last[:, None])
    person, column = np.nonzero(comes)
    return person, days[column]


def _resized(rng: np.random.Generator, have: int, want: int) -> Ints:
    """Positions of `want` rows out of `have`, in order: some left out, or some more than once."""
    if have == 0:
        return np.zeros(0, np.int64)
    often, rest = divmod(want, have)
    some = rng.permutation(have)[:rest]
    return np.sort(np.concatenate([np.tile(np.arange(have), often), some]))


class _Words:
    """The texts of usage rows as Arrow dictionaries: each is stored once, rows hold positions."""

    def __init__(self, piece: Piece, who: People, lists: Lists) -> None:
        self.who, self.lists, self.calendar = who, lists, piece.calendar
        self.codes = piece.codes(np.arange(piece.n))
        self.users = joined(piece.codes(who.row), "-u", pa.array(who.number))
        self.features = pa.array([f.name for f in FEATURES])
        self.products = pa.array([PRODUCT_IDS[f.product] for f in FEATURES])

    def table(self, rng: np.random.Generator, person: Ints, day: Ints) -> Table:
        """The columns of usage for these visits; what stands first in an account's list is used more."""
        row = self.who.row[person]
        length = self.lists.length[row]
        nth = np.floor(rng.random(len(person), dtype=np.float32) ** 1.4 * length).astype(np.int64)
        feature = self.lists.feature[self.lists.begin[row] + np.minimum(nth, length - 1)]
        return {
            "account_id": _coded(row, self.codes),
            "user_id": _coded(person, self.users),
            "used_on": self.calendar.on(day),
            "product_id": _coded(feature, self.products),
            "feature": _coded(feature, self.features),
            "uses": pa.array(rng.integers(1, 10, len(person), dtype=np.int32)),
        }


def _coded(index: Ints, values: Any) -> Any:
    return pa.DictionaryArray.from_arrays(pa.array(index.astype(np.int32)), values)
