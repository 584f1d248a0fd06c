"""Draws the accounts of the sample company: size, team, products, when they come, change and leave, how they fare."""

from datetime import date

import numpy as np

from data.sample.catalogue import APPETITE, BEST_CSM, CSMS, FIRMWARE_PRODUCT, INDUSTRIES, REPS
from data.sample.draw import (
    NEVER,
    Flags,
    Floats,
    Ints,
    between,
    even_levels,
    fares,
    normal_quantiles,
    over_time,
    stream,
)  # fmt: skip
from data.sample.names import companies
from data.sample.world import PRICES, YEAR, World

ARR_PER_ACCOUNT = 180_000  # before rounding to whole units: about 87 million for 400 accounts

BIG = 20  # accounts too large to lose money unnoticed, but for the planted two

# How accounts fare in something: share of revenue that fares badly, share that fares middling; and what it hangs on:
# general luck, how well we care, how close we are. The rest is the account's own.
GRADES: dict[str, tuple[float, float, float, float, float]] = {
    "adoption": (0.10, 0.30, 0.50, 0.45, 0.10),
    "support": (0.11, 0.32, 0.45, 0.70, 0.00),
    "product": (0.13, 0.34, 0.40, 0.70, 0.00),
    "services": (0.24, 0.36, 0.45, 0.70, 0.00),
    "payment": (0.17, 0.42, 0.40, 0.65, 0.00),
    "bond": (0.09, 0.32, 0.45, 0.35, 0.60),
    "marketing": (0.09, 0.30, 0.35, 0.30, 0.65),
    "training": (0.10, 0.28, 0.35, 0.00, 0.75),
    "pipeline": (0.20, 0.09, 0.45, 0.00, 0.30),
    "advocacy": (0.09, 0.26, 0.50, 0.10, 0.35),
    "welcome": (0.07, 0.27, 0.50, 0.50, 0.00),
    "uptime": (0.08, 0.25, 0.30, 0.45, 0.00),
    "outcome": (0.065, 0.31, 0.30, 0.00, 0.00),
    "maturity": (0.085, 0.40, 0.20, 0.00, 0.00),
    "whitespace": (0.05, 0.58, 0.10, 0.00, 0.00),
    "margin": (0.19, 0.25, 0.05, 0.00, 0.00),
}


def draw_world(as_of: date, accounts: int, weeks: int, seed: int) -> World:
    """The accounts of the sample company; the same arguments draw the same company."""
    rng = stream(seed, "world")
    named = companies(accounts, seed)
    industry = np.array([INDUSTRIES.index(i) for _, i in named])
    rank, region = rng.permutation(accounts), rng.choice(3, accounts, p=[0.48, 0.34, 0.18])
    planted = _planted(rank)
    csm = _csms(rng, rank)
    left, notice = _leavers(stream(seed, "the lost"), rank, csm, weeks, planted)
    joined = _joined(stream(seed, "joiners"), rank, left, weeks)
    grade = _grades(stream(seed, "states"), rank, planted)
    target = _sizes(rank, (joined <= 0) & (left > 0))
    seats = _seats(stream(seed, "seats"), industry, target, grade["whitespace"])
    before, changed = _movements(stream(seed, "moves"), seats, rank, joined, left, weeks)
    planted["firmware"] = _early_firmware(seats, grade) & (left > 0)
    return World(
        as_of=as_of, weeks=weeks, seed=seed, names=[name for name, _ in named], industry=industry, region=region,
        rank=rank, csm=csm, rep=rng.integers(0, len(REPS), accounts), joined=joined, left=left, notice=notice,
        seats_before=before, seats=seats, changed=changed,
        price=np.clip(target / (seats * PRICES).sum(axis=1), 0.80, 0.985),
        grade=grade, is_euro=(region == 1) & (rng.random(accounts) < 0.4), planted=planted,
    )  # fmt: skip


def _planted(rank: Ints) -> dict[str, Flags]:
    """Accounts that may carry a planted truth, chosen by size so that each truth has large and small ones."""
    return {
        "locked in": rank % 40 == 21,
        "leaving advocates": rank % 66 == 33,
        "losing money": (rank == 3) | (rank == 7),
    }


def _early_firmware(seats: Ints, grade: dict[str, Floats]) -> Flags:
    """Accounts that got the new firmware first: owners where our service was behind, so that visits were due anyway."""
    is_behind = (grade["services"] + grade["payment"] + grade["product"] < 5.0) & (grade["welcome"] > 1.7)
    return np.asarray((seats[:, FIRMWARE_PRODUCT] > 0) & is_behind)


