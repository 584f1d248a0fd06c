"""Reads of profit: every account with a line in the profit window, gone or not."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from dashboard.reads.warehouse import Generation, Scope

ORDERS = {
    "profit": "p.profit",
    "revenue": "p.revenue",
    "margin": "p.margin",
    "name": "lower(a.name)",
    "csm": "lower(a.csm)",
    "product_cost": "p.product_cost",
    "service_cost": "p.service_cost",
}


def profit_rows(generation: Generation, scope: Scope, week: date) -> pd.DataFrame:
    """Every account's revenue, profit and band in the window that ends with the week; empty without invoices."""
    condition, params = scope.clause("a.")
    return generation.ask(
        f"""
        select p.account_id, cast(p.revenue as double) as revenue, cast(p.profit as double) as profit, p.band
        from account_profit as p join accounts as a on a.account_id = p.account_id
        where p.as_of = $week and {condition}
        order by p.account_id
        """,
        params | {"week": week},
    )


def profit_weeks(generation: Generation) -> list[date]:
    """The week ends with profit, oldest first."""
    return [day.date() for day in generation.ask("select distinct as_of from account_profit order by as_of")["as_of"]]


def profit_bands(generation: Generation, scope: Scope, week: date) -> pd.DataFrame:
    """Accounts, revenue and profit by band, with how many lose money by sign and how much: one row per band."""
    condition, params = scope.clause("a.")
    return generation.ask(
        f"""
        select p.band, count(*) as accounts, cast(sum(p.revenue) as double) as revenue,
            cast(sum(p.profit) as double) as profit,
            count(case when p.profit < 0 then 1 end) as losing,
            cast(coalesce(sum(case when p.profit < 0 then -p.profit end), 0) as double) as losses,
            count(case when p.profit > 0 then 1 end) as earning,
            cast(coalesce(sum(case when p.profit > 0 then p.profit end), 0) as double) as gains
        from account_profit as p join accounts as a on a.account_id = p.account_id
        where p.as_of = $week and {condition}
        group by p.band
        """,
        params | {"week": week},
    )


def profit_page(
    generation: Generation, scope: Scope, week: date, by: str, ascending: bool, limit: int, offset: int = 0
) -> pd.DataFrame:
    """Accounts with their profit and its parts, in the order asked for; those without the value come last."""
    condition, params = scope.clause("a.")
    order = f"{ORDERS[by]} {'asc' if ascending else 'desc'} nulls last"
    return generation.ask(
        f"""
        select p.account_id, a.account_code, a.name, coalesce(a.csm, '') as csm, cast(p.revenue as double) as revenue,
            cast(p.product_cost as double) as product_cost, cast(p.service_cost as double) as service_cost,
            cast(p.profit as double) as profit, p.margin, p.band
        from account_profit as p join accounts as a on a.account_id = p.account_id
        where p.as_of = $week and {condition}
        order by {order}, p.account_id
        limit $limit offset $offset
        """,
        params | {"week": week, "limit": limit, "offset": offset},
    )


def account_names(generation: Generation, scope: Scope, accounts: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Code and name of some accounts."""
    condition, params = scope.clause()
    rows = generation.ask(
        f"""
        select account_id, account_code, name from accounts
        where account_id in (select unnest($ids)) and {condition}
        """,
        params | {"ids": tuple(sorted(set(accounts)))},
    )
    return {
        int(i): (str(code), str(name)) for i, code, name in zip(*(rows[c].tolist() for c in rows.columns), strict=True)
    }
