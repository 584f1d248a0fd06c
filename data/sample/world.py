"""The made-up company before any row is written: its accounts, how large they are, when they come and go, how they fare.

A grade says how an account fares in something, such as support: 0 to 1 badly, 1 to 2 middling, 2 to 3 well.
Rows follow from grades; nothing here knows a measure or a threshold.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from data.sample.catalogue import APPETITE, BEST_CSM, CSMS, FIRMWARE_PRODUCT, INDUSTRIES, PRODUCTS, REPS
from data.sample.draw import NEVER, Flags, Floats, Ints, Table, between, even_levels, fares, normal_quantiles, stream
from data.sample.names import companies

YEAR = 364
ARR_PER_ACCOUNT = 198_000  # before rounding to whole units: about 86 million for 400 accounts
CHUNK = 2_000  # accounts whose rows are made, written and forgotten together
PRICES = np.array([float(p.list_price) for p in PRODUCTS])

# How accounts fare in something: share of revenue that fares badly, share that fares middling; and what it hangs on:
# general luck, how well we care, how close we are. The rest is the account's own.
GRADES: dict[str, tuple[float, float, float, float, float]] = {
    "adoption": (0.11, 0.30, 0.50, 0.45, 0.10),
    "support": (0.11, 0.32, 0.45, 0.70, 0.00),
    "product": (0.15, 0.34, 0.40, 0.70, 0.00),
    "services": (0.22, 0.34, 0.45, 0.70, 0.00),
    "payment": (0.16, 0.40, 0.40, 0.65, 0.00),
    "bond": (0.11, 0.32, 0.45, 0.35, 0.60),
    "marketing": (0.11, 0.30, 0.35, 0.30, 0.65),
    "training": (0.11, 0.28, 0.35, 0.00, 0.75),
    "pipeline": (0.20, 0.09, 0.45, 0.00, 0.30),
    "advocacy": (0.09, 0.26, 0.50, 0.10, 0.35),
    "welcome": (0.08, 0.27, 0.50, 0.50, 0.00),
    "uptime": (0.08, 0.25, 0.30, 0.45, 0.00),
    "outcome": (0.065, 0.31, 0.30, 0.00, 0.00),
    "maturity": (0.11, 0.40, 0.20, 0.00, 0.00),
    "whitespace": (0.07, 0.55, 0.10, 0.00, 0.00),
    "margin": (0.20, 0.23, 0.05, 0.00, 0.00),
}


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

    @property
    def arr(self) -> Floats:
        """Yearly revenue per account from `changed` on, whether or not it has left."""
        return np.asarray((self.seats * PRICES).sum(axis=1) * self.price)

    @property
    def last_day(self) -> Ints:
        """Last day with service, at most `as_of`."""
        return np.minimum(self.left - 1, 0)

    def since(self, lead: int) -> Ints:
        """First day from which rows are made: `lead` days before the history, or the day the account joined."""
        return np.maximum(self.joined, self.first_day - lead)

    def chunks(self) -> Iterator[slice]:
        """The accounts in pieces, in order."""
        return (slice(low, min(low + CHUNK, self.n)) for low in range(0, self.n, CHUNK))


Writer = Iterator[tuple[str, Table]]  # what every family of rows yields: source, its columns


def draw_world(as_of: date, accounts: int, weeks: int, seed: int) -> World:
    """The accounts of the sample company; the same arguments draw the same company."""
    rng = stream(seed, "world")
    named = companies(accounts, seed)
    industry = np.array([INDUSTRIES.index(i) for _, i in named])
    rank = rng.permutation(accounts)
    planted = _planted(rank, weeks)
    csm = _csms(rng, rank)
    left, notice = _leavers(stream(seed, "left"), rank, csm, weeks, planted)
    joined = _joined(stream(seed, "joined"), rank, left, weeks)
    grade = _grades(stream(seed, "grades"), rank, planted)
    target = _sizes(rank, (joined <= 0) & (left > 0))
    seats = _seats(stream(seed, "seats"), industry, target, grade["whitespace"])
    price = np.clip(target / (seats * PRICES).sum(axis=1), 0.80, 0.985)
    before, changed = _movements(stream(seed, "moves"), seats, rank, joined, left, weeks)
    planted["firmware"] &= (seats[:, FIRMWARE_PRODUCT] > 0) & (left > 0) & (grade["services"] + grade["payment"] < 3.6)
    region = rng.choice(3, accounts, p=[0.48, 0.34, 0.18])
    is_euro = (region == 1) & (rng.random(accounts) < 0.4)
    return World(
        as_of, weeks, seed, [name for name, _ in named], industry, region, rank,
        csm, rng.integers(0, len(REPS), accounts), joined, left, notice, before, seats, changed, price, grade,
        is_euro, planted,
    )  # fmt: skip


def _planted(rank: Ints, weeks: int) -> dict[str, Flags]:
    """Accounts chosen for a planted truth, by size so that the largest and the smallest are never among all of them."""
    return {
        "locked in": (rank % 40 == 21),
        "leaving advocates": (rank % 66 == 33) & (weeks >= 26),
        "losing money": (rank == 3) | (rank == 7),
        "firmware": rank % 4 > 0,
    }


def _csms(rng: np.random.Generator, rank: Ints) -> Ints:
    """Six teams of about equal books: every six accounts of like size are dealt out."""
    dealt = np.argsort(rng.random((len(rank) // len(CSMS) + 1, len(CSMS))), axis=1).ravel()
    return np.asarray(dealt[rank])


def _leavers(
    rng: np.random.Generator, rank: Ints, csm: Ints, weeks: int, planted: dict[str, Flags]
) -> tuple[Ints, Ints]:
    """Day of leaving and day of notice. Leavers come evenly over time; the best team loses a quarter of the others' share."""
    n = len(rank)
    left = np.full(n, NEVER)
    weight = np.where(csm == BEST_CSM, 0.22, 1.0)
    weight[(rank < n // 20) | planted["locked in"] | planted["leaving advocates"]] = 0
    count = min(round(0.18 * n), int((weight > 0).sum()) // 2)
    chosen = rng.choice(n, count, replace=False, p=weight / weight.sum())
    span = 7 * weeks + YEAR + 110
    left[chosen] = np.floor((np.arange(count) + rng.random(count)) / max(count, 1) * span).astype(int) - 7 * weeks - YEAR
    advocates = planted["leaving advocates"]
    left[advocates] = between(rng, 6, 24, int(advocates.sum()))
    notice = np.where(left < NEVER, left - between(rng, 40, 75, n), NEVER)
    return left, notice


def _joined(rng: np.random.Generator, rank: Ints, left: Ints, weeks: int) -> Ints:
    """First day of each account: three in four are old customers, the others came evenly over three years."""
    n, span = len(rank), 7 * weeks + YEAR
    joined = -span - between(rng, 0, 7 * YEAR, n)
    late = np.flatnonzero((rank % 4 == 2) & (rank >= n // 8) & (left == NEVER))
    late = late[np.argsort(rng.random(len(late)))]
    joined[late] = np.floor((np.arange(len(late)) + rng.random(len(late))) / max(len(late), 1) * (span - 12)).astype(int) - span
    gone = left < NEVER
    joined[gone] = left[gone] - between(rng, 480, 2600, int(gone.sum()))
    return joined


def _grades(rng: np.random.Generator, rank: Ints, planted: dict[str, Flags]) -> dict[str, Floats]:
    n = len(rank)
    factors = rng.normal(size=(3, n))
    grades = {}
    for name, (badly, middling, *weights) in GRADES.items():
        own = np.sqrt(1 - np.square(weights).sum()) * rng.normal(size=n)
        level = even_levels(rng, np.array(weights) @ factors + own, rank)
        grades[name] = np.interp(level, [0, badly, badly + middling, 1], [0, 1, 2, 3])
    _set(grades, planted["locked in"], adoption=2.8, support=2.8, bond=2.7, training=2.2, advocacy=0.1)
    _set(grades, planted["leaving advocates"], adoption=0.2, support=0.3, bond=1.2, advocacy=2.9, marketing=2.5)
    _set(grades, planted["losing money"], margin=0.3, whitespace=1.6)
    return grades


def _set(grades: dict[str, Floats], who: Flags, **values: float) -> None:
    for name, value in values.items():
        grades[name][who] = value


def _sizes(rank: Ints, is_live: Flags) -> Floats:
    """Yearly revenue wanted per account: skewed as real books are, and together the revenue of the whole company."""
    size = np.exp(1.0 * normal_quantiles(len(rank))[::-1])[rank]
    return np.asarray(size * ARR_PER_ACCOUNT * len(rank) / size[is_live].sum())


def _seats(rng: np.random.Generator, industry: Ints, target: Floats, whitespace: Floats) -> Ints:
    """Units owned per account and product that cost about `target` at list less ten percent."""
    wish = fares(whitespace, (2.8, 3.6), (4.3, 5.1), (5.4, 7.3))
    afford = np.maximum(target / 0.9 / (1.3 * PRICES.mean()), 1)
    count = np.floor(np.minimum(wish, afford) + rng.random(len(target)) * 0.4).astype(int)
    liking = np.log(np.array(APPETITE)[industry]) + rng.gumbel(size=(len(target), len(PRICES))) * 0.5
    place = np.argsort(np.argsort(-liking, axis=1), axis=1)
    part = np.where(place < count[:, None], rng.gamma(6.0, 1.0, size=place.shape) * PRICES**0.9, 0.0)
    part = part / part.sum(axis=1, keepdims=True)
    units = np.round(part * target[:, None] / 0.9 / PRICES).astype(int)
    return np.where(place < count[:, None], np.maximum(units, 1 + (count > 1)[:, None]), 0)


def _movements(
    rng: np.random.Generator, seats: Ints, rank: Ints, joined: Ints, left: Ints, weeks: int
) -> tuple[Ints, Ints]:
    """Units before the one change an account makes, and the day of it: some grow, fewer shrink, most stay."""
    n, span = len(rank), 7 * weeks + YEAR
    changed = np.full(n, NEVER)
    movers = np.flatnonzero((left == NEVER) & (joined < -span) & (rank % 5 < 3) & (rank >= n // 40))
    movers = movers[np.argsort(rng.random(len(movers)))]
    changed[movers] = np.floor((np.arange(len(movers)) + rng.random(len(movers))) / max(len(movers), 1) * (span - 8)).astype(int) - span + 4
    before = seats.copy()
    largest = seats.argmax(axis=1)
    step = np.maximum(np.round(seats.max(axis=1) * np.where(rng.random(n) < 0.7, 0.4, -0.3)), -99).astype(int)
    moves = changed < NEVER
    row = np.arange(n)
    before[row, largest] = np.where(moves, np.maximum(seats[row, largest] - step, 1), seats[row, largest])
    changed[(before == seats).all(axis=1)] = NEVER
    return before, changed