def _csms(rng: np.random.Generator, rank: Ints) -> Ints:
    """Six teams of about equal books: every six accounts of like size are dealt out."""
    dealt = np.argsort(rng.random((len(rank) // len(CSMS) + 1, len(CSMS))), axis=1).ravel()
    return np.asarray(dealt[rank])


def _leavers(
    rng: np.random.Generator, rank: Ints, csm: Ints, weeks: int, planted: dict[str, Flags]
) -> tuple[Ints, Ints]:
    """Day of leaving and day of notice. Leavers come evenly over time; the best team has a quarter of its share."""
    n, first = len(rank), -7 * weeks - YEAR
    left, weight = np.full(n, NEVER), np.where(csm == BEST_CSM, 0.22, 1.0)
    weight[(rank < n // 20) | planted["locked in"] | planted["leaving advocates"]] = 0
    count = min(round(0.18 * n), int((weight > 0).sum()) // 2)
    chosen = rng.choice(n, count, replace=False, p=weight / weight.sum())
    left[_by_size(chosen, rank)] = over_time(rng, count, first, 110 - first)
    left[planted["leaving advocates"]] = between(rng, 6, 24, int(planted["leaving advocates"].sum()))
    return left, np.where(left < NEVER, left - between(rng, 40, 75, n), NEVER)


def _by_size(accounts: Ints, rank: Ints) -> Ints:
    return np.asarray(accounts[np.argsort(rank[accounts])])


def _joined(rng: np.random.Generator, rank: Ints, left: Ints, weeks: int) -> Ints:
    """First day of each account: three in four are old customers, the others came evenly over three years."""
    n, span = len(rank), 7 * weeks + YEAR
    joined = -span - between(rng, 0, 7 * YEAR, n)
    late = np.flatnonzero((rank % 4 == 2) & (rank >= n // 8) & (left == NEVER))
    joined[_by_size(late, rank)] = over_time(rng, len(late), -span, span - 12)
    return np.where(left < NEVER, left - between(rng, 480, 2600, n), joined)


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
    grades["margin"] = np.where(rank < BIG, np.maximum(grades["margin"], 1.1), grades["margin"])
    _set(grades, planted["losing money"], margin=0.2, whitespace=1.6)
    return grades


def _set(grades: dict[str, Floats], who: Flags, **values: float) -> None:
    for name, value in values.items():
        grades[name][who] = value


def _sizes(rank: Ints, is_live: Flags) -> Floats:
    """Yearly revenue wanted per account: skewed as real books are, and together the revenue of the whole company."""
    size = np.exp(normal_quantiles(len(rank))[::-1])[rank]
    return np.asarray(size * ARR_PER_ACCOUNT * len(rank) / size[is_live].sum())


def _seats(rng: np.random.Generator, industry: Ints, target: Floats, whitespace: Floats) -> Ints:
    """Units owned per account and product that cost about `target` at list less ten percent."""
    wish = fares(whitespace, (2.8, 3.6), (4.3, 5.1), (5.4, 7.3))
    afford = np.maximum(target / 0.9 / (1.02 * PRICES.mean()), 1)
    count = np.floor(np.minimum(wish, afford) + rng.random(len(target)) * 0.4).astype(int)
    liking = np.log(np.array(APPETITE)[industry]) + rng.gumbel(size=(len(target), len(PRICES))) * 0.5
    owns = np.argsort(np.argsort(-liking, axis=1), axis=1) < count[:, None]
    part = np.where(owns, rng.gamma(6.0, 1.0, size=owns.shape) * PRICES**0.9, 0.0)
    part = part / part.sum(axis=1, keepdims=True)
    units = np.round(part * target[:, None] / 0.9 / PRICES).astype(int)
    return np.where(owns, np.maximum(units, 1 + (count > 1)[:, None]), 0)


def _movements(
    rng: np.random.Generator, seats: Ints, rank: Ints, joined: Ints, left: Ints, weeks: int
) -> tuple[Ints, Ints]:
    """Units before the one change an account makes, and the day of it: some grow, fewer shrink, most stay."""
    n, span = len(rank), 7 * weeks + YEAR
    changed, before, row = np.full(n, NEVER), seats.copy(), np.arange(n)
    movers = np.flatnonzero((left == NEVER) & (joined < -span) & (rank % 5 < 3) & (rank >= n // 40))
    changed[_by_size(movers, rank)] = over_time(rng, len(movers), 4 - span, span - 8)
    largest = seats.argmax(axis=1)
    step = np.round(seats.max(axis=1) * np.where(rng.random(n) < 0.7, 0.4, -0.3)).astype(int)
    was = np.maximum(seats[row, largest] - step, 1)
    before[row, largest] = np.where(changed < NEVER, was, seats[row, largest])
    return before, np.where((before == seats).all(axis=1), NEVER, changed)
