"""Client Outcomes for the client: one page and one table with the goals and the measures of that view, nothing else.

The page is handed over, so it is built from its own reads: no other view, no money of ours, no name and no comment of
our own people can get into it. It leaves the house only where the view's scorecard names the client as its audience.
"""

import re
from base64 import b64encode
from datetime import timedelta
from functools import cache
from typing import Any

import pandas as pd

from dashboard import files, reads, theme
from dashboard.findings import client_page as told
from dashboard.findings import goals as goal_words
from dashboard.look import Look
from dashboard.panels import bullets
from dashboard.reads import Card
from dashboard.reads import goals as goal_reads
from dashboard.records import records
from dashboard.templating import HERE

VIEW = "client_outcomes"
WIDTH = 260
CLIENTS = frozenset({"the client", "client", "the clients", "clients"})
"""Words by which a scorecard's `audience` lists the client."""
ONE_WEEK = timedelta(weeks=1)
WEIGHTS = {400: "Regular", 600: "SemiBold"}


def may_leave(card: Card | None) -> bool:
    """Whether a view is for clients: a client view whose scorecard lists the client in its `audience`."""
    if card is None or card.side != "client":
        return False
    listed = {part.strip().casefold() for part in re.split(r",|\band\b", card.audience)}
    return bool(listed & CLIENTS)


def offers(look: Look, account_id: int, code: str) -> dict[str, str]:
    """Links to the page and to the table; or the `reason` why there is none."""
    card = look.card(VIEW)
    if card is None:
        return {"reason": "Client Outcomes is switched off, so there is no page for the client."}
    if not may_leave(card):
        return {"reason": f"No page for the client: the scorecard says {card.title} is for {card.audience}."}
    name = f"client-outcomes-{re.sub(r'[^A-Za-z0-9]', '-', code)[:40]}-{look.week.isoformat()}"
    key = "\0".join([look.generation.name, look.week.isoformat(), repr(look.scope), code])
    return {
        "html": files.page(f"{name}.html", key, lambda: page(look, account_id, code)),
        "csv": files.offer(f"{name}.csv", key, lambda: table(look, account_id)),
        "reason": "",
    }


def page(look: Look, account_id: int, code: str) -> str:
    """The page as one file that needs nothing beside it, on screen and on paper."""
    account = reads.find_account(look.generation, look.scope, code)
    assert account is not None, "an offer is made for an account that was found"
    card = look.card(VIEW)
    assert card is not None
    goals = _goals(look, account_id)
    return str(
        look.render(
            "client_page",
            title=told.title(goals, look.f),
            view=card.title,
            client=str(account["name"] or code),
            goals=[_goal(look, goal) for goal in goals],
            measures=_measures(look, card, account_id),
            fonts=_fonts(),
            tokens=theme.PRINT,
            language=look.f.locale.partition("_")[0],
        )
    )


def table(look: Look, account_id: int) -> pd.DataFrame:
    """The same as a table: a row per goal, then a row per measure."""
    card = look.card(VIEW)
    assert card is not None
    kept = ("objective", "unit", "baseline", "target", "actual", "state", "agreed_on", "due_on", "reached_on", "value")
    goals = [
        {"kind": "goal"} | {name: goal[name] for name in kept} | {"your_rating": goal["rating"]}
        for goal in _goals(look, account_id)
    ]
    measures = [
        {"kind": "measure", "objective": one["label"], "unit": one["unit"], "actual": one["number"]}
        for one in _measures(look, card, account_id)
    ]
    columns = ["kind", *kept, "your_rating"]
    return pd.DataFrame([*goals, *measures], columns=columns)


def _goals(look: Look, account_id: int) -> list[dict[str, Any]]:
    is_latest = look.week == look.weeks[0]
    return records(goal_reads.of_account(look.generation, look.scope, account_id, look.week, is_latest))


def _goal(look: Look, goal: dict[str, Any]) -> dict[str, Any]:
    return goal | {
        "bullet": bullets.figure(goal, look.f, WIDTH),
        "began": bullets.amount(goal["baseline"], None, look.f),
        "now": bullets.amount(goal["actual"], None, look.f),
        "aim": bullets.amount(goal["target"], None, look.f),
        "stands": goal_words.state(goal, look.week, look.f),
    }


def _measures(look: Look, card: Card, account_id: int) -> list[dict[str, Any]]:
    """The connected measures of the view with their value this week; no points, no thresholds, no owner."""
    rows = reads.account_measures(look.generation, look.scope, account_id, look.week)
    week = rows[(rows["view"] == VIEW) & (rows["item"] == "") & (rows["as_of"] > pd.Timestamp(look.week - ONE_WEEK))]
    values = {row["entry"]: row["value"] for row in records(week)}
    found = []
    for place in card.connected:
        value = values.get(place.entry)
        text, words = told.measure(value, place.measure, place.label, place.unit, look.f)
        found.append({"label": place.label, "unit": place.unit, "number": value, "value": text, "words": words})
    return found


@cache
def _fonts() -> dict[int, str]:
    """Our type by weight, written into the page so that it needs no server."""
    folder = HERE / "static"
    files_ = {weight: folder / f"IBMPlexSansCondensed-{name}.woff2" for weight, name in WEIGHTS.items()}
    return {weight: b64encode(file.read_bytes()).decode("ascii") for weight, file in files_.items()}
