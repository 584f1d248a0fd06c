"""Reads of what accounts could still buy: by product, by account, by sales rep. All are of the latest week."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.reads.warehouse import Generation, Scope

STATES = ("untapped", "partial", "penetrated", "na")
ORDERS = {
    "arr": "weight_arr",
    "name": "lower(name)",
    "industry": "lower(industry)",
    "rep": "lower(sales_rep)",
    "open": "amount",
}
_LIVE = """
    select account_id, account_code, name, industry, sales_rep, arr, weight_arr
    from view_now as n
    where n.as_of = (select max(as_of) from view_now) and {condition}
    """
_SUMS = """
    cast(coalesce(sum(o.amount), 0) as double) as amount,
    cast(coalesce(sum(o.missing_units), 0) as double) as missing_units,
    count(case when o.missing_units > 0 then 1 end) as openings,
    count(case when o.missing_units > 0 and o.amount is null then 1 end) as unpriced
    """
_PER_ACCOUNT = """
    select account_id, sum(amount) as amount, count(case when missing_units > 0 then 1 end) as openings,
        count(case when missing_units > 0 and amount is null then 1 end) as unpriced
    from openings group by account_id
    """
"""What is open at each account, before any wide row is touched."""
_OPENING = """
    a.sales_rep, a.account_code, a.name, o.product, o.state, o.units, o.wanted, o.missing_units, o.unit_price,
    o.price_basis, o.amount
    """
_BEST_FIRST = "o.amount desc nulls last, o.missing_units desc, a.weight_arr desc, a.account_id, o.product_id"


@dataclass(frozen=True)
class Chosen:
    """Which accounts of a scope the matrix holds: of a rep, of an industry, by name, and by the state of a product."""

    rep: str | None = None
    industry: str | None = None
    text: str = ""
    product: str | None = None
    state: str | None = None

    def live(self, scope: Scope) -> tuple[str, dict[str, Any]]:
        """A select of the live accounts chosen, and its bound parameters."""
        condition, found = scope.clause("n.")
        params: dict[str, Any] = dict(found)
        for column, value in (("sales_rep", self.rep), ("industry", self.industry)):
            if value is not None:
                condition += f" and n.{column} = ${column}"
                params[column] = value
        if self.text:
            condition += " and (contains(lower(n.name), lower($text)) or contains(lower(n.account_code), lower($text)))"
            params["text"] = self.text
        if self.product is not None and self.state is not None:
            condition += """
                and n.account_id in (select account_id from openings where product_id = $chosen and state = $state)
                """
            params |= {"chosen": self.product, "state": self.state}
        return _LIVE.format(condition=condition), params


def products(generation: Generation, scope: Scope, chosen: Chosen) -> pd.DataFrame:
    """One row per product: accounts by state, what is open in money and units, and how many openings lack a price."""
    live, params = chosen.live(scope)
    states = ", ".join(f"count(case when o.state = '{state}' then 1 end) as {state}" for state in STATES)
    return generation.ask(
        f"""
        select o.product_id, o.product, {states}, {_SUMS},
            count(case when o.unit_price is not null then 1 end) as priced
        from openings as o join ({live}) as a on a.account_id = o.account_id
        group by o.product_id, o.product
        order by amount desc, missing_units desc, o.product_id
        """,
        params,
    )


def totals(generation: Generation, scope: Scope, chosen: Chosen) -> dict[str, float]:
    """Over the accounts chosen: their number, those with an opening, openings, those without a price, and money."""
    live, params = chosen.live(scope)
    row = generation.ask(
        f"""
        select count(*) as accounts, count(case when o.openings > 0 then 1 end) as open_accounts,
            cast(coalesce(sum(o.amount), 0) as double) as amount, coalesce(sum(o.openings), 0) as openings,
            coalesce(sum(o.unpriced), 0) as unpriced
        from ({live}) as a left join ({_PER_ACCOUNT}) as o on o.account_id = a.account_id
        """,
        params,
    ).iloc[0]
    return {str(name): float(value) for name, value in row.items()}


def page(
    generation: Generation, scope: Scope, chosen: Chosen, by: str, ascending: bool, limit: int, offset: int
) -> pd.DataFrame:
    """A page of accounts with what is open at each; `by` is one of `ORDERS`, or `product:` and the id of one."""
    live, params = chosen.live(scope)
    order = ORDERS.get(by, "of_product")
    joined = f"({live}) as a left join ({_PER_ACCOUNT}) as o on o.account_id = a.account_id"
    of_product = "cast(null as double)"
    if order == "of_product":
        joined += " left join openings as p on p.account_id = a.account_id and p.product_id = $sorted"
        of_product = "cast(coalesce(p.amount, p.missing_units) as double)"
        params |= {"sorted": by.removeprefix("product:")}
    return generation.ask(
        f"""
        select a.*, cast(o.amount as double) as amount, {of_product} as of_product
        from {joined}
        order by {order} {"asc" if ascending else "desc"} nulls last, a.weight_arr desc, a.account_id
        limit $limit offset $offset
        """,
        params | {"limit": limit, "offset": offset},
    )


def cells(generation: Generation, scope: Scope, accounts: Sequence[int]) -> pd.DataFrame:
    """Every product at some accounts, with state, units, price and, where nobody sells it now, the reason."""
    live, params = Chosen().live(scope)
    return generation.ask(
        f"""
        select o.*, a.account_code, a.name from openings as o join ({live}) as a on a.account_id = o.account_id
        where o.account_id in (select unnest(cast($ids as bigint[]))) order by o.account_id, o.product_id
        """,
        params | {"ids": tuple(int(account) for account in accounts)},
    )


def whole(generation: Generation, scope: Scope, chosen: Chosen) -> pd.DataFrame:
    """Every account chosen by every product, the largest first."""
    live, params = chosen.live(scope)
    return generation.ask(
        f"""
        select a.account_code, a.name, a.industry, a.sales_rep, a.arr, o.product, o.state, o.units, o.wanted,
            o.missing_units, o.unit_price, o.price_basis, o.amount, o.na_reason, o.risk_opened_on
        from openings as o join ({live}) as a on a.account_id = o.account_id
        order by a.weight_arr desc, a.account_id, o.product_id
        """,
        params,
    )


def reps(generation: Generation, scope: Scope, chosen: Chosen) -> pd.DataFrame:
    """One row per sales rep with an opening, '' for accounts without one; money adds up to that of the accounts."""
    live, params = chosen.live(scope)
    return generation.ask(
        f"""
        select a.sales_rep, count(distinct a.account_id) as accounts, {_SUMS}
        from openings as o join ({live}) as a on a.account_id = o.account_id
        where o.missing_units > 0
        group by a.sales_rep
        order by amount desc, missing_units desc, a.sales_rep
        """,
        params,
    )


def best(generation: Generation, scope: Scope, chosen: Chosen, people: Sequence[str], each: int) -> pd.DataFrame:
    """The best openings of some sales reps: dearest first; those without a price last, by the units they lack.

    Each rep's few are found by numbers alone, so that nothing long is sorted, before they are given their names.
    """
    live, params = chosen.live(scope)
    few = " union all ".join(
        f"""
        (select o.account_id, o.product_id from openings as o join ({live}) as a on a.account_id = o.account_id
        where o.missing_units > 0 and a.sales_rep = $person_{nth} order by {_BEST_FIRST} limit $each)
        """
        for nth in range(len(people))
    )
    return generation.ask(
        f"""
        select {_OPENING} from ({few or "select account_id, product_id from openings limit 0"}) as r
        join openings as o on o.account_id = r.account_id and o.product_id = r.product_id
        join ({live}) as a on a.account_id = r.account_id
        order by a.sales_rep, {_BEST_FIRST}
        """,
        params | {f"person_{nth}": name for nth, name in enumerate(people)} | ({"each": each} if people else {}),
    )


def listed(generation: Generation, scope: Scope, chosen: Chosen) -> pd.DataFrame:
    """Every opening, by sales rep, the best of each first."""
    live, params = chosen.live(scope)
    return generation.ask(
        f"""
        select {_OPENING} from openings as o join ({live}) as a on a.account_id = o.account_id
        where o.missing_units > 0 order by a.sales_rep, {_BEST_FIRST}
        """,
        params,
    )


def choices(generation: Generation, scope: Scope) -> tuple[list[str], list[str]]:
    """Sales reps and industries one can choose, by name; '' for accounts without one comes last."""
    live, params = Chosen().live(scope)
    rows = generation.ask(f"select distinct sales_rep, industry from ({live}) as a", params)
    return tuple(  # type: ignore[return-value]
        sorted(rows[name].unique(), key=lambda value: (value == "", value.casefold()))
        for name in ("sales_rep", "industry")
    )
