"""What customers get: projects, goals agreed with them, how mature they are, and counts of their own."""

import numpy as np
import pyarrow as pa

from data.sample.book import segments
from data.sample.catalogue import DIMENSIONS
from data.sample.draw import NEVER, Flags, Ints, between, evenly, fares, happens, money, numbered, optional, recurring, stream, texts
from data.sample.sink import Calendar
from data.sample.world import YEAR, World, Writer

OBJECTIVES = (
    ("fewer mis-picks", "per thousand picks", 9.0, 4.0),
    ("pallets per hour", "pallets", 42.0, 60.0),
    ("changeover time", "minutes", 38.0, 20.0),
    ("night shift without staff", "hours", 2.0, 7.0),
    ("damaged goods", "per cent", 1.6, 0.7),
    ("overtime", "hours a month", 160.0, 80.0),
)


def projects(world: World) -> Writer:
    """Roll-outs (onboarding) when an account joins or grows, and service projects about yearly."""
    cal, told = Calendar(world.as_of), 0
    for part in world.chunks():
        rng = stream(world.seed, "projects", part.start)
        level, size = world.grade["services"][part], world.arr[part]
        has = happens(rng, np.full(len(size), 0.85))
        who, day = recurring(rng, world.since(YEAR + 90)[part], world.last_day[part], np.where(has, 210.0, 9000.0), 0.4)
        fresh = np.flatnonzero(world.joined[part] > world.first_day - YEAR - 90)
        grown = np.flatnonzero(world.changed[part] < 0)
        row = np.concatenate([who, fresh, grown])
        start = np.concatenate([day, world.joined[part][fresh], world.changed[part][grown]])
        kind = np.repeat([1, 0], [len(who), len(fresh) + len(grown)])
        yield "projects", _project_columns(rng, world, cal, part, row, start, kind, level, told)
        told += len(row)


def _project_columns(
    rng: np.random.Generator, world: World, cal: Calendar, part: slice, row: Ints, start: Ints, kind: Ints, level: object, told: int
) -> dict[str, object]:
    n, account = len(row), row + part.start
    u = np.where(kind == 1, world.grade["services"][account], world.grade["welcome"][account])
    promised = between(rng, 35, 80, n)
    late = fares(u, (1.9, 1.6), (1.20, 1.06), (0.97, 0.86)) * (0.96 + 0.08 * rng.random(n))
    finished = start + np.maximum(np.round(promised * late), 5).astype(int)
    finished = np.where(finished >= world.left[account], NEVER, finished)
    budget = np.maximum(np.round(world.arr[account] * (0.03 + 0.05 * rng.random(n)), -2), 2_000)
    over = fares(u, (1.35, 1.22), (1.13, 1.05), (0.97, 0.90)) * (0.97 + 0.06 * rng.random(n))
    quality = np.clip(np.round(fares(u, (1.8, 2.4), (3.1, 3.5), (4.3, 4.9)) + rng.normal(0, 0.3, n)), 1, 5)
    is_done = finished <= 0
    return {
        "project_id": numbered("P", np.arange(n) + told + 1),
        "account_id": texts(world.codes, account),
        "kind": texts(("onboarding", "service"), kind),
        "started_on": cal.on(start),
        "promised_on": cal.planned(start + promised),
        "finished_on": cal.on(finished),
        "budget": money(budget),
        "cost": money(budget * over, is_done),
        "quality": optional(quality.astype(int), is_done),
    }


def goals(world: World) -> Writer:
    """Goals agreed with the customer, about every seven months; with one account in ten nobody ever agreed one."""
    cal, told = Calendar(world.as_of), 0
    for part in world.chunks():
        rng, rank = stream(world.seed, "goals", part.start), world.rank[part]
        first = np.maximum(world.joined[part] + 30, world.first_day - 900)
        last = np.where(rank % 27 == 9, np.minimum(world.last_day[part], -400), world.last_day[part])
        who, day = recurring(rng, first, last, np.full(len(rank), 215.0), 0.4)
        kept = ((rank * 7 + 3) % 20 >= 2)[who]
        yield "goals", _goal_columns(rng, world, cal, part, who[kept], day[kept], told)
        told += int(kept.sum())


