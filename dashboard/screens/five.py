"""The five questions at the head of *This week*, from 10,000 feet down: each with its number, its state and a way down.

They read tables a build made; what is not connected is said in the place of the answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.findings import five as told
from dashboard.findings.plan import plan_of
from dashboard.look import Look
from dashboard.reads import people as asked
from dashboard.reads import plan as planned
from dashboard.screens.people_book import People
from dashboard.tiles import Tile
from data.journal.place import JournalError

FIRST_TIME_RIGHT = "first_time_right"
FEWEST = 10
"""Observations in a quarter below which a stage is named only where no other has more."""
NO_INVOICE = "no account has an invoice in the profit window"


@dataclass(frozen=True)
class Bullet:
    """A number against its goal and what it was: places on a line from 0 to 1, None where there is none."""

    value: float
    goal: float | None = None
    before: float | None = None


@dataclass(frozen=True)
class Question:
    """One of the five. `missing` says what to connect in place of an answer; `shares` are parts of a whole bar."""

    feet: str
    asks: str
    href: str
    answer: str = ""
    note: str = ""
    bullet: Bullet | None = None
    shares: tuple[tuple[str, float], ...] = ()
    missing: str = ""


def five(look: Look, seven: Sequence[Tile], bands: pd.DataFrame) -> list[Question]:
    """The five questions, the highest first. `bands` are those of the profit panel."""
    return [plan(look, bands), people(look), profit(look, bands), experience(look, seven), behaviour(look)]


def plan(look: Look, bands: pd.DataFrame) -> Question:
    """Profit with what strategies are to add, against the target; and how many strategies are overdue."""
    question = Question("10,000 ft", "Does profit come first in the plan?", look.address.to("plan"))
    if bands.empty or bands["profit"].isna().all():
        return _hole(question, look.company.profit_missing or NO_INVOICE)
    earned = float(bands["profit"].sum())
    is_year = look.scope.is_all and look.company.profit_window_weeks == 52
    goal = planned.year_goal(look.generation, "profit", look.week) if is_year else None
    try:
        courses = planned.courses(look.generation, look.scope, look.week)
    except JournalError:
        return _answered(question, f"{look.f.money(earned)} of profit", "the journal of strategies can’t be read", None)
    found = plan_of(earned, courses, goal)
    return _answered(
        question,
        told.plan(found, look.voice),
        told.strategies(found, courses, look.week, look.voice),
        _bullet(earned, goal[1] if goal else None, found.planned),
    )


def people(look: Look) -> Question:
    """Return on People: rank and goal."""
    found, f = People(look), look.f
    question = Question("8,000 ft", "Return on People: where do we rank?", look.address.to("people"))
    if found.value is None:
        return _hole(question, found.missing or "")
    before = found.trend["value"].iloc[-13] if len(found.trend) > 12 else None
    goal = found.goal[1] if found.goal else None
    return _answered(
        question,
        told.people(found, look.voice),
        told.against(f.money(found.value), f.money(goal) if goal is not None else None,
                     f.money(before) if before is not None else None, "a year before"),
        _bullet(found.value, goal, before),
    )  # fmt: skip


def profit(look: Look, bands: pd.DataFrame) -> Question:
    """The customer profit ratio, as accounts by band."""
    question = Question("5,000 ft", "Do we know our customer profit ratio?", look.address.to("profit"))
    if bands.empty or bands["profit"].isna().all():
        return _hole(question, look.company.profit_missing or NO_INVOICE)
    accounts = dict(zip(bands["band"], bands["accounts"].tolist(), strict=True))
    counts = [float(accounts.get(name, 0)) for name in ("profitable", "marginal", "unprofitable")]
    shares = [count / (sum(counts) or 1.0) for count in counts]
    parts = " : ".join(str(round(share * 100)) for share in shares)
    return Question(
        question.feet, question.asks, question.href, told.profit(bands, look.voice),
        f"{parts} % of accounts earn, break even, lose", shares=tuple(zip(("ink", "py", "red"), shares, strict=True)),
    )  # fmt: skip


def experience(look: Look, seven: Sequence[Tile]) -> Question:
    """How often standards were kept; without them how many are red in Client Experience."""
    view = "client_experience" if "client_experience" in look.views else "views"
    question = Question("3,000 ft", "Is the experience right every time?", look.address.to(view))
    rows = asked.standards(look.generation, look.scope, look.week)
    if rows.empty:
        return _by_bands(look, question, seven)
    goal = asked.goal(look.generation, FIRST_TIME_RIGHT, look.week)
    known = rows[rows["observed"] >= FEWEST]
    worst = (known if len(known) else rows).iloc[0]
    kept = int(worst["kept"]) / int(worst["observed"])
    before = int(worst["was_kept"]) / int(worst["was_observed"]) if worst["was_observed"] else None
    seen = f"{look.f.count(worst['kept'])} of {look.f.count(worst['observed'])}"
    note = told.against(seen, look.f.share(goal[1]) if goal else None,
                        look.f.share(before) if before is not None else None, "the quarter before")  # fmt: skip
    return _answered(
        question,
        told.experience(str(worst["stage"]), kept, len(rows), goal[1] if goal else None, look.voice),
        note,
        _bullet(kept, goal[1] if goal else None, before, most=1.0),
    )


def _by_bands(look: Look, question: Question, seven: Sequence[Tile]) -> Question:
    """The bands of Client Experience, where no standard is observed."""
    tile = next((tile for tile in seven if tile.card.view == "client_experience" and tile.is_scored), None)
    if tile is None:
        return _hole(question, "not connected: standards, and nothing is scored in Client Experience")
    shares = tuple(zip(("green-f", "amber-f", "red"), (tile.shares[p] for p in ("green", "amber", "red")), strict=True))
    return Question(
        question.feet, question.asks, question.href, told.bands(tile.shares["red"], look.voice),
        "connect standards to tell how often they are kept", shares=shares,
    )  # fmt: skip


def behaviour(look: Look) -> Question:
    """What the dearest behaviour of our own costs."""
    question = Question("1,000 ft", "Do people know their part in profit?", look.address.to("profit", part="behaviour"))
    found = asked.own_behaviour(look.generation, look.scope)
    if found is None:
        return _hole(question, "not connected: drivers")
    parts = (("ink", found.ours / found.bad), ("py", 1 - found.ours / found.bad)) if found.bad else ()
    return Question(
        question.feet, question.asks, question.href, told.behaviour(found, look.voice),
        told.ratings(found, look.voice), shares=parts,
    )  # fmt: skip


def _answered(question: Question, answer: str, note: str, bullet: Bullet | None) -> Question:
    return Question(question.feet, question.asks, question.href, answer, note, bullet)


def _hole(question: Question, missing: str) -> Question:
    """What to connect, as an imperative."""
    return Question(question.feet, question.asks, question.href, missing=told.connect(missing))


def _bullet(value: float, goal: float | None, before: float | None = None, most: float | None = None) -> Bullet | None:
    """The numbers on one line from zero; no bar where all of them are below it."""
    known = [number for number in (value, goal, before) if number is not None]
    reach = most if most is not None else max(known) * 1.12
    if reach <= 0:
        return None

    def at(number: float | None) -> float | None:
        return None if number is None else min(max(number / reach, 0.0), 1.0)

    return Bullet(at(value) or 0.0, at(goal), at(before))
