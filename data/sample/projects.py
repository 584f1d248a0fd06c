"""Projects: the roll-out when an account joins or grows, and service projects about twice in fifteen months."""

import numpy as np

from data.sample.columns import Table, constant, money, optional, texts
from data.sample.draw import NEVER, Floats, Ints, Span, between, fares, happens, recurring
from data.sample.world import YEAR, Piece, Rows, World

KINDS = ("onboarding", "service")
LEAD = YEAR + 90


def projects(world: World) -> Rows:
    """Onboardings and service projects."""
    return world.pieces("projects", "projects", _projects)


def _projects(piece: Piece) -> Table:
    rng, calendar, row, start, kind = piece.rng, piece.calendar, *_started(piece)
    n, promised = len(row), between(piece.rng, 35, 80, len(row))
    late = _by_kind(piece, row, kind, (1.9, 1.6), (1.20, 1.06), (0.97, 0.86)) * (0.96 + 0.08 * rng.random(n))
    over = _by_kind(piece, row, kind, (1.35, 1.22), (1.13, 1.05), (0.97, 0.90)) * (0.97 + 0.06 * rng.random(n))
    quality = _by_kind(piece, row, kind, (1.8, 2.4), (3.1, 3.5), (4.3, 4.9)) + rng.normal(0, 0.3, n)
    budget = np.maximum(np.round(piece.of(piece.world.arr)[row] * (0.03 + 0.05 * rng.random(n)), -2), 2_000)
    finished = start + np.maximum(np.round(promised * late), 5).astype(int)
    finished = np.where(finished < piece.of(piece.world.left)[row], finished, NEVER)
    is_done = finished <= 0
    return {
        "project_id": piece.ids("P", n),
        "account_id": piece.codes(row),
        "kind": texts(KINDS, kind),
        "started_on": calendar.on(start),
        "promised_on": calendar.planned(start + promised),
        "finished_on": calendar.on(finished),
        "budget": money(budget),
        "cost": money(budget * over, is_done),
        "quality": optional(np.clip(np.round(quality), 1, 5).astype(int), is_done),
        "currency": constant("USD", n),
    }


def _started(piece: Piece) -> tuple[Ints, Ints, Ints]:
    """Account, first day and kind of each project; three accounts in twenty never have a service project."""
    joined, changed = piece.of(piece.world.joined), piece.of(piece.world.changed)
    last = np.where(happens(piece.rng, np.full(piece.n, 0.85)), piece.last, piece.since(LEAD) - 1)
    served, day = recurring(piece.rng, piece.since(LEAD), last, np.full(piece.n, 210.0), 0.4)
    fresh, grown = np.flatnonzero(joined > piece.world.first_day - LEAD), np.flatnonzero(changed <= 0)
    kind = np.repeat([1, 0], [len(served), len(fresh) + len(grown)])
    return np.concatenate([served, fresh, grown]), np.concatenate([day, joined[fresh], changed[grown]]), kind


def _by_kind(piece: Piece, row: Ints, kind: Ints, badly: Span, middling: Span, well: Span) -> Floats:
    """What the grade brings: that of services, or of the welcome for an onboarding."""
    grade = np.where(kind == 1, piece.grade("services")[row], piece.grade("welcome")[row])
    return fares(grade, badly, middling, well)
