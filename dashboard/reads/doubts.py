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


def account_doubts(generation: Generation, scope: Scope, accounts: Sequence[int], week: date) -> pd.DataFrame:
    """Fragile bands and people's values of some accounts: `account_id`, `view`, and what is known of either.

    `changed` is the share of draws with another band; the columns of a person's value are null where the rule stands.
    """
    condition, params = scope.clause("a.")
    wanted, ids = listed(accounts)
    return generation.ask(
        f"""
        with doubted as (
            select view, account_id from fragile
            where as_of = $week and changed >= {FRAGILE_FROM} and account_id in ({wanted})
            union
            select view, account_id from overridden where as_of = $week and account_id in ({wanted})
        )
        select d.account_id, d.view, cast(f.changed as double) as changed,
            o.rule_points, o.rule_status, o.expires_on, o.author, o.reason
        from doubted as d
        join accounts as a on a.account_id = d.account_id
        left join fragile as f on f.view = d.view and f.account_id = d.account_id and f.as_of = $week
        left join overridden as o on o.view = d.view and o.account_id = d.account_id and o.as_of = $week
        where {condition}
        order by d.account_id, d.view
        """,
        params | ids | {"week": week},
    )
