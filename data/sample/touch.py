"""Who met whom: meetings, calls, events, trainings, community, mails and references."""

import numpy as np

from data.sample.book import Sponsors, contact_ids, segments, sponsor_number, sponsors
from data.sample.catalogue import CSMS
from data.sample.draw import Flags, Floats, Ints, Span, evenly, fares, happens, numbered, recurring, rounds, stream, texts
from data.sample.sink import Calendar
from data.sample.world import YEAR, World, Writer

KINDS = ("meeting", "business_review", "executive_call", "event", "webinar", "training", "community", "email", "reference", "survey")
SILENCE = 56  # days before leaving from which the sponsor is not heard of again
MAIL_ANSWERED = 0.2  # of all mails, whoever gets them: it says nothing about an account

Touches = tuple[Ints, Ints, Ints, Ints, Flags]  # account within the piece, day, kind, contact number, attended


class _Piece:
    """One piece of the accounts and what all kinds of contact there share."""

    def __init__(self, world: World, part: slice) -> None:
        self.world, self.part = world, part
        self.rng = stream(world.seed, "touchpoints", part.start)
        self.chairs: Sponsors = sponsors(world, part)
        self.is_small = segments(world)[part] == 2

    def fares(self, name: str, badly: Span, middling: Span, well: Span) -> Floats:
        return fares(self.world.grade[name][self.part], badly, middling, well)

    def happening(self, every: Floats, lead: int, jitter: float = 0.3, quiet: int = 0) -> tuple[Ints, Ints]:
        """Who and when, up to `quiet` days before an account leaves."""
        last = np.minimum(self.world.left[self.part] - 1 - quiet, 0)
        return recurring(self.rng, self.world.since(lead)[self.part], last, every, jitter)


def touchpoints(world: World) -> Writer:
    """Every contact, two-way or tried, account by account."""
    cal, told = Calendar(world.as_of), 0
    for part in world.chunks():
        piece = _Piece(world, part)
        kinds = (_sponsor, _champion, _users, _events, _declined, _trainings, _community, _mails, _references)
        columns = [np.concatenate(c) for c in zip(*(kind(piece) for kind in kinds), strict=True)]
        order = np.lexsort((columns[1], columns[0]))
        row, day, kind, person, attended = (column[order] for column in columns)
        account = row + part.start
        named = contact_ids(world.codes, account, np.maximum(person, 1))
        yield (
            "touchpoints",
            {
                "touchpoint_id": numbered("C", np.arange(len(row)) + told + 1, 8),
                "account_id": texts(world.codes, account),
                "contact_id": named.filter(person > 0) if (person > 0).all() else _blank(named, person),
                "kind": texts(KINDS, kind),
                "happened_on": cal.on(day),
                "attended": attended,
                "host": texts(CSMS, world.csm[account]),
            },
        )
        told += len(row)


def _blank(named: object, person: Ints) -> object:
    import pyarrow.compute as pc

    return pc.if_else(person > 0, named, None)


def _all(piece: _Piece, who: Ints, day: Ints, kind: int | Ints, person: int | Ints, attended: Flags) -> Touches:
    n = len(who)
    return who, day, np.broadcast_to(kind, n), np.broadcast_to(person, n), attended


def _shows_up(piece: _Piece, who: Ints) -> Flags:
    share = piece.fares("bond", (0.30, 0.55), (0.70, 0.82), (0.95, 1.0))
    return evenly(piece.rng, who, share)


def _sponsor(piece: _Piece) -> Touches:
    """Meetings with the sponsor and the economic buyer in turn; they end eight weeks before an account leaves."""
    every = piece.fares("bond", (190, 125), (70, 50), (24, 17))
    who, day = piece.happening(every, 119, 0.35, quiet=SILENCE)
    turn = np.arange(len(who)) % 2
    person = np.where(turn == 0, sponsor_number(piece.chairs, who, day), 2)
    kind = np.where(turn == 0, 2, np.where(np.arange(len(who)) % 6 == 1, 1, 0))
    return _all(piece, who, day, kind, person, _shows_up(piece, who) | (kind == 2))


def _champion(piece: _Piece) -> Touches:
    every = piece.fares("bond", (190, 130), (90, 65), (27, 22))
    who, day = piece.happening(every, 182)
    return _all(piece, who, day, 0, 3, _shows_up(piece, who))


def _users(piece: _Piece) -> Touches:
    """Working meetings with users and influencers in turn; small accounts have no influencer."""
    every = piece.fares("bond", (300, 200), (130, 95), (36, 30))
    who, day = piece.happening(every, 182)
    person = np.where(piece.is_small[who], 4, 4 + np.arange(len(who)) % 2)
    return _all(piece, who, day, 0, person, _shows_up(piece, who))


def _events(piece: _Piece) -> Touches:
    """Events and webinars they came to."""
    return _attended(piece, "marketing", 182, ((0.0, 0.0), (0.8, 1.2), (2.0, 3.6)), 3)


def _declined(piece: _Piece) -> Touches:
    """Invitations nobody took up: about every six weeks, whoever is asked."""
    who, day = piece.happening(np.full(len(piece.is_small), 45.0), 182)
    return _all(piece, who, day, np.where(np.arange(len(who)) % 3 == 0, 3, 4), 3, np.zeros(len(who), bool))


def _trainings(piece: _Piece) -> Touches:
    return _attended(piece, "training", YEAR, ((0.0, 0.4), (0.8, 1.3), (2.0, 3.4)), 5)


def _community(piece: _Piece) -> Touches:
    return _attended(piece, "advocacy", 91, ((0.0, 0.2), (0.7, 1.3), (2.0, 3.0)), 6)


def _references(piece: _Piece) -> Touches:
    return _attended(piece, "advocacy", YEAR, ((0.0, 0.0), (0.2, 0.9), (1.0, 2.2)), 8)


def _attended(piece: _Piece, grade: str, window: int, times: tuple[Span, Span, Span], kind: int) -> Touches:
    """What a customer takes part in, so many times in each window."""
    every = rounds(piece.world.grade[grade][piece.part], window, *times)
    who, day = piece.happening(every, window, 0.12)
    return _all(piece, who, day, kind, 4 if kind == 5 else 3, np.ones(len(who), bool))


def _mails(piece: _Piece) -> Touches:
    """A letter every six weeks to everybody; whether it is answered is pure chance."""
    who, day = piece.happening(np.full(len(piece.is_small), 45.0), 91)
    return _all(piece, who, day, 7, 3, happens(piece.rng, np.full(len(who), MAIL_ANSWERED)))
