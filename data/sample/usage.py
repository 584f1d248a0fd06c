"""Usage: who worked with which feature on which day. By far the largest source, so it is made and written in pieces."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from data.sample.catalogue import PRODUCTS
from data.sample.draw import NEVER, Flags, Floats, Ints, Table, between, fares, happens, joined, stream
from data.sample.sink import Calendar
from data.sample.world import World, Writer

LEAD = 28
RAMP = 42  # days until everybody at a new account has begun
FADE = 91  # days before leaving at which people begin to stop
CELLS = 12_000_000  # people x days looked at together
FEATURES = [(name.lstrip("*"), product, name.startswith("*")) for product, p in enumerate(PRODUCTS) for name in p.features]


class People(NamedTuple):
    """Those who use it: account, number within the account, first and last day, chance of a working day with use."""

    account: Ints
    number: Ints
    first: Ints
    last: Ints
    chance: Floats


def users(world: World, part: slice) -> People:
    """The people of a piece of the accounts: as many as adoption brings to the units owned, keen ones and occasional ones."""
    rng = stream(world.seed, "users", part.start)
    grade = world.grade["adoption"][part]
    share = fares(grade, (0.20, 0.45), (0.62, 0.74), (0.87, 0.98))
    keen = fares(grade, (0.02, 0.12), (0.24, 0.40), (0.57, 0.72))
    after = np.round(world.seats[part].sum(axis=1) * share).astype(int)
    before = np.round(world.seats_before[part].sum(axis=1) * share).astype(int)
    changed = np.where(world.changed[part] < NEVER, world.changed[part], world.first_day - LEAD)
    most = np.maximum(np.maximum(after, before), 1)
    row = np.repeat(np.arange(len(most)), most)
    number = np.arange(len(row)) - np.repeat(np.cumsum(most) - most, most)
    joined, left = world.joined[part][row], world.left[part][row]
    first = joined + between(rng, 0, RAMP, len(row))
    first = np.where(number >= before[row], np.maximum(first, changed[row]), first)
    fades = left - np.where(happens(rng, np.full(len(row), 0.72)), between(rng, FADE - 28, FADE, len(row)), between(rng, 1, FADE - 28, len(row)))
    last = np.where(number >= after[row], np.minimum(fades, changed[row] - 1), fades)
    chance = np.where((number + 0.5) / most[row] < keen[row], 0.66, 0.15)
    return People(row + part.start, number + 1, np.maximum(first, world.first_day - LEAD), np.minimum(last, 0), chance)


def features_used(world: World, part: slice) -> tuple[Ints, Ints, Ints]:
    """Per account: where its list of features in use begins, how long it is; and the lists, one after the other."""
    rng = stream(world.seed, "features", part.start)
    grade = world.grade["adoption"][part]
    plain = fares(grade, (0.10, 0.22), (0.40, 0.55), (0.75, 0.95))
    advanced = fares(grade, (0.0, 0.05), (0.25, 0.34), (0.62, 0.95))
    owned = world.seats[part][:, [product for _, product, _ in FEATURES]] > 0
    is_advanced = np.array([kind for *_, kind in FEATURES])
    used = _some(rng, owned & ~is_advanced, plain) | _some(rng, owned & is_advanced, advanced)
    used[~used.any(axis=1), 0] = True
    account, feature = np.nonzero(used)
    length = np.bincount(account, minlength=len(used))
    return np.cumsum(length) - length, length, feature


def _some(rng: np.random.Generator, which: Flags, share: Floats) -> Flags:
    """The given share of what is marked in each row, picked at random."""
    count = np.round(which.sum(axis=1) * share).astype(int)
    place = np.argsort(np.argsort(np.where(which, rng.random(which.shape), 2.0), axis=1), axis=1)
    return np.asarray(which & (place < count[:, None]))


def usage(world: World, events: int | None, progress: Callable[[str], None]) -> Writer:
    """Usage rows, account by account; exactly `events` of them where that is given, else as many as there are."""
    parts = list(world.chunks())
    expected = np.array([_expected(users(world, part)) for part in parts]) if events is not None else np.zeros(len(parts))
    due = np.round(np.cumsum(expected) / max(expected.sum(), 1e-9) * (events or 0)).astype(int)
    made = 0
    for k, part in enumerate(parts):
        for table in _part(world, part, None if events is None else int(due[k]) - (int(due[k - 1]) if k else 0)):
            made += len(table["uses"])
            yield "usage", table
        if len(parts) > 1:
            progress(f"usage: {made:,} rows, {part.stop:,} of {world.n:,} accounts")


def _expected(who: People) -> float:
    return float((np.maximum(who.last - who.first + 1, 0) * who.chance).sum())


def _part(world: World, part: slice, due: int | None) -> Iterator[Table]:
    who, days = users(world, part), np.arange(world.first_day - LEAD, 1)
    lists, step = features_used(world, part), max(CELLS // len(days), 1)
    names = _Names(world, part, who)
    ends = np.append(np.arange(step, len(who.account), step), len(who.account))
    share = np.array([_expected(People(*(column[:end] for column in who))) for end in ends])
    quota = None if due is None else np.round(share / max(share[-1], 1e-9) * due).astype(int)
    for k, end in enumerate(ends):
        begin = int(ends[k - 1]) if k else 0
        rng = stream(world.seed, f"usage {begin}", part.start)
        person, day = _visits(rng, world, People(*(column[begin:end] for column in who)), days)
        if quota is not None:
            kept = _resized(rng, len(person), int(quota[k]) - (int(quota[k - 1]) if k else 0))
            person, day = person[kept], day[kept]
        yield names.rows(rng, person + begin, day, lists)


def _visits(rng: np.random.Generator, world: World, who: People, days: Ints) -> tuple[Ints, Ints]:
    """Person and day of each visit; few come at weekends."""
    weekday = (days + world.as_of.weekday()) % 7
    open_share = np.where(weekday == 6, 0.08, np.where(weekday == 5, 0.16, 1.0)).astype(np.float32)
    chance = who.chance.astype(np.float32)[:, None] * open_share
    comes = rng.random(chance.shape, dtype=np.float32) < chance
    comes &= (days >= who.first[:, None]) & (days <= who.last[:, None])
    person, column = np.nonzero(comes)
    return person, days[column]


def _resized(rng: np.random.Generator, have: int, want: int) -> Ints:
    """Positions of `want` rows out of `have`: some left out, or some twice, in order."""
    if have == 0:
        return np.zeros(0, int)
    if want <= have:
        return np.sort(rng.permutation(have)[:want])
    return np.sort(np.concatenate([np.tile(np.arange(have), want // have), rng.permutation(have)[: want % have]]))


class _Names:
    """The texts of usage rows as Arrow dictionaries: each is stored once, rows hold positions."""

    def __init__(self, world: World, part: slice, who: People) -> None:
        codes = world.codes.slice(part.start, part.stop - part.start)
        self.part, self.who, self.calendar = part, who, Calendar(world.as_of)
        self.codes = codes
        self.users = joined(self.codes.take(pa.array(who.account - part.start)), "-u", pa.array(who.number).cast(pa.string()))
        self.features = pa.array([name for name, *_ in FEATURES])
        self.products = pa.array([PRODUCTS[product].product_id for _, product, _ in FEATURES])

    def rows(self, rng: np.random.Generator, person: Ints, day: Ints, lists: tuple[Ints, Ints, Ints]) -> Table:
        """The columns of usage for these visits."""
        account = self.who.account[person] - self.part.start
        begin, length, feature = lists
        place = begin[account] + np.floor(rng.random(len(person), dtype=np.float32) ** 1.4 * length[account]).astype(int)
        what = feature[np.minimum(place, begin[account] + length[account] - 1)]
        return {
            "account_id": _coded(account, self.codes),
            "user_id": _coded(person, self.users),
            "used_on": self.calendar.on(day),
            "product_id": _coded(what, self.products),
            "feature": _coded(what, self.features),
            "uses": pa.array(rng.integers(1, 10, len(person), dtype=np.int32)),
        }


def _coded(index: Ints, values: Any) -> Any:
    return pa.DictionaryArray.from_arrays(pa.array(index.astype(np.int32)), values)
