"""Reads of what stands beside direct profit: overheads, the ledger, prices, and drivers rated without accounting."""

from datetime import date

import pandas as pd

from dashboard.reads.warehouse import Generation, Scope
from metrics.profit.overheads import SPAN, span_of
from metrics.profit.overheads import OverheadSpan as OverheadSpan
from metrics.value import INTEREST

ACTIVITIES = ("support", "fulfilment", "returns", "success", "services", "sales", "other")
BURDENS = (*ACTIVITIES, "price", "waiting")
"""What an account costs: service by activity, price given below list, and waiting for late payment."""
WAITING = f"waited * {INTEREST} / 365"
"""Money-days of late payment at the interest that customer value is discounted with."""
ORDERS = {
    "profit": "p.profit",
    "overheads": "p.overheads",
    "after_overheads": "p.after_overheads",
    "revenue": "p.revenue",
    "price_realised": "price_realised",
    "name": "lower(a.name)",
}


def overhead_span(generation: Generation, week: date) -> OverheadSpan | None:
    """The months set against a week's profit; None without overheads in its window."""
    return span_of(generation.ask(SPAN, {"week": week}))


def overhead_pools(generation: Generation, week: date) -> pd.DataFrame:
    """The company's pools over the months set against a week, the largest first; of the company, whatever the scope.

    `amount` = `allocated` + `unallocated`; `why` is that of the newest month with something left. Minutes have
    `capacity_minutes` (missing where no month has any), `used_minutes` and `rate_per_minute` of the newest month.
    """
    return generation.ask(
        """
        select o.pool, max_by(o.driver, o.month) as driver, cast(sum(o.amount) as double) as amount,
            cast(sum(o.allocated) as double) as allocated, cast(sum(o.unallocated) as double) as unallocated,
            max_by(o.why, o.month) filter (where o.why is not null) as why,
            sum(o.capacity_minutes) as capacity_minutes, sum(o.used_minutes) as used_minutes,
            max_by(o.rate_per_minute, o.month) as rate_per_minute
        from overhead_left as o
        join overhead_windows as w on year(o.month) * 12 + month(o.month) between w.first_no and w.last_no
        where w.as_of = $week
        group by o.pool
        order by amount desc, o.pool
        """,
        {"week": week},
    )


def overhead_totals(generation: Generation, scope: Scope, week: date) -> dict[str, float]:
    """Where the ledger's overheads went: `ledger` = `given` + `elsewhere` + `unallocated`, and `in_scope` of `given`.

    `given` is set against profit, `elsewhere` went to accounts without a line in the profit window. Empty where no
    overheads are told.
    """
    span = overhead_span(generation, week)
    if span is None or span.missing:
        return {}
    condition, params = scope.clause("a.")
    row = generation.ask(
        f"""
        select cast(coalesce(sum(p.overheads), 0) as double) as given,
            cast(coalesce(sum(case when {condition} then p.overheads end), 0) as double) as in_scope
        from account_profit as p join accounts as a on a.account_id = p.account_id
        where p.as_of = $week
        """,
        params | {"week": week},
    ).iloc[0]
    pools = overhead_pools(generation, week)[["amount", "allocated", "unallocated"]].sum()
    return {
        "ledger": round(float(pools["amount"]), 4),
        "given": float(row["given"]),
        "in_scope": float(row["in_scope"]),
        "elsewhere": round(float(pools["allocated"] - row["given"]), 4),
        "unallocated": round(float(pools["unallocated"]), 4),
    }


def after_overheads(generation: Generation, scope: Scope, week: date) -> pd.DataFrame:
    """Every account's `revenue`, direct `profit`, `overheads` and `after_overheads`; empty without invoices."""
    condition, params = scope.clause("a.")
    return generation.ask(
        f"""
        select p.account_id, cast(p.revenue as double) as revenue, cast(p.profit as double) as profit,
            cast(p.overheads as double) as overheads, cast(p.after_overheads as double) as after_overheads
        from account_profit as p join accounts as a on a.account_id = p.account_id
        where p.as_of = $week and {condition}
        order by p.account_id
        """,
        params | {"week": week},
    )


