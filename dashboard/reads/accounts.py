"""Reads of accounts: a page of the account × view matrix, and one account with its history and its evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from dashboard.reads.doubts import FRAGILE_FROM
from dashboard.reads.warehouse import Generation, Scope

FACTS = (
    "account_id, account_code, name, segment, region, industry, country, csm, sales_rep, "
    "arr, seats, joined_on, weight_arr"
)
PARTS = ("status", "points", "signal", "was", "worst")
"""What is read of each view beside an account's facts."""
DOUBTS = {
    "capped": "n.{view}_cap is not null",
    "fragile": f"""exists (select 1 from fragile as d where d.view = '{{view}}' and d.account_id = n.account_id
        and d.as_of = n.as_of and d.changed >= {FRAGILE_FROM})""",
    "by hand": """exists (select 1 from overridden as d where d.view = '{view}' and d.account_id = n.account_id
        and d.as_of = n.as_of)""",
}
"""States beside the bands that accounts can be picked by."""
OWN_ORDERS = {
    "arr": "n.weight_arr",
    "name": "lower(n.name)",
    "csm": "lower(n.csm)",
    "segment": "lower(n.segment)",
    "region": "lower(n.region)",
    "joined": "n.joined_on",
    "profit": "p.profit",
    "margin": "p.margin",
    "revenue": "p.revenue",
}


@dataclass(frozen=True)
class Sort:
    """What a table is ordered by, and which way."""

    by: str
    ascending: bool = False


@dataclass(frozen=True)
class Pick:
    """Which accounts of a scope a table holds: states per view, and a part of the name or code."""

    states: tuple[tuple[str, str], ...] = ()
    """Pairs of view and state; `unscored` stands for every state that is no score, and a state may be a doubt."""
    text: str = ""
    conflict: str = ""


def account_page(
    generation: Generation,
    scope: Scope,
    week: date,
    views: Sequence[str],
    sort: Sort,
    pick: Pick,
    limit: int,
    offset: int,
    parts: Sequence[str] = PARTS,
) -> pd.DataFrame:
    """A page of accounts with their states side by side, and their profit in the window that ends with the week.

    `parts` are the columns of each view that are read.
    """
    condition, params = _picked(scope, pick, views)
    wanted = ", ".join(f"n.{view}_{part}" for view in views for part in parts)
    order = OWN_ORDERS.get(sort.by) or f"n.{sort.by}_points"
    facts = ", ".join("n." + name for name in FACTS.split(", "))
    columns = f"{facts}, {wanted}" if wanted else facts
    tables = "view_now as n left join account_profit as p on p.account_id = n.account_id and p.as_of = n.as_of"
    ordered = f"{order} {'asc' if sort.ascending else 'desc'} nulls last, n.weight_arr desc, n.account_id"
    # Which accounts first, then their many columns: to sort all columns of all accounts takes twice the memory.
    return generation.ask(
        f"""
        with page as (
            select n.account_id from {tables}
            where n.as_of = $week and {condition}
            order by {ordered}
            limit $limit offset $offset
        )
        select {columns}, cast(p.revenue as double) as revenue, cast(p.profit as double) as profit, p.margin, p.band
        from {tables}
        where n.as_of = $week and n.account_id in (select account_id from page)
        order by {ordered}
        """,
        params | {"week": week, "limit": limit, "offset": offset},
    )


def account_count(
    generation: Generation, scope: Scope, week: date, views: Sequence[str], pick: Pick
) -> tuple[int, float]:
    """How many accounts are picked, and what they weigh together."""
    condition, params = _picked(scope, pick, views)
    row = generation.ask(
        f"""
        select count(*) as accounts, coalesce(sum(n.weight_arr), 0) as arr
        from view_now as n where n.as_of = $week and {condition}
        """,
        params | {"week": week},
    ).iloc[0]
    return int(row["accounts"]), float(row["arr"])


def _picked(scope: Scope, pick: Pick, views: Sequence[str]) -> tuple[str, dict[str, Any]]:
    """The condition for scope and pick, over the alias n."""
    condition, found = scope.clause("n.")
    params: dict[str, Any] = dict(found)
    for nth, (view, state) in enumerate(pick.states):
        if view not in views:
            continue
        if state in DOUBTS:
            condition += f" and {DOUBTS[state].format(view=view)}"
        elif state == "unscored":
            condition += f" and n.{view}_status not in ('red', 'amber', 'green')"
        else:
            condition += f" and n.{view}_status = $state_{nth}"
            params[f"state_{nth}"] = state
    if pick.conflict:
        condition += """ and exists (select 1 from conflicts as k
            where k.conflict = $conflict and k.account_id = n.account_id and k.as_of = n.as_of)"""
        params["conflict"] = pick.conflict
    if pick.text:
        condition += " and (contains(lower(n.name), lower($text)) or contains(lower(n.account_code), lower($text)))"
        params["text"] = pick.text
    return condition, params


def find_account(generation: Generation, scope: Scope, code: str) -> Mapping[str, Any] | None:
    """The facts of one account by its code, as they are today; None when there is none in the scope."""
    condition, params = scope.clause()
    rows = generation.ask(f"select * from accounts where account_code = $code and {condition}", params | {"code": code})
    return None if rows.empty else dict(rows.iloc[0])


def account_now(generation: Generation, scope: Scope, account_id: int, week: date) -> pd.DataFrame:
    """The row of `view_now` of one account in a week and thirteen weeks before, oldest first."""
    condition, params = scope.clause()
    return generation.ask(
        f"""
        select * from view_now
        where account_id = $id and as_of <= $week and as_of >= $before and {condition}
        order by as_of
        """,
        params | {"id": account_id, "week": week, "before": week - timedelta(weeks=13)},
    )


def account_views(generation: Generation, scope: Scope, account_id: int, week: date) -> pd.DataFrame:
    """Points and state of one account by view and week, 26 weeks at most up to the week, oldest first."""
    condition, params = scope.clause("a.")
    return generation.ask(
        f"""
        select v.view, v.as_of, v.points, v.status
        from account_views as v join accounts as a on a.account_id = v.account_id
        where v.account_id = $id and v.as_of <= $week and {condition}
        order by v.view, v.as_of
        """,
        params | {"id": account_id, "week": week},
    )


def account_measures(generation: Generation, scope: Scope, account_id: int, week: date) -> pd.DataFrame:
    """Every measure of one account by week, fourteen weeks at most up to the week, oldest first."""
    condition, params = scope.clause("a.")
    return generation.ask(
        f"""
        select r.view, r.grp, r.entry, r.measure, r.item, r.as_of, r.value, r.points, r.status, r.evidence_on
        from account_recent as r join accounts as a on a.account_id = r.account_id
        where r.account_id = $id and r.as_of <= $week and {condition}
        order by r.view, r.entry, r.item, r.as_of
        """,
        params | {"id": account_id, "week": week},
    )


def account_profit(generation: Generation, scope: Scope, account_id: int, week: date) -> pd.DataFrame:
    """One account's profit and its parts at the week ends up to the week, oldest first."""
    condition, params = scope.clause("a.")
    money = ", ".join(
        f"cast(p.{name} as double) as {name}" for name in ("revenue", "product_cost", "service_cost", "profit")
    )
    return generation.ask(
        f"""
        select p.as_of, {money}, p.margin, p.band
        from account_profit as p join accounts as a on a.account_id = p.account_id
        where p.account_id = $id and p.as_of <= $week and {condition}
        order by p.as_of
        """,
        params | {"id": account_id, "week": week},
    )
