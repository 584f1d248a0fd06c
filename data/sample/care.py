"""How support and the product do: tickets, outages, open risks, and the firmware that went wrong."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from data.sample.book import aliases
from data.sample.catalogue import FIRMWARE_PRODUCT, OWNERS, PRODUCT_IDS
from data.sample.draw import NEVER, Floats, Ints, between, evenly, fares, happens, numbered, optional, recurring, stream, texts
from data.sample.sink import Calendar
from data.sample.world import World, Writer

LEAD = 119
FIRMWARE_DAY = -27  # the Monday of the fourth week before `as_of`
FIRMWARE_CASES = 0.7  # additional cases per unit and four weeks where the new firmware runs
KINDS = ("question", "defect", "enhancement")
PRIORITIES = ("low", "normal", "high", "urgent")
RISK_REASONS = ("safety stop under review", "spare part recalled", "contract dispute", "site move", "audit finding")


class Cases(NamedTuple):
    """Tickets before they are written: account, product, minute opened, hours to the first reply, days to the end."""

    account: Ints
    product: Ints
    opened: Ints
    kind: Ints
    priority: Ints
    reply: Floats
    days: Floats
    is_repeat: Ints  # 1, 0
    rating: Ints  # 0: not rated


def _usual(world: World, part: slice) -> Cases:
    """Everyday cases: the worse support works, the more there are, the longer they take, the more come back."""
    rng = stream(world.seed, "tickets", part.start)
    grade = world.grade["support"][part]
    units = np.maximum(world.seats[part].sum(axis=1), 1)
    rate = fares(grade, (0.50, 0.38), (0.20, 0.12), (0.06, 0.02))
    who, day = recurring(rng, world.since(LEAD)[part], world.last_day[part], 91 / (rate * units), 0.5)
    order = np.lexsort((day, who))
    return _cases(rng, world, part, who[order], day[order])


def _cases(rng: np.random.Generator, world: World, part: slice, who: Ints, day: Ints) -> Cases:
    """What becomes of the cases that are opened; `who` holds equal numbers side by side."""
    n, account = len(who), who + part.start
    here = world.grade["support"][part]
    grade, quality = world.grade["support"][account], world.grade["product"][account]
    days = fares(grade, (70, 45), (14, 8), (2.4, 1.0)) * (0.4 + 1.2 * rng.random(n))
    defect = fares(quality, (0.50, 0.36), (0.20, 0.12), (0.07, 0.02))
    kind = np.where(happens(rng, defect), 1, np.where(happens(rng, np.full(n, 0.18)), 2, 0))
    slow = fares(quality, (5.0, 3.5), (2.4, 1.5), (0.9, 0.9))
    days = np.where(kind == 1, days * slow, days)
    again = fares(here, (0.50, 0.38), (0.22, 0.14), (0.02, 0.0))
    happy = fares(here, (0.30, 0.50), (0.74, 0.82), (0.97, 1.0))
    priority = np.searchsorted([0.15, 0.75, 0.95], rng.random(n))
    ignored = (kind == 2) & happens(rng, fares(quality, (0.9, 0.7), (0.40, 0.15), (0.0, 0.0)))
    rating = np.where(evenly(rng, who, happy), between(rng, 4, 5, n), between(rng, 1, 3, n))
    return Cases(
        account,
        _product(rng, world.seats[account]),
        day * 1440 + between(rng, 7 * 60, 18 * 60, n),
        kind,
        np.where(ignored, 2, priority),
        np.where(ignored, 24.0 * NEVER, rng.gamma(1.5, 2.0, n) * fares(grade, (9.0, 5.0), (2.5, 1.2), (1.0, 0.7))),
        np.where(ignored, days + 90, days),
        evenly(rng, who, again).astype(int),
        np.where(happens(rng, np.full(n, 0.7)), rating, 0),
    )


def _product(rng: np.random.Generator, seats: Ints) -> Ints:
    """A product of each row's account, in proportion to the units it owns."""
    reach = np.cumsum(seats, axis=1)
    return np.asarray((reach <= (rng.random(len(seats)) * reach[:, -1])[:, None]).sum(axis=1))


def _firmware(world: World, part: slice) -> Cases:
    """The cases the new firmware brings: defects, most still open, and from each account one urgent wish to go back."""
    rng = stream(world.seed, "firmware", part.start)
    hit = np.flatnonzero(world.planted["firmware"][part])
    units = world.seats[part][hit, FIRMWARE_PRODUCT]
    turn, day = recurring(
        rng, np.full(len(hit), FIRMWARE_DAY), world.last_day[part][hit], 28 / (FIRMWARE_CASES * units), 0.8
    )
    wished = FIRMWARE_DAY + between(rng, 2, 16, len(hit))
    who, day = np.concatenate([hit[turn], hit]), np.concatenate([day, wished])
    is_wish = np.arange(len(who)) >= len(turn)
    plain = _cases(rng, world, part, who, day)
    n = len(who)
    return plain._replace(
        product=np.full(n, FIRMWARE_PRODUCT),
        kind=np.where(is_wish, 2, np.where(happens(rng, np.full(n, 0.4)), 1, 0)),
        priority=np.where(is_wish, 3, between(rng, 1, 3, n)),
        reply=np.where(is_wish, 24.0 * NEVER, rng.gamma(2.0, 12.0, n)),
        days=np.where(is_wish, 90.0, 20 + 40 * rng.random(n)),
        is_repeat=happens(rng, np.full(n, 0.15)).astype(int),
    )


