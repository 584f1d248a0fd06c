"""The book of business: accounts, the ids other systems know them by, and the people there."""

from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from data.sample.catalogue import CHANNELS, COUNTRIES, CSMS, INDUSTRIES, REGIONS, REPS, ROLES, SEGMENTS
from data.sample.columns import Calendar, Table, joined, numbered, texts
from data.sample.draw import NEVER, Flags, Ints, between, happens, stream
from data.sample.names import FAMILY, GIVEN, people
from data.sample.world import SMALL, YEAR, Piece, Rows, World

SPONSOR, BUYER, CHAMPION, USER, SUCCESSOR = 1, 2, 3, 4, len(ROLES) + 1  # numbers of the people at an account


def accounts(world: World) -> Rows:
    """The accounts, with a parent for one in twelve, and the other ids some systems know them by."""
    rng, calendar, n = stream(world.seed, "accounts"), Calendar(world.as_of), world.n
    country = [COUNTRIES[r][k] for r, k in zip(world.region, rng.integers(0, 6, n), strict=True)]
    staff = np.exp(rng.normal(5.2, 0.9, n)) * (world.arr / 1e5) ** 0.6
    yield (
        "accounts",
        {
            "account_id": world.codes,
            "name": pa.array(world.names),
            "industry": texts(INDUSTRIES, world.industry),
            "segment": texts(SEGMENTS, world.segment),
            "region": texts(REGIONS, world.region),
            "country": pa.array(country),
            "parent_account_id": texts(world.codes, _parents(rng, world)),
            "csm": texts(CSMS, world.csm),
            "sales_rep": texts(REPS, world.rep),
            "channel": texts(CHANNELS, rng.integers(0, len(CHANNELS), n)),
            "joined_on": calendar.on(world.joined),
            "closed_on": calendar.on(world.left),
            "join_reason": texts(("bought", "earned"), happens(rng, np.full(n, 0.42)).astype(int)),
            "employees": pa.array(staff.astype(int) + 8),
        },
    )
    known = np.flatnonzero(has_alias(world.rank))
    yield "account_aliases", {"alias": aliases(known), "account_id": texts(world.codes, known)}


def has_alias(rank: Ints) -> Flags:
    """Accounts that were merged from another system, where the support desk still uses an id of its own."""
    return np.asarray(rank % 61 == 40)


def aliases(account: Ints) -> Any:
    """The id the support desk uses for an account."""
    return numbered("DESK-", account + 7000, 5)


def _parents(rng: np.random.Generator, world: World) -> Ints:
    """Position of the parent, -1 for most: small accounts below a few large ones."""
    heads = np.flatnonzero((world.rank < max(world.n // 25, 1)) & (world.left == NEVER))
    is_child = (world.rank % 12 == 5) & (world.rank > world.n // 10) & (len(heads) > 0)
    parent = np.resize(heads, world.n)[rng.permutation(world.n)] if len(heads) else np.zeros(world.n, np.int64)
    return np.where(is_child, parent, -1)


class Chairs(NamedTuple):
    """When the sponsor of an account left and when somebody took over; NEVER where that did not happen."""

    gone: Ints
    filled: Ints


def chairs(piece: Piece) -> Chairs:
    """One account in two loses its sponsor once in three years; two in five of them leave the chair empty for long."""
    world, n = piece.world, piece.n
    rng = stream(world.seed, "sponsors", piece.start)
    gone = np.where(happens(rng, np.full(n, 0.5)), -between(rng, 3, 7 * world.weeks + YEAR, n), NEVER)
    stays = (piece.of(world.left) < NEVER) | (gone < piece.of(world.joined) + 90) | piece.of(world.planted["locked in"])
    gone = np.where(stays, NEVER, gone)
    wait = np.where(happens(rng, np.full(n, 0.4)), between(rng, 200, 320, n), between(rng, 2, 25, n))
    return Chairs(gone, np.where(gone < NEVER, gone + wait, NEVER))


def sponsor_on(seats: Chairs, row: Ints, day: Ints) -> Ints:
    """Who speaks for the sponsor on a day: the first one, the buyer while the chair is empty, or the successor."""
    later = np.where(day >= seats.filled[row], SUCCESSOR, BUYER)
    return np.where(day < seats.gone[row], SPONSOR, later)


def contact_ids(piece: Piece, row: Ints, number: Ints) -> Any:
    """Ids such as A1001-3: the third person known at the account."""
    return joined(piece.codes(row), "-", pa.array(number))


def contacts(world: World) -> Rows:
    """Four to six people per account, and the sponsors who took over."""
    return world.pieces("contacts", "contacts", _contacts)


def _contacts(piece: Piece) -> Table:
    seats, world = chairs(piece), piece.world
    size = np.where(piece.of(world.segment) == SMALL, 4, len(ROLES))
    row = np.repeat(np.arange(piece.n), size)
    number = np.arange(len(row)) - np.repeat(np.cumsum(size) - size, size) + 1
    taken_over = np.flatnonzero(seats.filled <= 0)
    row, number = np.append(row, taken_over), np.append(number, np.full(len(taken_over), SUCCESSOR))
    begun = np.minimum(piece.of(world.joined)[row] + between(piece.rng, 0, 20, len(row)), 0)
    given, family = people(piece.rng, len(row))
    return {
        "contact_id": contact_ids(piece, row, number),
        "account_id": piece.codes(row),
        "name": joined(texts(GIVEN, given), " ", texts(FAMILY, family)),
        "role": texts((*ROLES, "sponsor"), number - 1),
        "joined_on": piece.calendar.on(np.where(number == SUCCESSOR, seats.filled[row], begun)),
        "left_on": piece.calendar.on(np.where(number == SPONSOR, seats.gone[row], NEVER)),
    }
