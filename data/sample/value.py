"""What customers get: projects, goals agreed with them, how mature they are, and counts of their own."""

import numpy as np
import pyarrow as pa

from data.sample.catalogue import DIMENSIONS
from data.sample.draw import NEVER, Ints, between, curve, happens, money, numbered, optional, recurring, stream, texts
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
        level, size = world.level["services"][part], world.arr[part]
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
    u = np.where(kind == 1, world.level["services"][account], world.level["welcome"][account])
    promised = between(rng, 35, 80, n)
    late = curve(u, (0, 1.9), (0.11, 1.6), (0.14, 1.22), (0.40, 1.08), (0.45, 0.98), (1, 0.86)) * (0.96 + 0.08 * rng.random(n))
    finished = start + np.maximum(np.round(promised * late), 5).astype(int)
    finished = np.where(finished >= world.left[account], NEVER, finished)
    budget = np.maximum(np.round(world.arr[account] * (0.03 + 0.05 * rng.random(n)), -2), 2_000)
    over = curve(u, (0, 1.35), (0.11, 1.22), (0.14, 1.12), (0.40, 1.04), (0.45, 0.98), (1, 0.90)) * (0.97 + 0.06 * rng.random(n))
    quality = np.clip(np.round(curve(u, (0, 1.8), (0.11, 2.4), (0.14, 3.2), (0.40, 3.6), (0.45, 4.3), (1, 4.8)) + rng.normal(0, 0.3, n)), 1, 5)
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
    """Goals agreed with the customer; with about one account in ten nobody ever agreed one."""
    cal, told = Calendar(world.as_of), 0
    for part in world.chunks():
        rng = stream(world.seed, "goals", part.start)
        level, size = world.level["outcome"][part], world.arr[part]
        has = (world.rank[part] * 7 + 3) % 20 >= 2
        first = np.where(world.joined[part] + 30 > world.first_day - 500, world.joined[part] + 30, world.first_day - 500)
        who, day = recurring(rng, first, world.last_day[part], np.where(has, 215.0, 9000.0), 0.4)
        kept = has[who]
        who, day = who[kept], day[kept]
        yield "goals", _goal_columns(rng, world, cal, who + part.start, day, told)
        told += len(who)
        del level, size


def _goal_columns(rng: np.random.Generator, world: World, cal: Calendar, account: Ints, day: Ints, told: int) -> dict[str, object]:
    n = len(account)
    u, arr = world.level["outcome"][account], world.arr[account]
    due = day + between(rng, 90, 170, n)
    reached = happens(rng, curve(u, (0, 0.10), (0.09, 0.25), (0.12, 0.62), (0.38, 0.75), (0.42, 0.97), (1, 1.0)))
    took = curve(u, (0, 300), (0.09, 240), (0.12, 130), (0.38, 105), (0.42, 62), (1, 40)) * (0.85 + 0.3 * rng.random(n))
    achieved = np.where(reached, day + took.astype(int), NEVER)
    achieved = np.where(achieved >= world.left[account], NEVER, achieved)
    cost = arr * curve(u, (0, 0.50), (0.09, 0.40), (0.12, 0.20), (0.38, 0.14), (0.42, 0.06), (1, 0.04)) * (0.8 + 0.4 * rng.random(n))
    gain = curve(u, (0, 0.7), (0.09, 1.1), (0.12, 1.8), (0.38, 2.3), (0.42, 3.6), (1, 5.5)) * (0.9 + 0.2 * rng.random(n))
    rating = np.clip(np.round(curve(u, (0, 1.6), (0.09, 2.2), (0.12, 2.9), (0.38, 3.3), (0.42, 4.2), (1, 4.8)) + rng.normal(0, 0.25, n)), 1, 5)
    what = rng.integers(0, len(OBJECTIVES), n)
    baseline = np.array([o[2] for o in OBJECTIVES])[what]
    target = np.array([o[3] for o in OBJECTIVES])[what]
    is_reached = achieved <= 0
    return {
        "goal_id": numbered("G", np.arange(n) + told + 1),
        "account_id": texts(world.codes, account),
        "objective": texts([o[0] for o in OBJECTIVES], what),
        "unit": texts([o[1] for o in OBJECTIVES], what),
        "baseline": pa.array(baseline),
        "target": pa.array(target),
        "actual": optional(np.round(target + (target - baseline) * 0.15 * rng.random(n), 1), is_reached),
        "value": money(cost * gain, is_reached),
        "client_cost": money(cost, is_reached),
        "agreed_on": cal.on(day),
        "due_on": cal.planned(due),
        "achieved_on": cal.on(achieved),
        "rated_by_client": optional(rating.astype(int), is_reached),
        "rated_on": cal.on(np.where(is_reached, np.minimum(achieved + between(rng, 0, 12, n), 0), NEVER)),
    }


def maturity(world: World) -> Writer:
    """Levels of each dimension, assessed about three times in two years; some accounts never were."""
    cal = Calendar(world.as_of)
    for part in world.chunks():
        rng = stream(world.seed, "maturity", part.start)
        u = world.level["maturity"][part]
        has = (world.rank[part] * 3 + 1) % 33 != 0
        size = len(u)
        first = world.since(YEAR)[part] + 15
        every = np.where(has, 150.0, 9000.0)
        row = np.repeat(np.arange(size), len(DIMENSIONS))
        who, day = recurring(rng, first[row], world.last_day[part][row], every[row], 0.3)
        kept = has[row[who]]
        who, day = who[kept], day[kept]
        middle = curve(u, (0, 1.2), (0.12, 2.2), (0.15, 2.75), (0.52, 3.05), (0.56, 3.5), (1, 4.6))
        lean = rng.normal(0, 0.5, (size, len(DIMENSIONS)))
        truth = (middle[:, None] + lean - lean.mean(axis=1, keepdims=True)).ravel()
        level = np.clip(np.round(truth[who] + rng.normal(0, 0.15, len(who))), 1, 5).astype(int)
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
