"""How support and the product do: support cases, and the firmware that brought too many of them."""

from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.sample.book import aliases, has_alias
from data.sample.catalogue import FIRMWARE_PRODUCT, PRODUCT_IDS
from data.sample.columns import DAY, Table, optional, texts
from data.sample.draw import Floats, Ints, between, evenly, happens, recurring, stream
from data.sample.world import Piece, Rows, World

LEAD = 119
FIRMWARE_DAY = -27  # the Monday of the fourth week before `as_of`
FIRMWARE_CASES = 0.75  # additional cases per unit and four weeks where the new firmware runs
RAREST = 8.0  # days between such cases, at most
KINDS = ("question", "defect", "enhancement")
PRIORITIES = ("low", "normal", "high", "urgent")
QUESTION, DEFECT, ENHANCEMENT = range(3)
HIGH, URGENT = 2, 3
NO_REPLY = 1e6  # hours


class Cases(NamedTuple):
    """Tickets before they are written, by account within the piece."""

    row: Ints
    product: Ints
    opened: Ints  # minute
    kind: Ints
    priority: Ints
    reply: Floats  # hours to the first reply
    days: Floats  # until it is closed
    is_repeat: Ints  # 1 or 0
    rating: Ints  # 0: not rated


def tickets(world: World) -> Rows:
    """The cases in the order they were opened; a few under the ids of the support desk."""
    return world.pieces("tickets", "tickets", _tickets)


def _tickets(piece: Piece) -> Table:
    both = zip(_usual(piece), _firmware(piece), strict=True)
    cases = Cases._make(np.concatenate(pair) for pair in both)
    order = np.argsort(cases.opened, kind="stable")
    return _columns(piece, Cases._make(column[order] for column in cases))


def _usual(piece: Piece) -> Cases:
    """Everyday cases: the worse support works, the more there are, the longer they take, the more come back."""
    units = np.maximum(piece.of(piece.world.seats).sum(axis=1), 1)
    rate = piece.fares("support", (0.50, 0.38), (0.20, 0.12), (0.06, 0.02))
    row, day = recurring(piece.rng, piece.since(LEAD), piece.last, 91 / (rate * units), 0.5)
    order = np.lexsort((day, row))
    return _cases(piece, piece.rng, row[order], day[order])


def _cases(piece: Piece, rng: np.random.Generator, row: Ints, day: Ints) -> Cases:
    """What becomes of cases opened on these days; those of one account stand side by side."""
    n, kind = len(row), _kinds(piece, rng, row)
    days = piece.fares("support", (70, 45), (14, 8), (2.4, 1.0))[row] * (0.4 + 1.2 * rng.random(n))
    slow = piece.fares("product", (5.0, 3.5), (2.4, 1.5), (0.9, 0.9))[row]
    again = piece.fares("support", (0.50, 0.38), (0.22, 0.14), (0.02, 0.0))
    ignored = (kind == ENHANCEMENT) & happens(rng, piece.fares("product", (0.9, 0.7), (0.40, 0.15), (0, 0))[row])
    hours = rng.gamma(1.5, 2.0, n) * piece.fares("support", (9.0, 5.0), (2.5, 1.2), (1.0, 0.7))[row]
    return Cases(
        row=row,
        product=product_of(rng, piece.of(piece.world.seats)[row]),
        opened=day * DAY + between(rng, 7 * 60, 18 * 60, n),
        kind=kind,
        priority=np.where(ignored, HIGH, np.searchsorted([0.15, 0.75, 0.95], rng.random(n))),
        reply=np.where(ignored, NO_REPLY, hours),
        days=np.where(kind == DEFECT, days * slow, np.where(ignored, days + 90, days)),
        is_repeat=evenly(rng, row, again).astype(int),
        rating=_ratings(piece, rng, row),
    )


