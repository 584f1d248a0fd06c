"""The panel "Why did it move?" of an account: one view between two weeks, step by step."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard import reads
from dashboard.findings import why as findings
from dashboard.findings.why import Told
from dashboard.look import Look
from dashboard.reads import Card
from dashboard.reads import why as read
from dashboard.reads.why import Hand
from metrics.why import Side, Step, explain

BACK = 4
"""Weeks before the week shown that a view is compared with unless the address names another week."""
LEAST = 0.05
"""Points; a step that moves less is counted, not listed."""


def panel(look: Look, account_id: int, code: str) -> Markup:
    """The panel for the view and week the address asks for; nothing where it asks for none."""
    card = look.card(look.address.more.get("why", ""))
    weeks = read.weeks_before(look.generation, look.week)
    if card is None or not card.connected or not weeks:
        return Markup("")
    start = _start(look, weeks)
    told = _told(look, card, account_id, code, (start, look.week))
    if told is None:
        return Markup("")
    rows, small = _rows(told)
    return look.render(
        "why",
        card=card,
        told=told,
        title=findings.title(told),
        rows=rows,
        small=small,
        ends=_ends(told),
        alt=findings.alt(told, [(row["label"], row["points"]) for row in rows], _points(told)),
        note=_note(told),
        weeks=[{"text": look.f.day(week), "href": _href(look, week), "is_on": week == start} for week in weeks],
        close=look.address.here(why=None, **{"from": None}),
        csv=look.csv(f"why-{card.view}", lambda: table(told), code, start),
    )


def _start(look: Look, weeks: list[date]) -> date:
    """The week compared with: that of the address where it is one of ours, else four weeks before, else the first."""
    try:
        wanted = date.fromisoformat(look.address.more.get("from", ""))
    except ValueError:
        wanted = look.week - timedelta(weeks=BACK)
    usual = look.week - timedelta(weeks=BACK)
    return wanted if wanted in weeks else usual if usual in weeks else weeks[-1]


def _href(look: Look, week: date) -> str:
    is_usual = week == look.week - timedelta(weeks=BACK)
    return look.address.here(**{"from": None if is_usual else week.isoformat()})


def _told(look: Look, card: Card, account_id: int, code: str, weeks: tuple[date, date]) -> Told | None:
    now = read.definition_now(look.generation, card.view)
    if now is None:
        return None
    then = read.definition_then(look.generation, card.view, *weeks) or now
    measures = tuple(sorted({place.measure for place in (*then.places, *now.places)}))
    known = read.known(look.generation, look.scope, account_id, weeks, measures)
    if not known:
        return None
    hands = (_hand(look, account_id, code, card, weeks[0]), _hand(look, account_id, code, card, weeks[1]))
    before, after = (
        Side(definition, each.account, each.reading, hand.points if hand else None, each.is_live)
        for definition, each, hand in zip((then, now), (known[week] for week in weeks), hands, strict=True)
    )
    return Told(card, explain(before, after), weeks, hands, _na_words(look, card), look.f)


def _hand(look: Look, account_id: int, code: str, card: Card, week: date) -> Hand | None:
    """What a person set for the view in a week."""
    if week < look.weeks[-1]:
        return read.hand_then(look.generation, account_id, card.view, week)
    found = reads.by_hand(look.generation, look.scope, week).standing.get((code, card.view))
    return Hand(found.author, found.points, found.reason) if found else None


def _na_words(look: Look, card: Card) -> dict[str, str]:
    """Why each measure of the view can be NA, in its own words."""
    said = {place.entry: reads.definition(look.generation, place.measure).get("na", "") for place in card.connected}
    return {entry: str(words) for entry, words in said.items() if words}


def _points(told: Told) -> tuple[float | None, float | None]:
    return told.found.before.points, told.found.after.points


def _ends(told: Told) -> list[dict[str, Any]]:
    """The first and the last bar: points and state of both weeks, or why there is none."""
    made = []
    for side, week in zip((told.found.before, told.found.after), told.weeks, strict=True):
        state = findings.state(side)
        unscored = "" if side.points is not None else findings.why_unscored(side, told.formats)
        made.append({"week": week, "points": side.points, "state": state, "unscored": unscored})
    return made


def _rows(told: Told) -> tuple[list[dict[str, Any]], list[str]]:
    """The steps worth a line, each with its bar, and the names of measures that changed without moving the score."""
    steps = told.found.steps
    listed = [step for step in steps if _is_listed(step)]
    small = [told.label(step) for step in steps if not _is_listed(step)]
    change = told.found.change
    shown = (
        findings.in_tenths([step.points or 0.0 for step in listed], _shown_change(told)) if change is not None else []
    )
    rows = []
    for nth, step in enumerate(listed):
        points = shown[nth] if shown else None
        rows.append(
            {
                "kind": findings.KINDS[step.kind],
                "label": told.label(step),
                "words": findings.words(told, step),
                "points": points,
                "shown": told.formats.change(points, lambda value: told.formats.number(value, 1)),
                "at": step.at,
                "left": _left(step),
                "width": abs(step.points or 0),
            }
        )
    return rows, small


def _left(step: Step) -> float | None:
    """Where a step's bar begins; None for a step that moves nothing to be seen."""
    if step.at is None or step.points is None or abs(step.points) < LEAST:
        return None
    return min(step.at, step.at - step.points)


def _is_listed(step: Step) -> bool:
    """A value that moved nothing is counted; anything else that changed is told, whatever it did."""
    return step.kind != "values" or step.points is None or abs(step.points) >= LEAST


def _shown_change(told: Told) -> float:
    """The change as the two ends show it, so that the column adds up to the eye."""
    old, new = _points(told)
    return round(new or 0.0, 1) - round(old or 0.0, 1)


def _note(told: Told) -> str:
    """What a reader has to know beside the steps."""
    if any(step.kind == "definition" for step in told.found.steps):
        return "the earlier week stands as the view was defined then; all other history is scored by today’s definition"
    return ""


def table(told: Told) -> pd.DataFrame:
    """Every step with its exact contribution, listed or not."""
    rows = [
        {
            "step": step.kind,
            "measure": told.label(step),
            "what": findings.words(told, step),
            "points": step.points,
            "stands_at": step.at,
        }
        for step in told.found.steps
    ]
    ends = [
        {
            "step": "week",
            "measure": week.isoformat(),
            "what": findings.state(side),
            "points": None,
            "stands_at": side.points,
        }
        for side, week in zip((told.found.before, told.found.after), told.weeks, strict=True)
    ]
    return pd.DataFrame([ends[0], *rows, ends[1]]).astype({"points": float, "stands_at": float})