def after_overheads_page(
    generation: Generation, scope: Scope, week: date, by: str, ascending: bool, limit: int, offset: int = 0
) -> pd.DataFrame:
    """Accounts with profit before and after overheads and the price realised, in the order asked for (`ORDERS`)."""
    condition, params = scope.clause("a.")
    order = f"{ORDERS[by]} {'asc' if ascending else 'desc'} nulls last"
    return generation.ask(
        f"""
        select p.account_id, a.account_code, a.name, coalesce(a.csm, '') as csm, cast(p.revenue as double) as revenue,
            cast(p.profit as double) as profit, cast(p.overheads as double) as overheads,
            cast(p.after_overheads as double) as after_overheads,
            cast(p.net_listed as double) / nullif(cast(p.list_revenue as double), 0) as price_realised
        from account_profit as p join accounts as a on a.account_id = p.account_id
        where p.as_of = $week and {condition}
        order by {order}, p.account_id
        limit $limit offset $offset
        """,
        params | {"week": week, "limit": limit, "offset": offset},
    )


def account_pools(generation: Generation, scope: Scope, account_id: int, week: date) -> pd.DataFrame:
    """One account's overheads by pool and driver over the months set against a week, the largest first."""
    condition, params = scope.clause("a.")
    return generation.ask(
        f"""
        select o.pool, o.driver, cast(sum(o.amount) as double) as amount
        from account_overheads as o
        join accounts as a on a.account_id = o.account_id
        join overhead_windows as w on year(o.month) * 12 + month(o.month) between w.first_no and w.last_no
        where o.account_id = $id and w.as_of = $week and {condition}
        group by o.pool, o.driver
        order by amount desc, o.pool
        """,
        params | {"id": account_id, "week": week},
    )


def key_drivers(generation: Generation) -> list[str]:
    """The drivers that every pool could be shared out by on the newest week end: those of `key_accounts`."""
    return [str(name) for name in generation.ask("select distinct driver from overhead_signs order by 1")["driver"]]


def key_accounts(generation: Generation, scope: Scope, limit: int) -> pd.DataFrame:
    """Accounts whose profit after overheads is above zero by one driver and below by another, newest week end.

    `lowest` and `highest` with the drivers that bring them; the widest apart first. `total` is how many there are.
    """
    condition, params = scope.clause("a.")
    return generation.ask(
        f"""
        select s.account_id, a.account_code, a.name, coalesce(a.csm, '') as csm,
            cast(min(s.after_overheads) as double) as lowest, arg_min(s.driver, s.after_overheads) as lowest_driver,
            cast(max(s.after_overheads) as double) as highest, arg_max(s.driver, s.after_overheads) as highest_driver,
            count(*) over () as total
        from overhead_signs as s join accounts as a on a.account_id = s.account_id
        where s.depends and {condition}
        group by s.account_id, a.account_code, a.name, a.csm
        order by max(s.after_overheads) - min(s.after_overheads) desc, s.account_id
        limit $limit
        """,
        params | {"limit": limit},
    )


def ledger_months(generation: Generation) -> pd.DataFrame:
    """Invoices against finance by month, oldest first, of the company; empty where one of them is not connected.

    `invoiced` in the month, `spread` over service periods, `finance_revenue`, and the `difference` of each to it.
    """
    money = ("invoiced", "spread", "finance_revenue", "difference", "spread_difference")
    columns = ", ".join(f"cast({name} as double) as {name}" for name in money)
    return generation.ask(f"select month, {columns} from ledger_months order by month")


def price_realised(generation: Generation, scope: Scope) -> pd.DataFrame:
    """Both parts of the price realised, by week end, oldest first: divide `net_listed` by `list_revenue`."""
    condition, params = scope.clause("a.")
    return generation.ask(
        f"""
        select p.as_of, count(p.list_revenue) as accounts, cast(sum(p.net_listed) as double) as net_listed,
            cast(sum(p.list_revenue) as double) as list_revenue
        from account_profit as p join accounts as a on a.account_id = p.account_id
        where {condition}
        group by p.as_of
        having count(p.list_revenue) > 0
        order by p.as_of
        """,
        params,
    )


def mode_bands(generation: Generation, scope: Scope) -> pd.DataFrame:
    """Accounts by band in both modes on the newest week end: `rated`, `counted`, `accounts`, `profit`, `us`, `them`.

    `counted` is the band by margin, missing for an account without one. `us` and `them` add up bad ratings.
    """
    condition, params = scope.clause("a.")
    return generation.ask(
        f"""
        select d.band as rated, p.band as counted, count(*) as accounts, cast(sum(p.profit) as double) as profit,
            cast(sum(d.us) as bigint) as us, cast(sum(d.them) as bigint) as them
        from driver_scores as d
        join accounts as a on a.account_id = d.account_id
        left join account_profit as p on p.account_id = d.account_id and p.as_of = (select as_of from generation)
        where {condition}
        group by d.band, p.band
        order by d.band, p.band
        """,
        params,
    )


