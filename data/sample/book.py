"""The book of business: accounts, the people there, and what runs under contract."""

from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from data.sample.catalogue import CHANNELS, COUNTRIES, CSMS, INDUSTRIES, PRODUCT_IDS, REGIONS, REPS, ROLES, SEGMENTS
from data.sample.draw import NEVER, Flags, Floats, Ints, between, drift, happens, joined, numbered, stream, texts
from data.sample.names import FAMILY, GIVEN, people
from data.sample.sink import Calendar
from data.sample.world import PRICES, YEAR, World, Writer

EURO = 1.08
END_REASONS = ("budget", "competitor", "site closed", "project ended", "insourced")
LARGE, MIDDLE = 400_000, 110_000


def euro_rate(day: Ints) -> Floats:
    """US dollars for one euro on a day; it changes every 91 days."""
    return np.round(EURO * drift(day, 0.012), 4)


def segments(world: World) -> Ints:
    """Position in SEGMENTS, by size."""
    return np.where(world.arr >= LARGE, 0, np.where(world.arr >= MIDDLE, 1, 2))


def accounts(world: World) -> Writer:
    """The accounts, with a parent for one in twelve, and the other ids some systems know them by."""
    rng, cal, n = stream(world.seed, "accounts"), Calendar(world.as_of), world.n
    codes = world.codes
    country = [COUNTRIES[r][k] for r, k in zip(world.region, rng.integers(0, 6, n), strict=True)]
    earned = happens(rng, np.full(n, 0.42))
    yield (
        "accounts",
        {
            "account_id": codes,
            "name": pa.array(world.names),
            "industry": texts(INDUSTRIES, world.industry),
            "segment": texts(SEGMENTS, segments(world)),
            "region": texts(REGIONS, world.region),
            "country": pa.array(country),
            "parent_account_id": codes.take(_parents(rng, world)),
            "csm": texts(CSMS, world.csm),
            "sales_rep": texts(REPS, world.rep),
            "channel": texts(CHANNELS, rng.integers(0, len(CHANNELS), n)),
            "joined_on": cal.on(world.joined),
            "closed_on": cal.on(world.left),
            "join_reason": texts(("earned", "bought"), np.where(earned, 0, 1)),
            "employees": pa.array((np.exp(rng.normal(5.2, 0.9, n)) * (world.arr / 1e5) ** 0.6).astype(int) + 8),
        },
    )
    known = np.flatnonzero(world.rank % 61 == 40)
    yield "account_aliases", {"alias": aliases(known), "account_id": codes.take(pa.array(known))}


def aliases(account: Ints) -> Any:
    """The id the support desk uses for an account that was merged from another system."""
    return numbered("DESK-", account + 7000, 5)


