"""Deals, open and closed, and what winning accounts costs."""

import numpy as np
import pyarrow as pa

from data.sample.catalogue import CHANNELS, PRODUCT_IDS
from data.sample.draw import NEVER, Ints, between, fares, happens, money, numbered, optional, recurring, stream, texts
from data.sample.sink import Calendar
from data.sample.world import PRICES, YEAR, World, Writer

OPEN_STAGES = ("qualify", "prove", "propose", "negotiate")
KINDS = ("new", "expansion", "renewal")


def opportunities(world: World) -> Writer:
    """Deals with accounts, and with prospects that are no account yet."""
    cal, told = Calendar(world.as_of), 0
    for part in world.chunks():
        rng = stream(world.seed, "opportunities", part.start)
        account, day, kind, length = _deals(rng, world, part)
        n = len(account)
        known = np.maximum(account, 0)
        product = np.where(kind == 2, world.seats[known].argmax(axis=1), _missing_product(rng, world, known))
        units = np.maximum(np.round(world.seats[known].sum(axis=1) * 0.2), 1)
        amount = np.where(kind == 2, world.arr[known], np.where(kind == 0, 1, units) * PRICES[product] * 0.9)
        closed = day + length
        is_closed, is_won = closed <= 0, happens(rng, np.where(kind == 2, 0.93, np.where(kind == 1, 0.35, 0.22)))
        stage = np.where(is_closed, np.where(is_won, 4, 5), np.minimum(-day // 25, 3))
        yield (
            "opportunities",
            {
                "opportunity_id": numbered("D", np.arange(n) + told + 1),
                "account_id": texts(world.codes, account),
                "product_id": texts(PRODUCT_IDS, product),
                "kind": texts(KINDS, kind),
                "opened_on": cal.on(day),
                "expected_on": cal.planned(closed + between(rng, -10, 15, n)),
                "closed_on": cal.on(closed),
                "amount": money(np.round(amount, -2)),
                "stage": texts((*OPEN_STAGES, "won", "lost"), stage),
                "is_won": optional(is_won, is_closed),
                "currency": pa.array(np.full(n, "USD")),
            },
        )
        told += n


def _deals(rng: np.random.Generator, world: World, part: slice) -> tuple[Ints, Ints, Ints, Ints]:
    """Account (-1 for a prospect), day opened, kind and days to the decision."""
    n = part.stop - part.start
    first, last = world.since(150)[part], world.last_day[part]
    gap = fares(world.grade["pipeline"][part], (2500, 1200), (300, 200), (102, 92))
    grow, grow_day = recurring(rng, first + 60, last, gap, 0.08)
    renew, renew_day = recurring(rng, first, last, np.full(n, 365.0), 0.1)
    fresh = rng.integers(0, n, max(n // 2, 1))
    fresh_day = world.first_day - between(rng, -1, 0, len(fresh)) * 0 + np.floor(rng.random(len(fresh)) * -world.first_day).astype(int)
    account = np.concatenate([grow + part.start, renew + part.start, np.full(len(fresh), -1)])
    kind = np.repeat([1, 2, 0], [len(grow), len(renew), len(fresh)])
    length = np.where(kind == 1, between(rng, 74, 92, len(kind)), between(rng, 40, 120, len(kind)))
    return account, np.concatenate([grow_day, renew_day, np.minimum(fresh_day, 0)]), kind, length


def _missing_product(rng: np.random.Generator, world: World, account: Ints) -> Ints:
    """A product the account does not own, if there is one."""
    open_to = np.where(world.seats[account] == 0, rng.random((len(account), len(PRODUCT_IDS))), -1.0)
    return np.asarray(open_to.argmax(axis=1))


def acquisition_costs(world: World) -> Writer:
    """Spending by channel and month, and the hours spent on each account that was won."""
    rng, cal = stream(world.seed, "acquisition"), Calendar(world.as_of)
    months = np.arange(world.first_day - YEAR + 15, 1, 30)
    day, channel = np.repeat(months, len(CHANNELS)), np.tile(np.arange(len(CHANNELS)), len(months))
    spent = np.array([26_000.0, 31_000.0, 12_000.0, 4_000.0])[channel] * world.n / 400 * (0.85 + 0.3 * rng.random(len(day)))
    won = np.flatnonzero(world.joined > world.first_day - YEAR)
    who, when = np.repeat(won, 3), np.repeat(world.joined[won], 3) - np.tile([80, 45, 10], len(won))
    n = len(day) + len(who)
    is_hours = np.arange(n) >= len(day)
    yield (
        "acquisition_costs",
        {
            "cost_id": numbered("Q", np.arange(n) + 1, 6),
            "incurred_on": cal.on(np.concatenate([day, when])),
            "channel": texts(CHANNELS, np.concatenate([channel, who % len(CHANNELS)])),
            "account_id": texts(world.codes, np.concatenate([np.full(len(day), -1), who])),
            "amount": money(np.concatenate([spent, np.zeros(len(who))]), ~is_hours),
            "hours": optional(between(rng, 12, 90, n), is_hours),
            "hourly_rate": money(np.full(n, 95.0), is_hours),
            "currency": pa.array(np.full(n, "USD")),
        },
    )
