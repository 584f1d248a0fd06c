"""What goes wrong beside support cases: outages, and risks on a product that nobody sells until they are resolved."""

import numpy as np

from data.sample.catalogue import OWNERS, PRODUCT_IDS
from data.sample.columns import DAY, Table, texts
from data.sample.draw import NEVER, Ints, between, recurring
from data.sample.tickets import product_of
from data.sample.world import Piece, Rows, World

LEAD = 119
REASONS = ("safety stop under review", "spare part recalled", "contract dispute", "site move", "audit finding")
DISPUTE = 2


def outages(world: World) -> Rows:
    """Short stops of a whole product, and longer ones at accounts whose site is hard to reach."""
    return world.pieces("outages", "outages", _outages)


def _outages(piece: Piece) -> Table:
    rng, calendar = piece.rng, piece.calendar
    every = piece.fares("uptime", (24.0, 34.0), (40.0, 60.0), (150.0, 900.0))
    row, day = recurring(rng, piece.since(LEAD), piece.last, every, 0.5)
    hours = piece.fares("uptime", (9.0, 7.0), (3.2, 2.4), (1.2, 0.6))[row] * (0.6 + 0.8 * rng.random(len(row)))
    wide = np.arange(piece.world.first_day - LEAD, -3, 11) if piece.start == 0 else np.zeros(0, np.int64)
    whole = np.arange(len(wide)) % len(PRODUCT_IDS)
    row, product = np.append(row, np.full(len(wide), -1)), np.append(np.full(len(row), -1), whole)
    minutes = np.append(np.maximum(hours * 60, 4).astype(int), between(rng, 6, 16, len(wide)))
    begun = np.append(day, wide) * DAY + between(rng, 0, 1300, len(row))
    return {
        "outage_id": piece.ids("O", len(row)),
        "account_id": piece.codes(row),
        "product_id": texts(PRODUCT_IDS, product),
        "started_at": calendar.at(begun),
        "ended_at": calendar.at(begun + minutes),
    }


def risks(world: World) -> Rows:
    """Risks on a product an account owns; a dispute about the contract holds up all products."""
    return world.pieces("risks", "risks", _risks)


def _risks(piece: Piece) -> Table:
    rng, calendar = piece.rng, piece.calendar
    row, product, day, resolved, reason = (
        np.concatenate(pair) for pair in zip(_single(piece), _disputes(piece), strict=True)
    )
    return {
        "risk_id": piece.ids("R", len(row), 6),
        "account_id": piece.codes(row),
        "product_id": texts(PRODUCT_IDS, product),
        "opened_on": calendar.on(day),
        "resolved_on": calendar.on(resolved),
        "reason": texts(REASONS, reason),
        "owner": texts(tuple(OWNERS.values()), between(rng, 0, len(OWNERS) - 1, len(row))),
    }


def _single(piece: Piece) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    every = piece.fares("product", (250.0, 400.0), (600.0, 900.0), (1400.0, 2500.0))
    row, day = recurring(piece.rng, piece.since(180), piece.last, every, 0.9)
    product = product_of(piece.rng, piece.of(piece.world.seats)[row])
    resolved = day + between(piece.rng, 20, 150, len(row))
    return row, product, day, resolved, between(piece.rng, 0, len(REASONS) - 1, len(row))


def _disputes(piece: Piece) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    world, many = piece.world, len(PRODUCT_IDS)
    held = np.flatnonzero((piece.of(world.rank) % 50 == 12) & (piece.of(world.left) == NEVER))
    opened = np.maximum(piece.of(world.joined)[held] + 5, -between(piece.rng, 100, 700, len(held)))
    row, product = np.repeat(held, many), np.tile(np.arange(many), len(held))
    return row, product, np.repeat(opened, many), np.full(len(row), NEVER), np.full(len(row), DISPUTE)
