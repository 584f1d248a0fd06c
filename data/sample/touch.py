"""Who met whom: meetings, calls, events, trainings, community, mails and references."""

import numpy as np

from data.sample.book import Sponsors, contact_ids, segments, sponsor_number, sponsors
from data.sample.catalogue import CSMS
from data.sample.draw import NEVER, Flags, Floats, Ints, curve, happens, numbered, recurring, stream, texts
from data.sample.sink import Calendar
from data.sample.world import YEAR, World, Writer

KINDS = ("meeting", "business_review", "executive_call", "event", "webinar", "training", "community", "email", "reference", "survey")
SILENCE = 56  # days before leaving from which the sponsor is not heard of again
MAIL_ANSWERED = 0.30  # of all mails, whoever gets them: it says nothing about an account

Touches = tuple[Ints, Ints, Ints, Ints, Flags]  # account within the piece, day, kind, contact number, attended


class _Piece:
    """One piece of the accounts and what all kinds of contact there share."""

    def __init__(self, world: World, part: slice) -> None:
        self.world, self.part = world, part
        self.rng = stream(world.seed, "touchpoints", part.start)
        self.chairs: Sponsors = sponsors(world, part)
        self.is_small = segments(world)[part] == 2

    def level(self, name: str) -> Floats:
        return self.world.level[name][self.part]

    def happening(self, every: Floats, lead: int, jitter: float = 0.5, quiet: int = 0) -> tuple[Ints, Ints]:
        """Who and when, up to `quiet` days before an account leaves."""
        last = np.minimum(self.world.left[self.part] - 1 - quiet, 0)
        return recurring(self.rng, self.world.since(lead)[self.part], last, every, jitter)


def touchpoints(world: World) -> Writer:
    """Every contact, two-way or tried, account by account."""
    cal, told = Calendar(world.as_of), 0
    for part in world.chunks():
        piece = _Piece(world, part)
        kinds = (_sponsor, _champion, _users, _invitations, _training, _community, _mails, _references)
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
    share = curve(piece.level("bond"), (0, 0.35), (0.11, 0.55), (0.14, 0.74), (0.40, 0.84), (0.45, 0.96), (1, 1.0))
    return happens(piece.rng, share[who])


def _sponsor(piece: _Piece) -> Touches:
    """Meetings with the sponsor and the economic buyer in turn; they end eight weeks before an account leaves."""
    every = curve(piece.level("bond"), (0, 190), (0.11, 130), (0.14, 58), (0.40, 44), (0.45, 24), (1, 17))
    who, day = piece.happening(every, 119, 0.35, quiet=SILENCE)
    turn = np.arange(len(who)) % 2
    person = np.where(turn == 0, sponsor_number(piece.chairs, who, day), 2)
    kind = np.where(turn == 0, 2, np.where(np.arange(len(who)) % 6 == 1, 1, 0))
    return _all(piece, who, day, kind, person, _shows_up(piece, who) | (kind == 2))


def _champion(piece: _Piece) -> Touches:
    every = curve(piece.level("bond"), (0, 110), (0.11, 80), (0.14, 46), (0.40, 38), (0.45, 27), (1, 22))
    who, day = piece.happening(every, 182)
    return _all(piece, who, day, 0, 3, _shows_up(piece, who))


def _users(piece: _Piece) -> Touches:
    """Working meetings with users and influencers in turn; small accounts have no influencer."""
    every = curve(piece.level("bond"), (0, 220), (0.11, 150), (0.14, 70), (0.40, 55), (0.45, 36), (1, 30))
    who, day = piece.happening(every, 182)
    person = np.where(piece.is_small[who], 4, 4 + np.arange(len(who)) % 2)
    return _all(piece, who, day, 0, person, _shows_up(piece, who))


def _invitations(piece: _Piece) -> Touches:
    """Everybody is invited about monthly; how often they come differs."""
    who, day = piece.happening(np.full(len(piece.is_small), 30.0), 182)
    turns = curve(piece.level("marketing"), (0, 60), (0.11, 18), (0.14, 5.2), (0.40, 3.6), (0.45, 2.1), (1, 1.3))
    phase = piece.rng.random(len(turns)) * turns
    nth = np.arange(len(who)) - np.searchsorted(who, who)
    attended = np.floor((nth + phase[who]) / turns[who]) != np.floor((nth + 1 + phase[who]) / turns[who])
    return _all(piece, who, day, np.where(nth % 3 == 0, 3, 4), 3 + nth % 2, attended)


def _training(piece: _Piece) -> Touches:
    every = curve(piece.level("training"), (0, 1500), (0.11, 800), (0.15, 330), (0.40, 250), (0.45, 165), (1, 110))
    who, day = piece.happening(every, YEAR)
    return _all(piece, who, day, 5, 4, np.ones(len(who), bool))


def _community(piece: _Piece) -> Touches:
    every = curve(piece.level("advocacy"), (0, 1200), (0.10, 500), (0.14, 120), (0.40, 75), (0.45, 42), (1, 30))
    who, day = piece.happening(every, 91)
    return _all(piece, who, day, 6, 4, np.ones(len(who), bool))


def _mails(piece: _Piece) -> Touches:
    """A letter a month to everybody; whether it is answered is pure chance."""
    who, day = piece.happening(np.full(len(piece.is_small), 26.0), 91)
    return _all(piece, who, day, 7, 3, happens(piece.rng, np.full(len(who), MAIL_ANSWERED)))


def _references(piece: _Piece) -> Touches:
    every = curve(piece.level("advocacy"), (0, 9000), (0.20, 4000), (0.26, 700), (0.45, 420), (0.50, 290), (1, 190))
    who, day = piece.happening(every, YEAR)
    return _all(piece, who, day, 8, 3, np.ones(len(who), bool))
