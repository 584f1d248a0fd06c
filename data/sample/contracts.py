"""What runs under contract: one line per product, and a new one where the units change."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from data.sample.catalogue import PRODUCT_IDS
from data.sample.columns import Table, optional, texts
from data.sample.draw import NEVER, Flags, Floats, Ints, drift, stream
from data.sample.world import PRICES, YEAR, Piece, Rows, World

EURO = 1.08
END_REASONS = ("changed", "budget", "competitor", "site closed", "project ended", "insourced")
TERMS = (12, 12, 12, 24, 36)


def euro_rate(day: Ints) -> Floats:
    """US dollars for one euro on a day; it changes every 91 days."""
    return np.round(EURO * drift(day, 0.012), 4)


class Lines(NamedTuple):
    """Contract lines, by account within the piece; `end` is the first day without service, NEVER while it runs."""

    row: Ints
    product: Ints
    start: Ints
    end: Ints
    seats: Ints
    arr: Floats  # US dollars a year
    is_replaced: Flags


def lines(piece: Piece) -> Lines:
    """One line per product owned, and a second one from the day its units changed."""
    world = piece.world
    row, product = np.nonzero((piece.of(world.seats) > 0) | (piece.of(world.seats_before) > 0))
    before, after = piece.of(world.seats_before)[row, product], piece.of(world.seats)[row, product]
    left, changed, moves = piece.of(world.left)[row], piece.of(world.changed)[row], before != after
    start = _starts(piece, row, product)
    old = (row, product, start, np.where(moves, changed, left), before, moves)
    new = (row, product, changed, left, after, np.zeros(len(row), bool))
    both = [np.concatenate([a, b[moves]]) for a, b in zip(old, new, strict=True)]
    order = np.lexsort((both[2], both[1], both[0]))
    row, product, start, end, seats, is_replaced = (column[order] for column in both)
    arr = np.round(seats * PRICES[product] * piece.of(world.price)[row], -1)
    return Lines(row, product, start, end, seats, arr, is_replaced)


def _starts(piece: Piece, row: Ints, product: Ints) -> Ints:
    """First days: the largest product with joining, the others within the years after it."""
    world, rng = piece.world, stream(piece.world.seed, "lines", piece.start)
    joined = piece.of(world.joined)[row]
    is_first = product == piece.of(world.seats)[row].argmax(axis=1)
    room = np.clip(world.first_day - YEAR - 10 - joined, 0, 900)
    return joined + np.where(is_first, 0, np.floor(rng.random(len(row)) * room)).astype(np.int64)


def is_told(piece: Piece, rows: Lines) -> Flags:
    """Whether the end of a line is known by `as_of`."""
    return np.asarray(rows.is_replaced | (piece.of(piece.world.notice)[rows.row] <= 0))


def is_evergreen(rank: Ints) -> Flags:
    """Accounts whose contract has no term: it runs until somebody gives notice."""
    return np.asarray(rank % 23 == 17)


def subscriptions(world: World) -> Rows:
    """The contract lines; notice and end are there only from the day they were known."""
    return world.pieces("subscriptions", "subscriptions", _subscriptions)


def _subscriptions(piece: Piece) -> Table:
    rows, world, calendar = lines(piece), piece.world, piece.calendar
    end = np.where(is_told(piece, rows), rows.end, NEVER)
    is_euro = piece.of(world.is_euro)[rows.row]
    reason = piece.rng.integers(1, len(END_REASONS), piece.n)[rows.row]
    term = np.array(TERMS)[piece.rng.integers(0, len(TERMS), piece.n)[rows.row]]
    has_term = ~is_evergreen(piece.of(world.rank))[rows.row]
    return {
        "subscription_id": piece.ids("S", len(rows.row)),
        "account_id": piece.codes(rows.row),
        "product_id": texts(PRODUCT_IDS, rows.product),
        "starts_on": calendar.on(rows.start),
        "ends_on": calendar.planned(end),
        "arr": pa.array(np.where(is_euro, np.round(rows.arr / euro_rate(rows.start), 2), rows.arr)),
        "seats": pa.array(rows.seats),
        "term_months": optional(term, has_term),
        "cancelled_on": calendar.on(np.where(rows.is_replaced, NEVER, piece.of(world.notice)[rows.row])),
        "auto_renew": optional(term == 12, has_term),
        "end_reason": texts(END_REASONS, np.where(end == NEVER, -1, np.where(rows.is_replaced, 0, reason))),
        "currency": texts(("USD", "EUR"), is_euro.astype(int)),
    }
