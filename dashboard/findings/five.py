"""The answers to the five questions: two short lines each, computed, with a quiet form."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from dashboard.reads.people import Behaviour
from dashboard.voice import Voice, capital, counted, fitting, shortened
from metrics.people import Split

if TYPE_CHECKING:
    from dashboard.findings.plan import Plan
    from dashboard.reads.plan import Course
    from dashboard.screens.people_book import People

ANSWER = 64
"""Characters that fit two lines of a fifth of the page."""


def plan(plan: "Plan", voice: Voice) -> str:
    """Profit with what strategies are to add, against the target; or that there is no plan."""
    f = voice.formats
    if plan.gap is not None and plan.goal is not None:
        of = f"Plan of {f.money(plan.planned)}" if plan.count else f"Profit of {f.money(plan.profit)}"
        if plan.gap > 0:
            return fitting(f"{of} is {f.money(plan.gap)} short of {plan.goal[0]}", limit=ANSWER)
        return fitting(f"{of} reaches the target for {plan.goal[0]}", limit=ANSWER)
    if not plan.count:
        return f"{f.money(plan.profit)} of profit, and no strategy is open"
    return f"{f.money(plan.more)} more is planned on {f.money(plan.profit)} of profit"


def strategies(plan: "Plan", courses: Sequence["Course"], day: date, voice: Voice) -> str:
    """Profit now, and how many strategies are open and overdue."""
    f = voice.formats
    late = sum(course.strategy.is_open and course.strategy.is_overdue(day) for course in courses)
    still = sum(course.strategy.is_open for course in courses)
    if not still:
        return f"target {f.money(plan.goal[1])}, no strategy for it" if plan.goal else "no target, no strategy"
    return f"{f.money(plan.profit)} now; {f.count(late)} of {counted(still, 'strategy', f)} overdue"


def people(people: "People", voice: Voice) -> str:
    """The rank and the way to the goal; the flag where headcount made the rise."""
    f = voice.formats
    if isinstance(people.split, Split) and people.split.is_by_headcount:
        how = "fewer people" if people.split.is_with_fewer else "spread losses"
        return fitting(f"It rose {f.money(float(people.split.change))}, more by {how} than by profit", limit=ANSWER)
    standing = people.standing
    is_told = standing is not None and not standing.words.startswith("not comparable")
    rank = standing.words.split(",")[0] if standing and is_told else f"{f.money(people.value)} a person"
    if people.gap is None:
        return fitting(f"{capital(rank)}; no goal is set", capital(rank), limit=ANSWER)
    if people.gap <= 0:
        return fitting(f"{capital(rank)}; the goal is reached", capital(rank), limit=ANSWER)
    short = f"{f.money(people.gap)} per person to the goal"
    return fitting(f"{capital(rank)}; {short}", capital(short), limit=ANSWER)


def profit(bands: pd.DataFrame, voice: Voice) -> str:
    """What losers cost of what winners earn."""
    gains, losses = float(bands["gains"].sum()), float(bands["losses"].sum())
    if not losses:
        return "No account loses money"
    if not gains:
        return "No account earns money"
    return f"Losers cost {voice.formats.share(losses / gains)} of what winners earn"


def experience(stage: str, kept: float, stages: int, goal: float | None, voice: Voice) -> str:
    """The stage that keeps its standard least; or that all do."""
    f, name = voice.formats, capital(shortened(stage, 34))
    if goal is not None and kept >= goal:
        every = "It keeps its standard" if stages == 1 else f"All {f.count(stages)} stages keep their standards"
        return fitting(f"{every}: {f.share(kept)} at least", limit=ANSWER)
    only = "only " if goal is not None else ""
    return fitting(f"{name} is right first time in {only}{f.share(kept)}", f"{name}: right in {f.share(kept)}",
                   limit=ANSWER)  # fmt: skip


def bands(red: float, voice: Voice) -> str:
    """How much is red in Client Experience."""
    return f"{voice.formats.share(red, 1)} {voice.of_all} is red in Client Experience"


def behaviour(found: Behaviour, voice: Voice) -> str:
    """What the dearest behaviour of ours costs; or that none costs more than elsewhere."""
    if not found.ours:
        return "No bad rating is caused by us" if found.bad else "No account is rated badly by any driver"
    if not found.extra:
        return "No behaviour of ours costs more than elsewhere"
    costs = f"costs {voice.formats.money(found.extra)}"
    return fitting(
        f"Our part in “{shortened(found.driver, 32)}” {costs}",
        f"Our part in “{shortened(found.driver, 22)}” {costs}",
        limit=ANSWER,
    )


def ratings(found: Behaviour, voice: Voice) -> str:
    """Where that is, and how many of the bad ratings are caused by us."""
    f = voice.formats
    if not found.bad:
        return f"{counted(found.rated, 'account', f)} rated by {counted(found.drivers, 'driver', f)}"
    ours = f"{f.count(found.ours)} of {f.count(found.bad)} bad ratings are ours"
    return f"at {counted(found.accounts, 'account', f)}; {ours}" if found.extra else ours


def against(value: str, goal: str | None, before: str | None, when: str) -> str:
    """$38K, goal $42K; $35K a year before."""
    told = f"{value}, goal {goal}" if goal is not None else f"{value}, no goal"
    return f"{told}; {before} {when}" if before is not None else told


def connect(missing: str) -> str:
    """What to do about a hole: Connect finance.net_income and finance.fte."""
    return capital(missing.replace("not connected: ", "connect "))
