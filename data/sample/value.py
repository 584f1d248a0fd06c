"""What customers get: goals agreed with them, how mature they are, and counts of their own."""

import numpy as np
import pyarrow as pa

from data.sample.catalogue import DIMENSIONS
from data.sample.columns import Table, constant, money, optional, texts
from data.sample.draw import NEVER, Flags, Floats, Ints, between, evenly, recurring
from data.sample.world import SMALL, YEAR, Piece, Rows, World

OBJECTIVES = (  # what, unit, baseline, target
    ("fewer mis-picks", "per thousand picks", 9.0, 4.0),
    ("pallets per hour", "pallets", 42.0, 60.0),
    ("changeover time", "minutes", 38.0, 20.0),
    ("night shift without staff", "hours", 2.0, 7.0),
    ("damaged goods", "per cent", 1.6, 0.7),
    ("overtime", "hours a month", 160.0, 80.0),
)


def goals(world: World) -> Rows:
    """Goals agreed with the customer, about every seven months; with one account in ten nobody ever agreed one."""
    return world.pieces("goals agreed", "goals", _goals)


def _goals(piece: Piece) -> Table:
    rng, calendar, row, day = piece.rng, piece.calendar, *_agreed(piece)
    n, noise = len(row), 0.95 + 0.1 * rng.random(len(row))
    achieved = _achieved(piece, row, day)
    is_reached = achieved <= 0
    cost = piece.of(piece.world.arr)[row] * piece.fares("outcome", (0.30, 0.24), (0.045, 0.03), (0.026, 0.018))[row]
    cost *= 0.9 + 0.2 * rng.random(n)
    gain = piece.fares("outcome", (0.5, 0.9), (1.35, 1.85), (3.6, 5.5))[row] * noise
    rating = piece.fares("outcome", (1.5, 2.1), (2.8, 3.1), (4.2, 4.9))[row] + rng.normal(0, 0.15, n)
    return {
        "goal_id": piece.ids("G", n),
        "account_id": piece.codes(row),
        **_objectives(rng, is_reached),
        "value": money(cost * gain, is_reached),
        "client_cost": money(cost, is_reached),
        "agreed_on": calendar.on(day),
        "due_on": calendar.planned(day + 125),
        "achieved_on": calendar.on(achieved),
        "rated_by_client": optional(np.clip(np.round(rating), 1, 5).astype(int), is_reached),
        "rated_on": calendar.on(np.where(is_reached, np.minimum(achieved + between(rng, 0, 12, n), 0), NEVER)),
    }


def _agreed(piece: Piece) -> tuple[Ints, Ints]:
    """Account and day of each goal; some have agreed no new one for over a year, some never any."""
    rank = piece.of(piece.world.rank)
    first = np.maximum(piece.of(piece.world.joined) + 30, piece.world.first_day - 900)
    last = np.where(rank % 27 == 9, np.minimum(piece.last, -400), piece.last)
    row, day = recurring(piece.rng, first, last, np.full(piece.n, 215.0), 0.4)
    kept = ((rank * 7 + 3) % 20 >= 2)[row]
    return row[kept], day[kept]


def _achieved(piece: Piece, row: Ints, day: Ints) -> Ints:
    """Day each goal was reached, NEVER where it was not; who does not fare badly reaches the first one."""
    rng, n = piece.rng, len(row)
    took = piece.fares("outcome", (320, 250), (165, 130), (62, 40))[row] * (0.85 + 0.3 * rng.random(n))
    is_reached = evenly(rng, row, piece.fares("outcome", (0.05, 0.22), (0.55, 0.64), (0.96, 1.0)))
    is_first = (np.searchsorted(row, row) == np.arange(n)) & (piece.grade("outcome")[row] >= 1)
    achieved = np.where(is_reached | is_first, day + took.astype(int), NEVER)
    return np.where(achieved < piece.of(piece.world.left)[row], achieved, NEVER)


def _objectives(rng: np.random.Generator, is_reached: Flags) -> Table:
    """What was to be reached, and how far beyond it the reached ones came."""
    what, n = rng.integers(0, len(OBJECTIVES), len(is_reached)), len(is_reached)
    baseline, target = (np.array([o[k] for o in OBJECTIVES])[what] for k in (2, 3))
    return {
        "objective": texts([o[0] for o in OBJECTIVES], what),
        "unit": texts([o[1] for o in OBJECTIVES], what),
        "baseline": pa.array(baseline),
        "target": pa.array(target),
        "actual": optional(np.round(target + (target - baseline) * 0.15 * rng.random(n), 1), is_reached),
    }


def maturity(world: World) -> Rows:
    """Levels of each dimension, assessed every quarter (small accounts: every year); some accounts never were."""
    return world.pieces("maturity levels", "maturity", _maturity)


def _maturity(piece: Piece) -> Table:
    rng, many = piece.rng, len(DIMENSIONS)
    every: Floats = np.repeat(np.where(piece.of(piece.world.segment) == SMALL, 340.0, 80.0), many)
    who, day = recurring(rng, np.repeat(piece.since(YEAR) + 15, many), np.repeat(piece.last, many), every, 0.3)
    kept = (piece.of(piece.world.rank) % 26 != 15)[who // many]
    who, day = who[kept], day[kept]
    lean = rng.normal(0, 0.5, (piece.n, many))
    middle = piece.fares("maturity", (1.2, 2.3), (2.58, 3.05), (3.5, 4.6))[:, None]
    truth = (middle + lean - lean.mean(axis=1, keepdims=True)).ravel()
    level = np.clip(np.round(truth[who] + rng.normal(0, 0.32, len(who))), 1, 5)
    return {
        "account_id": piece.codes(who // many),
        "dimension": texts(DIMENSIONS, who % many),
        "level": pa.array(level.astype(int)),
        "assessed_on": piece.calendar.on(day),
    }


def measurements(world: World) -> Rows:
    """Page views of the customer portal, counted every eight weeks: they rise whatever becomes of the customer."""
    return world.pieces("measurements", "measurements", _measurements)


def _measurements(piece: Piece) -> Table:
    first = piece.world.first_day
    row, day = recurring(piece.rng, piece.since(0), piece.last, np.full(piece.n, 56.0), 0.0)
    growth = 1 + 1.1 * (day - first) / max(-first, 1)
    views = 14 * piece.of(piece.world.seats).sum(axis=1)[row] * growth * (0.85 + 0.3 * piece.rng.random(len(row)))
    return {
        "account_id": piece.codes(row),
        "measure": constant("portal_page_views", len(row)),
        "measured_on": piece.calendar.on(day),
        "value": pa.array(np.round(views)),
    }
