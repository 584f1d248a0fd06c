"""Reads of what a reader must know beside a score: caps that hold it, bands that weights decide, values by hand."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from dashboard.reads.warehouse import Generation, Scope, listed

FRAGILE_FROM = 0.2
"""An account is marked fragile where at least this share of the draws of weights gives it another band; ours."""


def doubts(generation: Generation, scope: Scope, view: str, week: date) -> pd.DataFrame:
    """What is capped, fragile or by hand in a view this week: `kind`, `name`, `accounts`, `arr`.

    A cap has a row of its own by its name. Fragile bands are known for the latest week alone.
    """
    condition, params = scope.clause("n.")
    joined = "join view_now as n on n.account_id = x.account_id and n.as_of = x.as_of"
    where = f"x.view = $view and x.as_of = $week and {condition}"
    counted = "count(*) as accounts, sum(n.weight_arr) as arr"
    return generation.ask(
        f"""
        select 'capped' as kind, n.{view}_cap as name, {counted}
        from view_now as n where n.as_of = $week and n.{view}_cap is not null and {condition}
        group by n.{view}_cap
        union all
        select 'fragile', '', {counted} from fragile as x {joined} where {where} and x.changed >= {FRAGILE_FROM}
        group by x.view
        union all
        select 'by hand', '', {counted} from overridden as x {joined} where {where}
        group by x.view
        order by kind, name
        """,
        params | {"view": view, "week": week},
    )


def fragile_share(generation: Generation, view: str) -> tuple[int, float, float | None] | None:
    """Draws of weights, the share of bands they change, and of red ones; None where the view has no score."""
    rows = generation.ask("select * from fragile_shares where view = $view", {"view": view})
    if rows.empty or rows["share"].isna().iloc[0]:
        return None
    row = rows.iloc[0]
    return int(row["draws"]), float(row["share"]), None if row.isna()["red_share"] else float(row["red_share"])


def caps(generation: Generation, view: str) -> dict[str, str]:
    """What each cap of a view holds, in words, by its name."""
    rows = generation.ask("select name, words from caps where view = $view order by nth", {"view": view})
    return dict(zip(rows["name"], rows["words"], strict=True))


def fragile_bands(generation: Generation, scope: Scope, accounts: Sequence[int], week: date) -> pd.DataFrame:
    """The fragile bands of some accounts: `account_id`, `view`, and the share of draws with another band, `changed`."""
    condition, params = scope.clause("a.")
    wanted, ids = listed(accounts)
    return generation.ask(
        f"""
        select f.account_id, f.view, cast(f.changed as double) as changed
        from fragile as f
        join accounts as a on a.account_id = f.account_id
        where f.as_of = $week and f.changed >= {FRAGILE_FROM} and f.account_id in ({wanted}) and {condition}
        order by f.account_id, f.view
        """,
        params | ids | {"week": week},
    )
