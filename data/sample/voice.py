"""What customers say: surveys of every kind. The survey system delivers late; its last answers are nine days old."""

from functools import partial
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from data.sample.book import CHAMPION, chairs, contact_ids, sponsor_on
from data.sample.columns import Table, constant, joined, texts
from data.sample.draw import Ints, fares, happens, recurring
from data.sample.world import YEAR, Piece, Rows, World

LAST_DAY = -9
BIG = 12  # the largest accounts always answer, and with one voice


class Survey(NamedTuple):
    """One kind of survey: the grade behind its answers, how often an account is asked, who answers, its scale."""

    kind: str
    grade: str
    every: float
    answering: float
    top: int


SURVEYS = (
    Survey("nps", "advocacy", 95.0, 0.94, 10),
    Survey("sentiment", "advocacy", 62.0, 0.95, 5),
    Survey("sales", "welcome", 250.0, 0.80, 10),
    Survey("onboarding", "welcome", 290.0, 0.75, 10),
    Survey("support", "support", 200.0, 0.70, 5),
    Survey("quality", "product", 190.0, 0.88, 10),
    Survey("outcome", "outcome", 330.0, 0.60, 5),
)
PRAISE = (
    "Runs every shift, we forget it is there.", "Your people know our line.", "Worth what we pay.",
    "Quick answers, thank you.",
)  # fmt: skip
BLAME = (
    "Three visits for one gripper.", "The last firmware cost us a weekend.", "Nobody told us about the price.",
    "Too long until it ran.",
)  # fmt: skip


def surveys(world: World) -> Rows:
    """The answers, kind by kind and account by account."""
    kinds = (world.pieces(f"survey {s.kind}", "surveys", partial(_answers, survey=s)) for s in SURVEYS)
    return chain.from_iterable(kinds)


def _answers(piece: Piece, survey: Survey) -> Table:
    rng, rank = piece.rng, piece.of(piece.world.rank)
    answers = (happens(rng, np.full(piece.n, survey.answering)) | (rank < BIG)) & (rank % 31 != 18)
    last = np.where(answers, np.minimum(piece.last, LAST_DAY), piece.since(YEAR))
    row, day = recurring(rng, piece.since(YEAR) + 20, last, np.full(piece.n, survey.every), 0.3)
    turn = np.arange(len(row)) % 3
    person = np.where(turn == 0, sponsor_on(chairs(piece), row, day), turn + CHAMPION - 1)
    score = _scores(piece, survey, row, person)
    return {
        "response_id": joined("Q", survey.kind, "-", piece.ids("", len(row))),
        "account_id": piece.codes(row),
        "contact_id": contact_ids(piece, row, person),
        "kind": constant(survey.kind, len(row)),
        "answered_on": piece.calendar.on(day),
        "score": pa.array(score),
        "score_max": pa.array(np.full(len(row), survey.top)),
        "comment": _comments(rng, score, survey.top),
    }


def _scores(piece: Piece, survey: Survey, row: Ints, person: Ints) -> Ints:
    """Answers on the scale of the survey, from 0 for nps, else from 1: people keep to their opinion."""
    grade, bottom = piece.grade(survey.grade), 0 if survey.kind == "nps" else 1
    if survey.kind == "nps":
        temper = piece.rng.normal(0, 0.7, (piece.n, 8)) * (piece.of(piece.world.rank) >= BIG)[:, None]
        middle = fares(grade, (2.5, 5.4), (7.9, 8.5), (9.5, 10.0))[row] + temper[row, person]
    else:
        share = fares(grade, (0.02, 0.40), (0.57, 0.70), (0.80, 0.97))[row]
        middle = 1 + (survey.top - 1) * share + piece.rng.normal(0, 0.04, len(row))
    return np.clip(np.round(middle), bottom, survey.top).astype(np.int64)


def _comments(rng: np.random.Generator, score: Ints, top: int) -> Any:
    """A sentence for one answer in six."""
    is_said = happens(rng, np.full(len(score), 1 / 6))
    which = rng.integers(0, len(PRAISE), len(score)) + np.where(score >= 0.75 * top, 0, len(PRAISE))
    return texts((*PRAISE, *BLAME), np.where(is_said, which, -1))