def tickets(world: World) -> Writer:
    """The cases in the order they were opened; a few under the ids of the support desk."""
    cal, told = Calendar(world.as_of), 0
    for part in world.chunks():
        usual, extra = _usual(world, part), _firmware(world, part)
        cases = Cases(*(np.concatenate(pair) for pair in zip(usual, extra, strict=True)))
        order = np.argsort(cases.opened, kind="stable")
        cases = Cases(*(column[order] for column in cases))
        yield "tickets", _ticket_columns(world, cal, cases, told)
        told += len(order)


def _ticket_columns(world: World, cal: Calendar, cases: Cases, told: int) -> dict[str, object]:
    n = len(cases.account)
    replied = np.minimum(cases.opened + np.round(np.minimum(cases.reply, 24.0 * NEVER) * 60).astype(int), 1440 * NEVER)
    closed = np.minimum(cases.opened + np.round(cases.days * 1440).astype(int), 1440 * (world.left[cases.account] - 1) + 1439)
    codes = world.codes.take(pa.array(cases.account))
    desk = (world.rank[cases.account] % 61 == 40) & (cases.opened < -200 * 1440)
    is_closed = closed < 1440
    return {
        "ticket_id": numbered("T", np.arange(n) + told + 1),
        "account_id": pa.compute.if_else(pa.array(desk), aliases(cases.account), codes),
        "product_id": texts(PRODUCT_IDS, cases.product),
        "opened_at": cal.at(cases.opened),
        "first_response_at": cal.at(np.where(replied < closed, replied, NEVER * 1440)),
        "closed_at": cal.at(np.maximum(closed, cases.opened + 5)),
        "priority": texts(PRIORITIES, cases.priority),
        "kind": texts(KINDS, cases.kind),
        "is_repeat": pa.array(cases.is_repeat > 0),
        "csat": optional(cases.rating, is_closed & (cases.rating > 0)),
    }


def outages(world: World) -> Writer:
    """Short stops of a whole product, and longer ones at accounts whose site is hard to reach."""
    cal, told = Calendar(world.as_of), 0
    for part in world.chunks():
        rng = stream(world.seed, "outages", part.start)
        grade = world.grade["uptime"][part]
        every = fares(grade, (24.0, 34.0), (40.0, 60.0), (150.0, 900.0))
        who, day = recurring(rng, world.since(LEAD)[part], world.last_day[part], every, 0.5)
        hours = fares(grade, (9.0, 7.0), (3.2, 2.4), (1.2, 0.6))[who]
        account, minutes = who + part.start, np.maximum(hours * 60 * (0.6 + 0.8 * rng.random(len(who))), 4).astype(int)
        product = np.full(len(who), -1)
        if part.start == 0:
            wide = np.arange(world.first_day - LEAD, -3, 11)
            account = np.concatenate([account, np.full(len(wide), -1)])
            product = np.concatenate([product, np.arange(len(wide)) % len(PRODUCT_IDS)])
            day, minutes = np.concatenate([day, wide]), np.concatenate([minutes, between(rng, 6, 16, len(wide))])
        begun = day * 1440 + between(rng, 0, 1300, len(day))
        yield (
            "outages",
            {
                "outage_id": numbered("O", np.arange(len(day)) + told + 1),
                "account_id": texts(world.codes, account),
                "product_id": texts(PRODUCT_IDS, product),
                "started_at": cal.at(begun),
                "ended_at": cal.at(begun + minutes),
            },
        )
        told += len(day)


def risks(world: World) -> Writer:
    """Risks on a product an account owns; nobody sells it there until they are resolved."""
    cal, told = Calendar(world.as_of), 0
    owners = list(OWNERS.values())
    for part in world.chunks():
        rng = stream(world.seed, "risks", part.start)
        n = part.stop - part.start
        every = fares(world.grade["product"][part], (250.0, 400.0), (600.0, 900.0), (1400.0, 2500.0))
        who, day = recurring(rng, world.since(180)[part], world.last_day[part], every, 0.9)
        product = _product(rng, world.seats[part][who])
        length = between(rng, 20, 150, len(who))
        frozen = np.flatnonzero((world.rank[part] % 50 == 12) & (world.left[part] == NEVER))
        who = np.concatenate([who, np.repeat(frozen, len(PRODUCT_IDS))])
        product = np.concatenate([product, np.tile(np.arange(len(PRODUCT_IDS)), len(frozen))])
        day = np.concatenate([day, np.repeat(np.maximum(world.joined[part][frozen] + 5, -between(rng, 100, 700, len(frozen))), len(PRODUCT_IDS))])
        reason = np.concatenate([between(rng, 0, 4, len(length)), np.full(len(frozen) * len(PRODUCT_IDS), 2)])
        resolved = np.concatenate([day[: len(length)] + length, np.full(len(frozen) * len(PRODUCT_IDS), NEVER)])
        yield (
            "risks",
            {
                "risk_id": numbered("R", np.arange(len(day)) + told + 1, 6),
                "account_id": texts(world.codes, who + part.start),
                "product_id": texts(PRODUCT_IDS, product),
                "opened_on": cal.on(day),
                "resolved_on": cal.on(resolved),
                "reason": texts(RISK_REASONS, reason),
                "owner": texts(owners, between(rng, 0, len(owners) - 1, len(day))),
            },
        )
        told += len(day)
        del n