def _parents(rng: np.random.Generator, world: World) -> Any:
    """Position of the parent, empty for most: small accounts below a few large ones."""
    heads = np.flatnonzero((world.rank < max(world.n // 25, 1)) & (world.left == NEVER))
    child = (world.rank % 12 == 5) & (world.rank > world.n // 10)
    parent = heads[rng.integers(0, len(heads), world.n)] if len(heads) else np.zeros(world.n, int)
    return pa.array(parent, mask=~child | (len(heads) == 0))


class Sponsors(NamedTuple):
    """When the sponsor of an account left and when somebody took over; NEVER where that did not happen."""

    gone: Ints
    filled: Ints


def sponsors(world: World, part: slice) -> Sponsors:
    """One account in two loses its sponsor once in three years; two in five of them leave the chair empty for long."""
    rng, n = stream(world.seed, "sponsors", part.start), part.stop - part.start
    span = 7 * world.weeks + YEAR
    gone = np.where(happens(rng, np.full(n, 0.5)), -between(rng, 3, span, n), NEVER)
    keeps = (world.left[part] < NEVER) | (gone < world.joined[part] + 90) | world.planted["locked in"][part]
    gone[keeps] = NEVER
    wait = np.where(happens(rng, np.full(n, 0.4)), between(rng, 200, 320, n), between(rng, 2, 25, n))
    return Sponsors(gone, np.where(gone < NEVER, gone + wait, NEVER))


def contact_ids(codes: Any, account: Ints, number: Ints) -> Any:
    """Ids such as A1001-3: the third person known at the account."""
    return joined(codes.take(pa.array(account)), "-", pa.array(number).cast(pa.string()))


def sponsor_number(chairs: Sponsors, row: Ints, day: Ints) -> Ints:
    """Who speaks for the sponsor on a day: the first one, the economic buyer while the chair is empty, the successor."""
    late = np.where(day >= chairs.filled[row], len(ROLES) + 1, 2)
    return np.where(day < chairs.gone[row], 1, late)


def contacts(world: World) -> Writer:
    """Four to six people per account, and the sponsors who took over."""
    cal, codes = Calendar(world.as_of), world.codes
    for part in world.chunks():
        rng, chairs = stream(world.seed, "contacts", part.start), sponsors(world, part)
        size = np.where(segments(world)[part] == 2, 4, len(ROLES))
        account = np.repeat(np.arange(part.start, part.stop), size)
        number = np.arange(len(account)) - np.repeat(np.cumsum(size) - size, size) + 1
        successors = np.flatnonzero(chairs.filled <= 0)
        account = np.concatenate([account, successors + part.start])
        number = np.concatenate([number, np.full(len(successors), len(ROLES) + 1)])
        row = account - part.start
        begun = world.joined[account] + between(rng, 0, 20, len(account))
        begun = np.where(number > len(ROLES), chairs.filled[row], np.minimum(begun, 0))
        given, family = people(rng, len(account))
        yield (
            "contacts",
            {
                "contact_id": contact_ids(codes, account, number),
                "account_id": codes.take(pa.array(account)),
                "name": joined(texts(GIVEN, given), " ", texts(FAMILY, family)),
                "role": texts((*ROLES, "sponsor"), number - 1),
                "joined_on": cal.on(begun),
                "left_on": cal.on(np.where(number == 1, chairs.gone[row], NEVER)),
            },
        )


class Lines(NamedTuple):
    """Contract lines: account, product, first day, first day without service (NEVER while it runs), units, US dollars a year."""

    account: Ints
    product: Ints
    start: Ints
    end: Ints
    seats: Ints
    arr: Floats
    is_replaced: Flags


def lines(world: World, part: slice) -> Lines:
    """One line per product owned, and a second one from the day its units changed."""
    rng = stream(world.seed, "lines", part.start)
    account, product = np.nonzero((world.seats[part] > 0) | (world.seats_before[part] > 0))
    account = account + part.start
    before, after = world.seats_before[account, product], world.seats[account, product]
    moves = before != after
    first = np.where(product == world.seats[account].argmax(axis=1), 0.0, rng.random(len(account)))
    room = np.maximum(world.first_day - YEAR - 10 - world.joined[account], 0)
    start = world.joined[account] + np.floor(first * np.minimum(room, 900)).astype(int)
    changed, left = world.changed[account], world.left[account]
    old = Lines(account, product, start, np.where(moves, changed, left), before, before * 1.0, moves)
    new = Lines(account, product, changed, left, after, after * 1.0, np.zeros(len(moves), bool))
    both = [np.concatenate([a, b[moves]]) for a, b in zip(old, new, strict=True)]
    both[5] = np.round(both[4] * PRICES[both[1]] * world.price[both[0]], -1)
    order = np.lexsort((both[2], both[1], both[0]))
    return Lines(*[column[order] for column in both])


def subscriptions(world: World) -> Writer:
    """The contract lines; notice and end are there only from the day they were known."""
    cal, codes, told = Calendar(world.as_of), world.codes, 0
    for part in world.chunks():
        rng, rows = stream(world.seed, "subscriptions", part.start), lines(world, part)
        notice = np.where(rows.is_replaced, NEVER, world.notice[rows.account])
        is_known = rows.is_replaced | (notice <= 0)
        end = np.where(is_known, rows.end, NEVER)
        is_euro = world.is_euro[rows.account]
        arr = np.where(is_euro, np.round(rows.arr / euro_rate(rows.start), 2), rows.arr)
        reason = rng.integers(0, len(END_REASONS), world.n)[rows.account]
        term = np.array([12, 12, 12, 24, 36])[rng.integers(0, 5, world.n)[rows.account]]
        yield (
            "subscriptions",
            {
                "subscription_id": numbered("S", np.arange(len(rows.account)) + told + 1),
                "account_id": codes.take(pa.array(rows.account)),
                "product_id": texts(PRODUCT_IDS, rows.product),
                "starts_on": cal.on(rows.start),
                "ends_on": cal.planned(end),
                "arr": pa.array(arr),
                "seats": pa.array(rows.seats),
                "term_months": pa.array(term),
                "cancelled_on": cal.on(notice),
                "auto_renew": pa.array(term == 12),
                "end_reason": texts(("changed", *END_REASONS), np.where(end == NEVER, -1, np.where(rows.is_replaced, 0, reason + 1))),
                "currency": texts(("USD", "EUR"), is_euro.astype(int)),
            },
        )
        told += len(rows.account)