def disagreements(generation: Generation, scope: Scope, limit: int) -> pd.DataFrame:
    """Accounts whose band by rating is not that by margin, the most money first; `total` is how many there are."""
    condition, params = scope.clause("a.")
    return generation.ask(
        f"""
        select d.account_id, a.account_code, a.name, coalesce(a.csm, '') as csm, d.sum_of_ratings, d.rated as drivers,
            d.band as rated, p.band as counted, cast(p.profit as double) as profit, d.us, d.them,
            count(*) over () as total
        from driver_scores as d
        join accounts as a on a.account_id = d.account_id
        join account_profit as p on p.account_id = d.account_id and p.as_of = (select as_of from generation)
        where p.band <> d.band and {condition}
        order by abs(p.profit) desc, d.account_id
        limit $limit
        """,
        params | {"limit": limit},
    )


def driver_burdens(generation: Generation, scope: Scope) -> pd.DataFrame:
    """What each behaviour costs: one row per driver that some account is rated -1 by, and kind of `BURDENS`.

    The dearest driver comes first. Of the accounts rated -1 (`accounts`, with `us` and `them`): what they cost
    (`amount`), that over their revenue (`share`), the same of the accounts rated 0 or 1 (`other_share`), and what they
    cost more than they would at the others' share (`extra`); missing where one side has no revenue.
    """
    condition, params = scope.clause("a.")
    sums = ", ".join(f"coalesce(sum({_money(kind)}), 0) as {kind}" for kind in ("revenue", *BURDENS))
    rows = generation.ask(
        f"""
        select d.driver, d.rating = -1 as is_bad, count(*) as accounts,
            count(case when d.cause = 'us' then 1 end) as us,
            count(case when d.cause = 'them' then 1 end) as them, {sums}
        from driver_costs as d join accounts as a on a.account_id = d.account_id
        where {condition}
        group by d.driver, is_bad
        order by d.driver
        """,
        params,
    )
    sides = [rows[rows["is_bad"] == is_bad].set_index("driver") for is_bad in (True, False)]
    wide = sides[0].join(sides[1].add_prefix("other_"), how="left").reset_index()
    long = pd.concat([_burden(wide, kind) for kind in BURDENS], ignore_index=True)
    long["total"] = long.groupby("driver")["extra"].transform("sum")
    order = long.sort_values(["total", "driver"], ascending=[False, True], kind="stable")
    return order.drop(columns="total").reset_index(drop=True)


def _money(kind: str) -> str:
    return WAITING.replace("waited", "d.waited") if kind == "waiting" else f"d.{kind}"


def _burden(wide: pd.DataFrame, kind: str) -> pd.DataFrame:
    """One kind of cost of every driver that some account is rated -1 by."""
    rows = wide[["driver", "accounts", "us", "them"]].assign(kind=kind, amount=wide[kind])
    revenue, other = (wide[name].where(wide[name] > 0) for name in ("revenue", "other_revenue"))
    rows["share"] = rows["amount"] / revenue
    rows["other_share"] = wide[f"other_{kind}"] / other
    rows["extra"] = rows["amount"] - revenue * rows["other_share"]
    return rows


def driver_accounts(generation: Generation, scope: Scope, driver: str, limit: int) -> pd.DataFrame:
    """The accounts rated -1 by a driver, the dearest first: `cause`, `revenue`, `service`, `price`, `waiting`."""
    condition, params = scope.clause("a.")
    service = " + ".join(f"d.{name}" for name in ACTIVITIES)
    return generation.ask(
        f"""
        select d.account_id, a.account_code, a.name, coalesce(a.csm, '') as csm, d.cause, d.revenue,
            {service} as service, d.price, {_money("waiting")} as waiting, count(*) over () as total
        from driver_costs as d join accounts as a on a.account_id = d.account_id
        where d.driver = $driver and d.rating = -1 and {condition}
        order by {service} + d.price + {_money("waiting")} desc, d.account_id
        limit $limit
        """,
        params | {"driver": driver, "limit": limit},
    )
