"""Overrides: every value a person ever set in the place of the rule's, and who was right."""

from math import ceil
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard import findings, marks, reads
from dashboard.findings import overrides as override_findings
from dashboard.look import Look
from dashboard.records import records
from data.journal.place import JournalError

ROWS = 20
STATES = ("stands", "expired", "withdrawn", "replaced")


def page(look: Look) -> Markup:
    """The whole screen."""
    try:
        every = _rows(look)
    except JournalError as trouble:
        return look.render("no_journal", trouble=str(trouble), foot=findings.foot(look, []))
    state = look.address.more.get("state", "")
    chosen = [row for row in every if row["ending"].state == state] if state in STATES else every
    pages = max(ceil(len(chosen) / ROWS), 1)
    at = min(max(_number(look.address.more.get("page", "")), 1), pages)
    endings = [row["ending"] for row in every]
    return look.render(
        "overrides",
        title=override_findings.title(endings, look.voice),
        rows=chosen[(at - 1) * ROWS : at * ROWS],
        total=len(chosen),
        states=[(name, sum(one.state == name for one in endings)) for name in STATES],
        state=state,
        at=at,
        pages=pages,
        rule=override_findings.WHO_WAS_RIGHT,
        csv=look.csv("overrides", lambda: table(look), _stamp(every)),
        foot=findings.foot(look, ["points by hand: the middle of the band"]),
    )


def _rows(look: Look) -> list[dict[str, Any]]:
    """Every override of the scope with its view's card and how it ended, newest first."""
    found = reads.all_overrides(look.generation, look.scope)
    return [row | _told(look, row) for row in records(found)]


def _told(look: Look, row: dict[str, Any]) -> dict[str, Any]:
    """What the list says beside the columns of an override; a view that is switched off goes by its name."""
    card = look.card(row["view"])
    is_expansion = row["view"] == marks.EXPANSION
    return {
        "title": card.title if card else row["view"].replace("_", " "),
        "is_expansion": is_expansion,
        "ending": override_findings.ending(row, look.weeks[0], is_expansion),
    }


def table(look: Look) -> pd.DataFrame:
    """All of them for a spreadsheet."""
    rows = _rows(look)
    names = (
        "account_code", "name", "view", "rule_status", "rule_points", "status", "points", "reason", "author",
        "is_verified", "made_at", "week", "expires_on", "withdrawn_at", "withdrawn_by", "ends_on", "ended_as_of",
        "ended_status", "ended_points",
    )  # fmt: skip
    ends = [{"state": row["ending"].state, "who_was_right": row["ending"].right} for row in rows]
    kept = [{name: row[name] for name in names} | end for row, end in zip(rows, ends, strict=True)]
    return pd.DataFrame(kept, columns=[*names, "state", "who_was_right"])


def _stamp(rows: list[dict[str, Any]]) -> str:
    """What tells one list from the next: how many there are, and how many of them are withdrawn."""
    return f"{len(rows)}/{sum(row['withdrawn_at'] is not None for row in rows)}"


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def show(look: Look) -> None:
    """Draw the screen."""
    from dashboard.screens.frame import sheet_of

    sheet_of(look, page(look))
