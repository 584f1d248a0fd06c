"""The groups of one view: how each stands, who answers for it, and whose reds are open since when."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard import reads
from dashboard.look import Look
from dashboard.marks import SCORED
from dashboard.reads import Card
from dashboard.records import records


def has_groups(card: Card) -> bool:
    """Whether a view has several groups; with one, the group is the view."""
    return len(card.groups) > 1


def groups(look: Look, card: Card) -> list[dict[str, Any]]:
    """Every connected group in its order: mean points by ARR, shares that add up to one, and who answers."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in records(reads.groups(look.generation, look.scope, card.view, look.week)):
        found.setdefault(row["grp"], []).append(row)
    return [_group(look, card, grp, title, found.get(grp, [])) for grp, title in card.groups.items()]


def _group(look: Look, card: Card, grp: str, title: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    total = sum(row["arr"] for row in rows)
    scored = {row["status"]: row["arr"] for row in rows if row["status"] in SCORED}
    weight, pointed = sum(scored.values()), sum(row["pointed"] or 0.0 for row in rows if row["status"] in SCORED)
    shares = {state: scored.get(state, 0.0) / total if total else 0.0 for state in SCORED}
    return {
        "grp": grp,
        "title": title,
        "points": pointed / weight if weight else None,
        "shares": shares | {"other": 1 - sum(shares.values())},
        "owner": look.company.owner(card.function(grp) or ""),
    }


def table(look: Look, card: Card) -> pd.DataFrame:
    """The groups as a table for a spreadsheet: shares of ARR by state, and mean points."""
    rows = [
        {"group": one["title"], "owner": one["owner"], "mean_points": one["points"]}
        | {f"{state}_share": share for state, share in one["shares"].items()}
        for one in groups(look, card)
    ]
    return pd.DataFrame(rows)


def reds(look: Look, card: Card) -> pd.DataFrame:
    """What is red now with who answers for it and its age, largest first: groups, or accounts where there is one group.

    A view of one group has the function of the measure that holds each account back.
    """
    if has_groups(card):
        rows, by = reads.group_reds(look.generation, look.scope, card.view, look.week), "grp"
        functions, nobody = {grp: card.function(grp) or "nobody named" for grp in card.groups}, "nobody named"
    else:
        rows, by = reads.red_ages(look.generation, look.scope, card.view, look.week), "entry"
        functions, nobody = {place.entry: place.owner for place in card.places}, "no single measure"
    # Few names on tens of thousands of rows: numbered once, they are counted and compared as numbers.
    numbers, found = pd.factorize(rows[by], use_na_sentinel=False)
    answering = [functions.get(str(name), nobody) for name in found]
    return rows.assign(
        owner=_named(numbers, [look.company.owner(name) for name in answering]),
        department=_named(numbers, [reads.department(name) for name in answering]),
    )


def _named(numbers: npt.NDArray[np.intp], names: Sequence[str]) -> "pd.Series[Any]":
    """The names of rows by their numbers."""
    categories = list(dict.fromkeys(names))
    places = np.array([categories.index(name) for name in names], dtype=np.intp)
    return pd.Series(pd.Categorical.from_codes(places[numbers], dtype=pd.CategoricalDtype(categories)))
