"""Reads of parent accounts: who stands under one, how each of them stands, and how the family stands together."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from dashboard.reads.warehouse import Generation, Scope


def members(generation: Generation, scope: Scope, parent_id: int, week: date, views: Sequence[str]) -> pd.DataFrame:
    """The live accounts of a family with their states side by side, the largest first; none for no parent."""
    condition, params = scope.clause("n.")
    parts = "".join(f", n.{view}_{part}" for view in views for part in ("status", "points"))
    return generation.ask(
        f"""
        select n.account_id, n.account_code, n.name, n.arr, n.weight_arr{parts}
        from families as f join view_now as n on n.account_id = f.account_id
        where f.parent_id = $id and n.as_of = $week and {condition}
        order by n.weight_arr desc, n.account_id
        """,
        params | {"id": parent_id, "week": week},
    )


def together(generation: Generation, scope: Scope, parent_id: int, week: date) -> pd.DataFrame:
    """By view: a family's worst status, its points by ARR, how many are scored; nothing where a filter cuts it."""
    condition, params = scope.clause("a.")
    return generation.ask(
        f"""
        select p.view, p.accounts, p.scored, p.arr, p.worst, p.points
        from parents as p
        where p.parent_id = $id and p.as_of = $week and not exists (
            select 1 from families as f join accounts as a on a.account_id = f.account_id
            where f.parent_id = $id and not ({condition})
        )
        """,
        params | {"id": parent_id, "week": week},
    )


def parent_of(generation: Generation, scope: Scope, account_id: int) -> Mapping[str, Any] | None:
    """Code and name of the account one belongs to; None where it has none, or one outside the scope."""
    condition, params = scope.clause("p.")
    rows = generation.ask(
        f"""
        select p.account_code, p.name
        from accounts as a join accounts as p on p.account_id = a.parent_account_id and p.account_id <> a.account_id
        where a.account_id = $id and {condition}
        """,
        params | {"id": account_id},
    )
    return None if rows.empty else dict(rows.iloc[0])
