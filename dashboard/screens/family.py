"""The panel of a parent account: every account of its family beside what they come to together, never a bare mean."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from dashboard.findings import families as told
from dashboard.look import Look
from dashboard.reads import families as reads
from dashboard.records import records

ROWS = 12


def parent(look: Look, account_id: int) -> Mapping[str, Any] | None:
    """The account this one belongs to, where it can be shown."""
    return reads.parent_of(look.generation, look.scope, account_id)


def panel(look: Look, account_id: int, code: str) -> Markup:
    """The family of a parent account; nothing for an account that has none."""
    found = reads.members(look.generation, look.scope, account_id, look.week, look.views)
    rows = records(found)
    if not rows:
        return Markup()
    whole = {row["view"]: row for row in records(reads.together(look.generation, look.scope, account_id, look.week))}
    return look.render(
        "family",
        title=told.title(rows, look.cards, look.voice),
        rows=rows[:ROWS],
        more=max(len(rows) - ROWS, 0),
        whole=whole,
        code=code,
        csv=look.csv(f"family-{account_id}", lambda: found.drop(columns=["account_id", "weight_arr"]), code),
    )
