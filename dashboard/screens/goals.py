"""Goals agreed with clients: the panel of one account, and the panel of the largest accounts on Client Outcomes."""

from math import ceil
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard import reads
from dashboard.findings import goals as told
from dashboard.look import Look
from dashboard.panels import bullets
from dashboard.reads import goals as goal_reads
from dashboard.records import records
from dashboard.screens import client_page

OF_ACCOUNT = 8
OF_LARGEST = 12
VIEW = "client_outcomes"


def is_connected(look: Look) -> bool:
    """Whether goals are loaded at all."""
    if "goals" not in reads.stored(look.generation):
        return False
    rows = reads.sources(look.generation)
    return bool(rows.loc[rows["source"] == "goals", "is_connected"].any())


def of_account(look: Look, account_id: int, code: str) -> Markup:
    """The goals of one account; where none are loaded, what to connect."""
    if not is_connected(look):
        return look.render("goals_hole", few=True)
    found = goal_reads.of_account(look.generation, look.scope, account_id, look.week, _is_latest(look))
    goals = records(found)
    is_whole = look.address.more.get("goals") == "all" or len(goals) <= OF_ACCOUNT
    return look.render(
        "goals",
        title=told.of_account(goals, look.week, look.voice),
        rows=[row(look, goal) for goal in (goals if is_whole else goals[:OF_ACCOUNT])],
        more=0 if is_whole else len(goals) - OF_ACCOUNT,
        csv=look.csv(f"goals-{account_id}", lambda: found, code),
        for_client=client_page.offers(look, account_id, code),
    )


def of_largest(look: Look) -> Markup:
    """The goals of the largest accounts, by state and by page."""
    if not is_connected(look):
        return look.render("goals_hole", few=False)
    counts = {row["state"]: row for row in records(_counts(look))}
    wanted = look.address.more.get("state", "")
    state = wanted if wanted in goal_reads.STATES else ""
    total = sum(int(row["goals"] if state else row["lately"]) for name, row in counts.items() if state in ("", name))
    pages = max(ceil(total / OF_LARGEST), 1)
    at = _page(look, pages)
    found = goal_reads.of_largest(
        look.generation, look.scope, look.week, _is_latest(look), state, OF_LARGEST, (at - 1) * OF_LARGEST
    )
    return look.render(
        "goals_of_all",
        title=told.of_all(counts, look.voice),
        rows=[row(look, goal) for goal in records(found)],
        states=[(name, int(counts[name]["goals"])) for name in goal_reads.STATES if name in counts],
        state=state,
        at=at,
        pages=pages,
        total=total,
        csv=look.csv("goals", lambda: table(look, state), state),
    )


def row(look: Look, goal: dict[str, Any]) -> dict[str, Any]:
    """One goal with its picture and its words."""
    return goal | {
        "bullet": bullets.figure(goal, look.f),
        "way": told.way(goal, look.f),
        "now": bullets.amount(goal["actual"], None, look.f),
        "words": told.state(goal, look.week, look.f),
        "brought": told.brought(goal, look.f),
    }


def table(look: Look, state: str) -> pd.DataFrame:
    """All goals of a state, as one table; without a state all that are open or were reached lately."""
    return goal_reads.of_largest(look.generation, look.scope, look.week, _is_latest(look), state, 10_000_000, 0)


def _counts(look: Look) -> pd.DataFrame:
    return goal_reads.counts(look.generation, look.scope, look.week, _is_latest(look))


def _is_latest(look: Look) -> bool:
    return look.week == look.weeks[0]


def _page(look: Look, pages: int) -> int:
    text = look.address.more.get("page", "")
    return min(max(int(text), 1), pages) if text.isascii() and text.isdigit() and len(text) < 7 else 1
