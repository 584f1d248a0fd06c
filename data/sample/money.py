"""Money by account: what is invoiced and paid, and what serving costs."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from data.sample.book import euro_rate, lines, segments
from data.sample.catalogue import PRODUCT_IDS
from data.sample.draw import NEVER, Floats, Ints, between, drift, fares, happens, joined, money, numbered, optional, recurring, stream, texts
from data.sample.sink import Calendar
from data.sample.world import PRICES, YEAR, World, Writer

PERIODS = (91, 182, 364)  # days of service in one invoice, by segment
PRODUCT_COST = 0.42  # of list revenue
HOURLY_RATE = 84.0
ACTIVITIES = ("support", "fulfilment", "returns", "success", "services", "sales", "other")
ACTIVITY_SHARES = (0.30, 0.17, 0.06, 0.18, 0.20, 0.05, 0.04)


class Billed(NamedTuple):
    """Invoice lines: account, product, first and last day after the service period, part of a year, units, US dollars."""

    account: Ints
    product: Ints
    start: Ints
    end: Ints
    seats: Ints
    net: Floats


def _billed(world: World, part: slice) -> Billed:
    """One line per contract line and period of service, invoiced in advance; only what was invoiced by `as_of`."""
    rows = lines(world, part)
    period = np.array(PERIODS)[segments(world)[rows.account]]
    last = np.minimum(np.minimum(rows.end, world.left[rows.account]) - 1, 0)
    skipped = np.maximum((world.first_day - YEAR - rows.start) // period, 0)
    count = np.maximum((last - rows.start) // period - skipped + 1, 0)
    row = np.repeat(np.arange(len(count)), count)
    turn = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count) + skipped[row]
    start = rows.start[row] + turn * period[row]
    end = np.minimum(start + period[row], np.where(_is_told(world, rows.account, rows.is_replaced)[row], rows.end[row], NEVER))
    net = rows.arr[row] * (end - start) / 365
    return Billed(rows.account[row], rows.product[row], start, end, rows.seats[row], net)


def _is_told(world: World, account: Ints, is_replaced: object) -> object:
    """Whether the end of a line is known by `as_of`."""
    return np.asarray(is_replaced) | (world.notice[account] <= 0)


def invoices(world: World) -> Writer:
    """Invoice lines with their service period, and a few credit notes below zero."""
    cal, told = Calendar(world.as_of), 0
    for part in world.chunks():
        rng, bill = stream(world.seed, "invoices", part.start), _billed(world, part)
        n = len(bill.account)
        is_credit = happens(rng, np.full(n, 0.012)) & (bill.start < -60)
        notes = np.flatnonzero(is_credit)
        row = np.concatenate([np.arange(n), notes])
        sign = np.where(np.arange(len(row)) < n, 1.0, -between(rng, 4, 18, len(row)) / 100)
        yield "invoices", _invoice_columns(rng, world, cal, Billed(*(c[row] for c in bill)), sign, told)
        told += len(row)


def _invoice_columns(rng: np.random.Generator, world: World, cal: Calendar, bill: Billed, sign: Floats, told: int) -> dict[str, object]:
    n, is_note = len(sign), sign < 0
    invoiced = bill.start + np.where(is_note, 25, 0)
    grade = world.grade["payment"][bill.account]
    late = fares(grade, (150, 90), (44, 24), (-4, -12)) * (0.75 + 0.5 * rng.random(n))
    due = invoiced + np.where(is_note, 0, 30)
    paid = np.where(is_note, invoiced, due + np.floor(late).astype(int))
    in_currency = np.where(world.is_euro[bill.account], 1 / euro_rate(invoiced), 1.0)
    at_list = bill.net / world.price[bill.account]
    cost = at_list * PRODUCT_COST * drift(invoiced, 0.006)
    return {
        "invoice_line_id": numbered("L", np.arange(n) + told + 1, 8),
        "invoice_id": joined("I-", texts(world.codes, bill.account), "-", pa.array(invoiced + 20_000).cast(pa.string())),
        "account_id": texts(world.codes, bill.account),
        "product_id": texts(PRODUCT_IDS, bill.product),
        "invoiced_on": cal.on(invoiced),
        "due_on": cal.planned(due),
        "paid_on": cal.on(paid),
        "quantity": pa.array(np.where(is_note, -1, bill.seats)),
        "net_revenue": money(bill.net * sign * in_currency),
        "list_revenue": money(np.where(is_note, 0.0, at_list) * in_currency),
        "product_cost": money(np.where(is_note, 0.0, cost) * in_currency),
        "starts_on": cal.planned(np.where(is_note, NEVER, bill.start)),
        "ends_on": cal.planned(np.where(is_note, NEVER, bill.end)),
        "currency": texts(("USD", "EUR"), world.is_euro[bill.account].astype(int)),
    }


def margins(world: World) -> Floats:
    """Profit per unit of revenue each account is to bring: one in five loses money, about as many hardly earn any."""
    return fares(world.grade["margin"], (-0.28, -0.03), (-0.010, 0.010), (0.07, 0.36))


def service_costs(world: World) -> Writer:
    """What serving an account costs, every four weeks (small accounts: every quarter); a third as minutes and a rate."""
    cal, told = Calendar(world.as_of), 0
    share = np.maximum(1 - PRODUCT_COST / world.price - margins(world), 0.015)
    before = (world.seats_before * PRICES).sum(axis=1) * world.price
    for part in world.chunks():
        rng = stream(world.seed, "service costs", part.start)
        every = np.where(segments(world)[part] == 2, 91, 28)
        who, day = recurring(rng, world.since(YEAR)[part], world.last_day[part], every * 1.0, 0.0)
        account, n = who + part.start, len(who)
        arr = np.where(day < world.changed[account], before[account], world.arr[account])
        cost = arr * share[account] * every[who] / 365 * (0.97 + 0.06 * rng.random(n))
        is_timed = happens(rng, np.full(n, 0.33))
        what = np.searchsorted(np.cumsum(ACTIVITY_SHARES), rng.random(n))
        minutes = np.round(cost / HOURLY_RATE * 60)
        yield (
            "service_costs",
            {
                "cost_id": numbered("K", np.arange(n) + told + 1, 8),
                "account_id": texts(world.codes, account),
                "incurred_on": cal.on(day),
                "activity": texts(ACTIVITIES, np.where(is_timed & (what > 4), 0, what)),
                "amount": money(cost, ~is_timed),
                "minutes": optional(minutes, is_timed),
                "hourly_rate": money(np.full(n, HOURLY_RATE), is_timed),
                "currency": pa.array(np.full(n, "USD")),
            },
        )
        told += n
