"""Deals, open and closed, and what winning accounts costs."""

import numpy as np

from data.sample.catalogue import CHANNELS, PRODUCT_IDS
from data.sample.columns import Calendar, Table, constant, money, numbered, optional, texts
from data.sample.draw import Flags, Floats, Ints, between, happens, over_time, recurring, stream
from data.sample.world import PRICES, YEAR, Piece, Rows, World

KINDS = ("new", "expansion", "renewal")
NEW, EXPANSION, RENEWAL = range(3)
STAGES = ("qualify", "prove", "propose", "negotiate", "won", "lost")
WON, LOST = 4, 5
WIN_RATES = np.array([0.22, 0.35, 0.93])
MONTHLY_SPENDING = (26_000.0, 31_000.0, 12_000.0, 4_000.0)  # by channel, for 400 accounts
SPENT_ON = ("media", "pay", "overhead", "referral")
PAY = 1
PARTS_OF_SPENDING = np.array([[0.5, 0.38, 0.12, 0], [0.6, 0.3, 0.1, 0], [0.25, 0.45, 0.1, 0.2], [0, 0.25, 0, 0.75]])
"""What a channel's spending goes to, in the order of `SPENT_ON`."""


def opportunities(world: World) -> Rows:
    """Deals with accounts, and with prospects that are no account yet."""
    return world.pieces("opportunities", "opportunities", _opportunities)


def _opportunities(piece: Piece) -> Table:
    rng, calendar, row, day, kind = piece.rng, piece.calendar, *_deals(piece)
    n, seats = len(row), piece.of(piece.world.seats)[np.maximum(row, 0)]
    product = np.where(kind == RENEWAL, seats.argmax(axis=1), _missing_product(rng, seats))
    length = np.where(kind == EXPANSION, between(rng, 74, 92, n), between(rng, 40, 120, n))
    is_closed, is_won = day + length <= 0, happens(rng, WIN_RATES[kind])
    return {
        "opportunity_id": piece.ids("D", n),
        "account_id": piece.codes(row),
        "product_id": texts(PRODUCT_IDS, product),
        "kind": texts(KINDS, kind),
        "opened_on": calendar.on(day),
        "expected_on": calendar.planned(day + length + between(rng, -10, 15, n)),
        "closed_on": calendar.on(day + length),
        "amount": money(_amounts(piece, row, kind, product)),
        "stage": texts(STAGES, _stages(day, is_closed, is_won)),
        "is_won": optional(is_won, is_closed),
        "currency": constant("USD", n),
    }


def _deals(piece: Piece) -> tuple[Ints, Ints, Ints]:
    """Account (-1 for a prospect), day opened and kind. Who is open to more has a deal on the table nearly always."""
    rng, first = piece.rng, piece.since(150)
    gap = piece.fares("pipeline", (2500, 1200), (300, 200), (102, 92))
    grow, grow_day = recurring(rng, first + 60, piece.last, gap, 0.08)
    renew, renew_day = recurring(rng, first, piece.last, np.full(piece.n, 365.0), 0.1)
    fresh_day = over_time(rng, piece.n // 2, piece.world.first_day, -piece.world.first_day + 1)
    row = np.concatenate([grow, renew, np.full(len(fresh_day), -1)])
    kind = np.repeat([EXPANSION, RENEWAL, NEW], [len(grow), len(renew), len(fresh_day)])
    return row, np.concatenate([grow_day, renew_day, fresh_day]), kind


def _missing_product(rng: np.random.Generator, seats: Ints) -> Ints:
    """A product the account does not own, if there is one."""
    return np.asarray(np.where(seats == 0, rng.random(seats.shape), -1.0).argmax(axis=1))


def _amounts(piece: Piece, row: Ints, kind: Ints, product: Ints) -> Floats:
    """A renewal is about everything, an expansion about a fifth more units, a new account about two units."""
    known = np.maximum(row, 0)
    units = np.maximum(np.round(piece.of(piece.world.seats)[known].sum(axis=1) * 0.2), 1)
    more = np.where(kind == NEW, 2, units) * PRICES[product] * 0.9
    amounts: Floats = np.where(kind == RENEWAL, piece.of(piece.world.arr)[known], more)
    return np.round(amounts, -2)


def _stages(day: Ints, is_closed: Flags, is_won: Flags) -> Ints:
    """An open deal moves on every 25 days."""
    return np.where(is_closed, np.where(is_won, WON, LOST), np.minimum(-day // 25, WON - 1))


def acquisition_costs(world: World) -> Rows:
    """Spending by channel, month and purpose, and the hours spent on each account that was won."""
    rng, many = stream(world.seed, "acquisition"), len(CHANNELS)
    day = np.repeat(np.arange(world.first_day - YEAR + 15, 1, 30), many)
    channel = np.arange(len(day)) % many
    spent = np.array(MONTHLY_SPENDING)[channel] * world.n / 400 * (0.85 + 0.3 * rng.random(len(day)))
    month, purpose = np.nonzero(PARTS_OF_SPENDING[channel])
    day, channel, spent = day[month], channel[month], spent[month] * PARTS_OF_SPENDING[channel[month], purpose]
    won = np.flatnonzero(world.joined > world.first_day - YEAR)
    who, when = np.repeat(won, 3), np.repeat(world.joined[won], 3) - np.tile([80, 45, 10], len(won))
    n = len(day) + len(who)
    is_hours = np.arange(n) >= len(day)
    yield (
        "acquisition_costs",
        {
            "cost_id": numbered("Q", np.arange(n) + 1, 6),
            "incurred_on": Calendar(world.as_of).on(np.append(day, when)),
            "channel": texts(CHANNELS, np.append(channel, who % many)),
            "account_id": texts(world.codes, np.append(np.full(len(day), -1), who)),
            "kind": texts(SPENT_ON, np.append(purpose, np.full(len(who), PAY))),
            "amount": money(np.append(spent, np.zeros(len(who))), ~is_hours),
            "hours": optional(between(rng, 12, 90, n), is_hours),
            "hourly_rate": money(np.full(n, 95.0), is_hours),
            "currency": constant("USD", n),
        },
    )
