"""Money by account: what is invoiced and paid, and what serving costs."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from data.sample.catalogue import PRODUCT_IDS
from data.sample.columns import Table, constant, joined, money, optional, texts
from data.sample.contracts import euro_rate, is_told, lines
from data.sample.draw import NEVER, Flags, Floats, Ints, between, drift, fares, happens, recurring
from data.sample.world import SMALL, YEAR, Piece, Rows, World

PERIODS = (91, 182, 364)  # days of service in one invoice, by segment
PRODUCT_COST = 0.42  # of list revenue
HOURLY_RATE = 84.0
ACTIVITIES = ("support", "fulfilment", "returns", "success", "services", "sales", "other")
ACTIVITY_SHARES = (0.30, 0.17, 0.06, 0.18, 0.20, 0.05, 0.04)
TIMED = 5  # the first so many activities may be booked as minutes


class Bill(NamedTuple):
    """Invoice lines, by account within the piece: service period, units, US dollars; below zero for a credit note."""

    row: Ints
    product: Ints
    start: Ints
    end: Ints
    seats: Ints
    net: Floats
    is_credit: Flags


def invoices(world: World) -> Rows:
    """Invoice lines with their service period, and a few credit notes below zero."""
    return world.pieces("invoices", "invoices", _invoices)


def _billed(piece: Piece) -> Bill:
    """One line per contract line and period of service, invoiced in advance; only what was invoiced by `as_of`."""
    rows, first = lines(piece), piece.world.first_day - YEAR
    period = np.array(PERIODS)[piece.of(piece.world.segment)[rows.row]]
    skipped = np.maximum((first - rows.start) // period, 0)
    count = np.maximum((np.minimum(rows.end - 1, 0) - rows.start) // period - skipped + 1, 0)
    line = np.repeat(np.arange(len(count)), count)
    turn = np.arange(len(line)) - np.repeat(np.cumsum(count) - count, count) + skipped[line]
    start = rows.start[line] + turn * period[line]
    end = np.minimum(start + period[line], np.where(is_told(piece, rows), rows.end, NEVER)[line])
    net = rows.arr[line] * (end - start) / 365
    return Bill(rows.row[line], rows.product[line], start, end, rows.seats[line], net, np.zeros(len(line), bool))


def _with_credits(rng: np.random.Generator, bill: Bill) -> Bill:
    """The lines, and a credit note of some percent for one in eighty."""
    noted = np.flatnonzero(happens(rng, np.full(len(bill.row), 0.012)) & (bill.start < -60))
    notes = Bill._make(column[noted] for column in bill)
    notes = notes._replace(
        net=-notes.net * between(rng, 4, 18, len(noted)) / 100,
        start=notes.start + 25,
        seats=np.full(len(noted), -1),
        is_credit=np.ones(len(noted), bool),
    )
    return Bill._make(np.concatenate(pair) for pair in zip(bill, notes, strict=True))


def _invoices(piece: Piece) -> Table:
    world, rng, calendar = piece.world, piece.rng, piece.calendar
    bill = _with_credits(rng, _billed(piece))
    late = piece.fares("payment", (150, 90), (44, 24), (-4, -12))[bill.row] * (0.75 + 0.5 * rng.random(len(bill.row)))
    due = bill.start + np.where(bill.is_credit, 0, 30)
    is_euro = piece.of(world.is_euro)[bill.row]
    unit = np.where(is_euro, 1 / euro_rate(bill.start), 1.0)
    at_list = np.where(bill.is_credit, 0.0, bill.net / piece.of(world.price)[bill.row])
    return {
        "invoice_line_id": piece.ids("L", len(bill.row), 8),
        "invoice_id": joined("I-", piece.codes(bill.row), "-", pa.array(bill.start + 20_000)),
        "account_id": piece.codes(bill.row),
        "product_id": texts(PRODUCT_IDS, bill.product),
        "invoiced_on": calendar.on(bill.start),
        "due_on": calendar.planned(due),
        "paid_on": calendar.on(np.where(bill.is_credit, due, due + np.floor(late).astype(int))),
        "quantity": pa.array(bill.seats),
        "net_revenue": money(bill.net * unit),
        "list_revenue": money(at_list * unit),
        "product_cost": money(at_list * PRODUCT_COST * drift(bill.start, 0.006) * unit),
        "starts_on": calendar.planned(np.where(bill.is_credit, NEVER, bill.start)),
        "ends_on": calendar.planned(np.where(bill.is_credit, NEVER, bill.end)),
        "currency": texts(("USD", "EUR"), is_euro.astype(int)),
    }


def service_costs(world: World) -> Rows:
    """What serving an account costs, every four weeks (small ones: every quarter); a third as minutes and a rate."""
    return world.pieces("service costs", "service_costs", _service_costs)


def _margins(piece: Piece) -> Floats:
    """Profit per unit of revenue an account is to bring: one in five loses money, about as many hardly earn any."""
    return fares(piece.grade("margin"), (-0.24, -0.03), (-0.009, 0.009), (0.07, 0.36))


def _service_costs(piece: Piece) -> Table:
    world, rng = piece.world, piece.rng
    every = np.where(piece.of(world.segment) == SMALL, 91.0, 28.0)
    row, day = recurring(rng, piece.since(YEAR), piece.last, every, 0.0)
    share = np.maximum(1 - PRODUCT_COST / piece.of(world.price) - _margins(piece), 0.015)
    arr = np.where(day < piece.of(world.changed)[row], piece.of(world.arr_before)[row], piece.of(world.arr)[row])
    cost = arr * share[row] * every[row] / 365 * (0.97 + 0.06 * rng.random(len(row)))
    activity = np.searchsorted(np.cumsum(ACTIVITY_SHARES), rng.random(len(row)))
    is_timed = happens(rng, np.full(len(row), 0.33)) & (activity < TIMED)
    return {
        "cost_id": piece.ids("K", len(row), 8),
        "account_id": piece.codes(row),
        "incurred_on": piece.calendar.on(day),
        "activity": texts(ACTIVITIES, activity),
        "amount": money(cost, ~is_timed),
        "minutes": optional(np.round(cost / HOURLY_RATE * 60), is_timed),
        "hourly_rate": money(np.full(len(row), HOURLY_RATE), is_timed),
        "currency": constant("USD", len(row)),
    }