def _kinds(piece: Piece, rng: np.random.Generator, row: Ints) -> Ints:
    defect = piece.fares("product", (0.50, 0.36), (0.20, 0.12), (0.07, 0.02))[row]
    wish = happens(rng, np.full(len(row), 0.18))
    return np.where(happens(rng, defect), DEFECT, np.where(wish, ENHANCEMENT, QUESTION))


def _ratings(piece: Piece, rng: np.random.Generator, row: Ints) -> Ints:
    """Seven in ten are rated."""
    n = len(row)
    happy = evenly(rng, row, piece.fares("support", (0.30, 0.50), (0.74, 0.82), (0.97, 1.0)))
    rating = np.where(happy, between(rng, 4, 5, n), between(rng, 1, 3, n))
    return np.where(happens(rng, np.full(n, 0.7)), rating, 0)


def product_of(rng: np.random.Generator, seats: Ints) -> Ints:
    """A product of each row's account, in proportion to the units it owns."""
    reach = np.cumsum(seats, axis=1)
    return np.asarray((reach <= (rng.random(len(seats)) * reach[:, -1])[:, None]).sum(axis=1))


def _firmware(piece: Piece) -> Cases:
    """The cases the new firmware brings, most still open, and from each account one urgent wish to go back."""
    rng = stream(piece.world.seed, "firmware", piece.start)
    hit = np.flatnonzero(piece.of(piece.world.planted["firmware"]))
    gap = np.minimum(28 / (FIRMWARE_CASES * piece.of(piece.world.seats)[hit, FIRMWARE_PRODUCT]), RAREST)
    turn, day = recurring(rng, np.full(len(hit), FIRMWARE_DAY), piece.last[hit], gap, 0.8)
    row, day = np.append(hit[turn], hit), np.append(day, FIRMWARE_DAY + between(rng, 2, 16, len(hit)))
    order = np.argsort(row, kind="stable")
    row, day, n = row[order], day[order], len(row)
    is_wish = order >= len(turn)
    return _cases(piece, rng, row, day)._replace(
        product=np.full(n, FIRMWARE_PRODUCT),
        kind=np.where(is_wish, ENHANCEMENT, np.where(happens(rng, np.full(n, 0.7)), DEFECT, QUESTION)),
        priority=np.where(is_wish, URGENT, between(rng, 1, URGENT, n)),
        reply=np.where(is_wish, NO_REPLY, rng.gamma(2.0, 12.0, n)),
        days=np.where(is_wish, 90.0, 20 + 40 * rng.random(n)),
        is_repeat=happens(rng, np.full(n, 0.2)).astype(int),
    )


def _columns(piece: Piece, cases: Cases) -> Table:
    world, calendar = piece.world, piece.calendar
    replied = cases.opened + np.round(cases.reply * 60).astype(int)
    last_minute = piece.of(world.left)[cases.row] * DAY - 1
    closed = np.minimum(cases.opened + np.round(cases.days * DAY).astype(int), last_minute)
    closed = np.maximum(closed, cases.opened + 5)
    return {
        "ticket_id": piece.ids("T", len(closed)),
        "account_id": _desk_ids(piece, cases),
        "product_id": texts(PRODUCT_IDS, cases.product),
        "opened_at": calendar.at(cases.opened),
        "first_response_at": calendar.at(np.where(replied < closed, replied, DAY)),
        "closed_at": calendar.at(closed),
        "priority": texts(PRIORITIES, cases.priority),
        "kind": texts(KINDS, cases.kind),
        "is_repeat": pa.array(cases.is_repeat > 0),
        "csat": optional(cases.rating, (closed < DAY) & (cases.rating > 0)),
    }


def _desk_ids(piece: Piece, cases: Cases) -> Any:
    """Account ids; older cases of merged accounts carry the id of the support desk."""
    is_old = has_alias(piece.of(piece.world.rank)[cases.row]) & (cases.opened < -200 * DAY)
    return pc.if_else(pa.array(is_old), aliases(cases.row + piece.start), piece.codes(cases.row))
