"""Who met whom: meetings, calls, events, trainings, community, mails and references."""

import numpy as np
import pyarrow as pa

from data.sample.book import BUYER, CHAMPION, USER, chairs, contact_ids, sponsor_on
from data.sample.catalogue import CSMS
from data.sample.columns import Table, texts
from data.sample.draw import Flags, Floats, Ints, Span, evenly, happens, recurring, times_in
from data.sample.world import SMALL, YEAR, Piece, Rows, World

KINDS = (
    "meeting",
    "business_review",
    "executive_call",
    "event",
    "webinar",
    "training",
    "community",
    "email",
    "reference",
)
MEETING, REVIEW, CALL, EVENT, WEBINAR, TRAINING, COMMUNITY, EMAIL, REFERENCE = range(len(KINDS))
SILENCE = 56  # days before leaving from which the sponsor is not heard of again
MAIL_ANSWERED = 0.20  # of all mails, whoever gets them: it says nothing about an account

Touches = tuple[Ints, Ints, Ints, Ints, Flags]  # account within the piece, day, kind, contact number, attended


def touchpoints(world: World) -> Rows:
    """Every contact, two-way or tried, account by account."""
    return world.pieces("talks", "touchpoints", _touchpoints)


def _touchpoints(piece: Piece) -> Table:
    columns = [np.concatenate(c) for c in zip(*(kind(piece) for kind in FAMILIES), strict=True)]
    order = np.lexsort((columns[1], columns[0]))
    row, day, kind, person, attended = (column[order] for column in columns)
    return {
        "touchpoint_id": piece.ids("C", len(row), 8),
        "account_id": piece.codes(row),
        "contact_id": contact_ids(piece, row, person),
        "kind": texts(KINDS, kind),
        "happened_on": piece.calendar.on(day),
        "attended": pa.array(attended),
        "host": texts(CSMS, piece.of(piece.world.csm)[row]),
    }


def _all(row: Ints, day: Ints, kind: int | Ints, person: int | Ints, attended: Flags | None = None) -> Touches:
    took_part = np.ones(len(row), bool) if attended is None else attended
    return row, day, np.broadcast_to(kind, len(row)), np.broadcast_to(person, len(row)), took_part


def _shows_up(piece: Piece, row: Ints) -> Flags:
    return evenly(piece.rng, row, piece.fares("bond", (0.30, 0.55), (0.70, 0.82), (0.95, 1.0)))


def _sponsor(piece: Piece) -> Touches:
    """Meetings with the sponsor and the economic buyer in turn; they end eight weeks before an account leaves."""
    every = piece.fares("bond", (190, 125), (70, 50), (24, 17))
    last = np.minimum(piece.of(piece.world.left) - 1 - SILENCE, 0)
    row, day = recurring(piece.rng, piece.since(119), last, every, 0.35)
    turn = np.arange(len(row)) % 6
    is_sponsor = turn % 2 == 0
    person = np.where(is_sponsor, sponsor_on(chairs(piece), row, day), BUYER)
    kind = np.where(is_sponsor, CALL, np.where(turn == 1, REVIEW, MEETING))
    return _all(row, day, kind, person, _shows_up(piece, row) | is_sponsor)


def _champion(piece: Piece) -> Touches:
    every = piece.fares("bond", (190, 130), (90, 65), (27, 22))
    row, day = recurring(piece.rng, piece.since(182), piece.last, every, 0.3)
    return _all(row, day, MEETING, CHAMPION, _shows_up(piece, row))


def _users(piece: Piece) -> Touches:
    """Working meetings with users and influencers in turn; small accounts have no influencer."""
    every = piece.fares("bond", (300, 200), (130, 95), (36, 30))
    row, day = recurring(piece.rng, piece.since(182), piece.last, every, 0.3)
    is_small = piece.of(piece.world.segment)[row] == SMALL
    person = np.where(is_small, USER, USER + np.arange(len(row)) % 2)
    return _all(row, day, MEETING, person, _shows_up(piece, row))


def _attended(piece: Piece, grade: str, window: int, times: tuple[Span, Span, Span]) -> tuple[Ints, Ints]:
    """What a customer takes part in, so many times in each window."""
    every = times_in(window, piece.fares(grade, *times))
    return recurring(piece.rng, piece.since(window), piece.last, every, 0.12)


def _events(piece: Piece) -> Touches:
    row, day = _attended(piece, "marketing", 182, ((0.0, 0.0), (0.8, 1.2), (2.0, 3.6)))
    return _all(row, day, np.where(np.arange(len(row)) % 3 == 0, EVENT, WEBINAR), CHAMPION)


def _trainings(piece: Piece) -> Touches:
    row, day = _attended(piece, "training", YEAR, ((0.0, 0.4), (0.8, 1.3), (2.0, 3.4)))
    return _all(row, day, TRAINING, USER)


def _community(piece: Piece) -> Touches:
    row, day = _attended(piece, "advocacy", 91, ((0.0, 0.2), (0.7, 1.3), (2.0, 3.0)))
    return _all(row, day, COMMUNITY, CHAMPION)


def _references(piece: Piece) -> Touches:
    row, day = _attended(piece, "advocacy", YEAR, ((0.0, 0.0), (0.2, 0.9), (1.0, 2.2)))
    return _all(row, day, REFERENCE, CHAMPION)


def _every(piece: Piece, days: float, lead: int) -> tuple[Ints, Ints]:
    gap: Floats = np.full(piece.n, days)
    return recurring(piece.rng, piece.since(lead), piece.last, gap, 0.3)


def _declined(piece: Piece) -> Touches:
    """Invitations nobody took up: about every six weeks, whoever is asked."""
    row, day = _every(piece, 45.0, 182)
    kind = np.where(np.arange(len(row)) % 3 == 0, EVENT, WEBINAR)
    return _all(row, day, kind, CHAMPION, np.zeros(len(row), bool))


def _mails(piece: Piece) -> Touches:
    """A letter every six weeks to everybody; whether it is answered is pure chance."""
    row, day = _every(piece, 45.0, 91)
    return _all(row, day, EMAIL, CHAMPION, happens(piece.rng, np.full(len(row), MAIL_ANSWERED)))


FAMILIES = (_sponsor, _champion, _users, _events, _declined, _trainings, _community, _mails, _references)
