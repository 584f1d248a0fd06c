"""A few rows as every real export has them: unknown accounts, an answer off its scale, lines delivered twice."""

import numpy as np
import pyarrow as pa

from data.sample.columns import DAY, Calendar, Table, constant, numbered
from data.sample.draw import Ints
from data.sample.world import Rows, World

TESTS, OFF_SCALE, TWICE = 9, 3, 4


def slips(world: World) -> Rows:
    """Rows that loading sets apart, with the columns that matter; as many in every company."""
    calendar = Calendar(world.as_of)
    yield "tickets", _of_a_sandbox(calendar)
    yield "surveys", _off_the_scale(calendar)
    yield "touchpoints", _delivered_twice(world, calendar)


def _of_a_sandbox(calendar: Calendar) -> Table:
    opened: Ints = -11 * np.arange(1, TESTS + 1) * DAY + 600
    return {
        "ticket_id": numbered("TEST-", np.arange(TESTS), 2),
        "account_id": constant("SANDBOX", TESTS),
        "opened_at": calendar.at(opened),
        "closed_at": calendar.at(opened + 30),
        "kind": constant("question", TESTS),
    }


def _off_the_scale(calendar: Calendar) -> Table:
    return {
        "response_id": numbered("Qform-", np.arange(OFF_SCALE), 2),
        "kind": constant("nps", OFF_SCALE),
        "answered_on": calendar.on(-37 * np.arange(1, OFF_SCALE + 1)),
        "score": pa.array(np.full(OFF_SCALE, 99)),
        "score_max": pa.array(np.full(OFF_SCALE, 10)),
    }


def _delivered_twice(world: World, calendar: Calendar) -> Table:
    return {
        "touchpoint_id": numbered("C", np.arange(TWICE) + 1, 8),
        "account_id": world.codes.take(pa.array(np.zeros(TWICE, np.int64))),
        "kind": constant("email", TWICE),
        "happened_on": calendar.on(np.full(TWICE, -20)),
    }