def _goal_columns(
    rng: np.random.Generator, world: World, cal: Calendar, part: slice, who: Ints, day: Ints, told: int
) -> dict[str, object]:
    n, account = len(who), who + part.start
    u, arr = world.grade["outcome"][account], world.arr[account]
    share = fares(world.grade["outcome"][part], (0.05, 0.22), (0.55, 0.64), (0.96, 1.0))
    took = fares(u, (320, 250), (165, 130), (62, 40)) * (0.85 + 0.3 * rng.random(n))
    is_first = (np.searchsorted(who, who) == np.arange(n)) & (u >= 1)
    achieved = np.where(evenly(rng, who, share) | is_first, day + took.astype(int), NEVER)
    achieved = np.where(achieved >= world.left[account], NEVER, achieved)
    cost = arr * fares(u, (0.30, 0.24), (0.045, 0.03), (0.026, 0.018)) * (0.9 + 0.2 * rng.random(n))
    gain = fares(u, (0.5, 0.9), (1.35, 1.85), (3.6, 5.5)) * (0.95 + 0.1 * rng.random(n))
    rating = fares(u, (1.5, 2.1), (2.8, 3.1), (4.2, 4.9)) + rng.normal(0, 0.15, n)
    is_reached = achieved <= 0
    return {
        "goal_id": numbered("G", np.arange(n) + told + 1),
        "account_id": texts(world.codes, account),
        **_objectives(rng, n, is_reached),
        "value": money(cost * gain, is_reached),
        "client_cost": money(cost, is_reached),
        "agreed_on": cal.on(day),
        "due_on": cal.planned(day + 125),
        "achieved_on": cal.on(achieved),
        "rated_by_client": optional(np.clip(np.round(rating), 1, 5).astype(int), is_reached),
        "rated_on": cal.on(np.where(is_reached, np.minimum(achieved + between(rng, 0, 12, n), 0), NEVER)),
    }


def _objectives(rng: np.random.Generator, n: int, is_reached: Flags) -> dict[str, object]:
    """What was to be reached, and how far beyond it the reached ones came."""
    what = rng.integers(0, len(OBJECTIVES), n)
    baseline, target = (np.array([o[k] for o in OBJECTIVES])[what] for k in (2, 3))
    return {
        "objective": texts([o[0] for o in OBJECTIVES], what),
        "unit": texts([o[1] for o in OBJECTIVES], what),
        "baseline": pa.array(baseline),
        "target": pa.array(target),
        "actual": optional(np.round(target + (target - baseline) * 0.15 * rng.random(n), 1), is_reached),
    }


def maturity(world: World) -> Writer:
    """Levels of each dimension, assessed about three times in two years; some accounts never were."""
    cal = Calendar(world.as_of)
    for part in world.chunks():
        rng = stream(world.seed, "maturity", part.start)
        u = world.grade["maturity"][part]
        has = world.rank[part] % 26 != 15
        size = len(u)
        first = world.since(YEAR)[part] + 15
        every = np.where(has, np.where(segments(world)[part] == 2, 340.0, 80.0), 9000.0)
        row = np.repeat(np.arange(size), len(DIMENSIONS))
        who, day = recurring(rng, first[row], world.last_day[part][row], every[row], 0.3)
        kept = has[row[who]]
        who, day = who[kept], day[kept]
        middle = fares(u, (1.2, 2.3), (2.58, 3.05), (3.5, 4.6))
        lean = rng.normal(0, 0.5, (size, len(DIMENSIONS)))
        truth = (middle[:, None] + lean - lean.mean(axis=1, keepdims=True)).ravel()
        level = np.clip(np.round(truth[who] + rng.normal(0, 0.32, len(who))), 1, 5).astype(int)
        account = row[who] + part.start
        yield (
            "maturity",
            {
                "account_id": texts(world.codes, account),
                "dimension": texts(DIMENSIONS, who % len(DIMENSIONS)),
                "level": pa.array(level),
                "assessed_on": cal.on(day),
            },
        )


def measurements(world: World) -> Writer:
    """Page views of the customer portal, counted every eight weeks: they rise whatever becomes of the customer."""
    cal = Calendar(world.as_of)
    for part in world.chunks():
        rng = stream(world.seed, "measurements", part.start)
        size = part.stop - part.start
        who, day = recurring(rng, world.since(0)[part], world.last_day[part], np.full(size, 56.0), 0.0)
        growth = 1 + 1.1 * (day - world.first_day) / max(-world.first_day, 1)
        views = 14 * world.seats[part].sum(axis=1)[who] * growth * (0.85 + 0.3 * rng.random(len(who)))
        yield (
            "measurements",
            {
                "account_id": texts(world.codes, who + part.start),
                "measure": pa.array(np.full(len(who), "portal_page_views")),
                "measured_on": cal.on(day),
                "value": pa.array(np.round(views)),
            },
        )
