"""Return on People: the number, its goal and rank, how it went, and whether profit or headcount moved it."""

from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard import findings
from dashboard.findings import people as told
from dashboard.look import Look
from dashboard.screens.people_book import People
from dashboard.tiles import limits_of
from metrics.benchmarks import Row
from metrics.people import AVERAGING, Split
from metrics.xmr import Limits

QUESTION = "Do we know our rank in Return on People, and our goal for the year?"
CHART = 440


def top(look: Look, people: People) -> Markup:
    """Question, finding, and the definition beneath."""
    parts = ["Net income ÷ full-time equivalents, after Anne C. Graham"]
    if people.now:
        parts.append(f"twelve months to {told.month(people.now.month, look.voice)}")
    parts += [look.f.currency, "of the whole company" if look.scope.is_all else "of the whole company, not as filtered"]
    return look.render("top", question=QUESTION, key="", line=" · ".join(parts), title=told.title(people, look.voice))


def facts(look: Look, people: People) -> Markup:
    """The number with its parts, the goal, and where it stands among others."""
    return look.render("people_facts", people=people, six=_six(look, people), title=told.made_of(people, look.voice))


def _six(look: Look, people: People) -> list[tuple[str, str, str]]:
    """Name, value and unit of what the number is made of and measured by."""
    f, now = look.f, people.now
    assert now is not None
    goal = people.goal
    gap = people.gap
    return [
        ("Return on People", f.money(people.value), "for each person, in twelve months"),
        ("Net income", f.money(float(now.profit or 0)), "twelve months"),
        ("People", f.number(float(now.fte or 0), 1), AVERAGING.removesuffix(" (FTE)")),
        ("Goal", f.money(goal[1]) if goal else "–", f"targets, {goal[0]}" if goal else "no target return_on_people"),
        ("To the goal", f.money(gap) if gap is not None and gap > 0 else "–" if gap is None else "reached",
         "for each person" if gap is None or gap > 0 else f"{f.money(-gap)} beyond it"),
    ]  # fmt: skip


def bridge(look: Look, people: People) -> Markup:
    """The change against a year before as a bridge: where it stood, profit, headcount, where it stands."""
    split = people.split
    steps = _steps(split) if isinstance(split, Split) else []
    return look.render(
        "people_bridge",
        title=told.moved(people, look.voice),
        people=people,
        split=split if isinstance(split, Split) else None,
        steps=_drawn(steps, look),
        csv=look.csv("return-on-people-split", lambda: pd.DataFrame(steps, columns=["step", "amount"]))
        if steps
        else None,
    )


def _steps(split: Split) -> list[tuple[str, float]]:
    """The four bars of the bridge to the cent; the headcount effect takes what rounding leaves, so that they add up."""
    was, now, profit = (round(float(part), 2) for part in (split.was, split.value, split.profit_effect))
    return [("was", was), ("profit", profit), ("headcount", round(now - was - profit, 2)), ("now", now)]


def _drawn(steps: list[tuple[str, float]], look: Look) -> list[dict[str, Any]]:
    """Each bar with its place: left and width in percent of the reach of all, from the common zero."""
    if not steps:
        return []
    (_, was), (_, profit), _, (_, now) = steps
    ends = {"was": (0.0, was), "profit": (was, was + profit), "headcount": (was + profit, now), "now": (0.0, now)}
    every = [0.0, *(value for pair in ends.values() for value in pair)]
    low, reach = min(every), (max(every) - min(every)) or 1.0
    return [
        {
            "step": name,
            "amount": amount,
            "left": (min(ends[name]) - low) / reach * 100,
            "width": max(abs(ends[name][1] - ends[name][0]) / reach * 100, 0.3),
            "zero": -low / reach * 100,
            "text": look.f.exact(amount) if name in ("was", "now") else look.f.change(amount, look.f.exact),
        }
        for name, amount in steps
    ]


def others(look: Look, people: People) -> Markup:
    """Every row there is to compare with; those that are compared with first."""
    found = people.benchmark
    used = found.rows if found else ()
    rows = sorted(found.every if found else (), key=lambda row: (row not in used, -(row.year or 0), row.population))
    return look.render(
        "people_others",
        title=told.rank(people, look.voice),
        standing=people.standing,
        rows=[(row, _value(look, row), row in used) for row in rows],
        csv=look.csv("return-on-people-benchmarks", lambda: pd.DataFrame([row.model_dump() for row in rows])),
    )


def _value(look: Look, row: Row) -> str:
    """A row's figure in its unit; money without a rate keeps its own currency."""
    if row.unit == "ratio":
        return look.f.share(row.value)
    return look.f.money(row.value) if row.is_comparable else f"{look.f.count(row.value)} {row.unit}"


def limits(people: People) -> Limits | None:
    """The normal range of the trailing values; None while they are too few."""
    return limits_of(people.trend["value"])


def show(look: Look) -> None:
    """Draw the screen."""
    import streamlit as st

    from dashboard.screens.canvas import draw

    people = People(look)
    draw(top(look, people), "top", "part", look.address.screen)
    left, right = st.columns(2, gap="medium")
    if people.value is None:
        with left.container(gap=None):
            draw(look.render("people_hole", words=people.missing), "hole")
        with right.container(gap=None):
            draw(others(look, people), "others")
    else:
        with left.container(gap=None):
            draw(facts(look, people), "facts")
            draw(others(look, people), "others")
        with right.container(gap=None):
            _trend(look, people)
            draw(bridge(look, people), "bridge")
    draw(foot(look, people), "foot", "part")


def foot(look: Look, people: People) -> Markup:
    """The footer line."""
    parts = ["cutting staff to lift it is not an option"]
    if people.now and people.value is not None:
        parts.append(f"net income and {AVERAGING}, finance to {told.month(people.now.month, look.voice)}")
    return look.render("foot", foot=findings.foot(look, parts))


def _trend(look: Look, people: People) -> None:
    """The trailing months as a picture."""
    from dashboard.panels import people as drawn
    from dashboard.screens.canvas import panel

    rows, known, goal = people.trend, limits(people), people.goal[1] if people.goal else None
    grey = "; grey: normal range (XmR), narrow as neighbours share eleven months" if known else ""
    panel(
        look,
        told.trend(people, look.voice),
        f"Trailing twelve months by month, {look.f.currency} a person{grey}",
        "people",
        drawn.figure(rows, known, goal, look.tone, look.f, CHART),
        drawn.alt(rows, known, goal, look.f),
        look.csv("return-on-people", lambda: rows),
    )
