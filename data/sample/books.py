"""The company's own books and habits: overheads, ledger, standards it keeps, drivers of profit it rates."""

import numpy as np
import pyarrow as pa

from data.sample.catalogue import DRIVERS, STANDARDS
from data.sample.columns import Calendar, Table, constant, money, numbered, optional, texts
from data.sample.draw import Floats, Ints, happens, recurring, stream
from data.sample.world import Piece, Rows, World

POOLS = (  # pool, what it is shared out by, share of revenue
    ("management", "revenue", 0.008),
    ("warehouse", "orders", 0.005),
    ("platform", "units", 0.007),
    ("customer desk", "accounts", 0.004),
    ("field service", "minutes", 0.016),
)
COST_OF_A_MINUTE = 0.13  # of practical capacity: about a sixth more than is worked
REVENUE_PER_HEAD = 405_000


def ledger(world: World) -> Rows:
    """Overheads by pool and net income by month, of the months that are over."""
    rng = stream(world.seed, "ledger")
    starts, names = _months(world)
    revenue = np.array([world.arr[(world.joined <= day) & (world.left > day)].sum() / 12 for day in starts])
    yield "overheads", _overheads(rng, names, revenue)
    yield (
        "finance",
        {
            "month": pa.array(names, pa.string()),
            "net_income": money(revenue * (0.085 + 0.02 * rng.random(len(names)))),
            "fte": pa.array(np.round(revenue * 12 / REVENUE_PER_HEAD * (1 + 0.01 * rng.normal(size=len(names))), 1)),
            "revenue": money(revenue),
            "cost_of_revenue": money(revenue * 0.62),
            "currency": constant("USD", len(names)),
        },
    )


def _months(world: World) -> tuple[Ints, list[str]]:
    """First day, relative to `as_of`, and name of each whole month of the history."""
    today = np.datetime64(world.as_of)
    first = (today + np.timedelta64(world.first_day, "D")).astype("datetime64[M]")
    months = np.arange(first, today.astype("datetime64[M]"))
    return (months.astype("datetime64[D]") - today).astype(np.int64), [str(month) for month in months]


def _overheads(rng: np.random.Generator, names: list[str], revenue: Floats) -> Table:
    pool, month = np.tile(np.arange(len(POOLS)), len(names)), np.repeat(np.arange(len(names)), len(POOLS))
    share = np.array([p[2] for p in POOLS])[pool]
    amount = revenue[month] * share * (0.97 + 0.06 * rng.random(len(month)))
    is_timed = np.array([p[1] == "minutes" for p in POOLS])[pool]
    return {
        "month": texts(names, month),
        "pool": texts([p[0] for p in POOLS], pool),
        "amount": money(amount),
        "driver": texts([p[1] for p in POOLS], pool),
        "capacity_minutes": optional(np.round(amount / COST_OF_A_MINUTE), is_timed),
        "currency": constant("USD", len(month)),
    }


def standards(world: World) -> Rows:
    """Whether what is promised at each stage was kept, about four observations a day."""
    rng = stream(world.seed, "standards")
    day = np.repeat(np.arange(world.first_day, 1), len(STANDARDS))
    day = day[happens(rng, np.full(len(day), 6 / 7))]
    stage = rng.integers(0, len(STANDARDS), len(day))
    account = np.where(happens(rng, np.full(len(day), 0.7)), rng.integers(0, world.n, len(day)), -1)
    yield (
        "standards",
        {
            "observation_id": numbered("N", np.arange(len(day)) + 1, 6),
            "standard": texts([s[1] for s in STANDARDS], stage),
            "stage": texts([s[0] for s in STANDARDS], stage),
            "account_id": texts(world.codes, account),
            "measured_on": Calendar(world.as_of).on(day),
            "value": pa.array(np.round(rng.gamma(3.0, 1.0, len(day)), 2)),
            "passed": pa.array(happens(rng, np.array([s[2] for s in STANDARDS])[stage])),
        },
    )


def drivers(world: World) -> Rows:
    """How the teams rate what makes an account earn or lose money, twice a year; not for all accounts."""
    return world.pieces("drivers", "drivers", _drivers)


def _drivers(piece: Piece) -> Table:
    rng, many = piece.rng, len(DRIVERS)
    last = np.where(piece.of(piece.world.rank) % 5 < 3, piece.last, piece.since(0) - 1)
    row, day = recurring(rng, piece.since(0), last, np.full(piece.n, 182.0), 0.2)
    row, day, what = np.repeat(row, many), np.repeat(day, many), np.tile(np.arange(many), len(row))
    middle = piece.fares("margin", (-0.9, -0.5), (-0.2, 0.2), (0.4, 0.9))[row]
    return {
        "account_id": piece.codes(row),
        "driver": texts([d for d, _ in DRIVERS], what),
        "rated_on": piece.calendar.on(day),
        "rating": pa.array(np.clip(np.round(middle + rng.normal(0, 0.5, len(row))), -1, 1).astype(int)),
        "cause": texts([c for _, c in DRIVERS], what),
    }
