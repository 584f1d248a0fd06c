"""The tables beside direct profit of the made-up company: overheads, ledger, ratings, and what lies on few accounts."""

from dataclasses import asdict
from datetime import date, timedelta

import duckdb
import pandas as pd

from metrics.profit.shares import KINDS, concentration

DRIVERS = ("pays on time", "<b>orders</b> without changes")
BURDENS = ("support", "fulfilment", "returns", "success", "services", "sales", "other")


def put_money(con: duckdb.DuckDBPyConnection, as_of: date, has_overheads: bool, has_tickets: bool) -> None:
    """Every table of profit but `account_profit` itself, which is given the columns beside it."""
    _beside(con, has_overheads)
    _overheads(con, as_of, has_overheads)
    _ratings(con)
    _shares(con, as_of, has_tickets)
    _sources(con)


def turn_money(con: duckdb.DuckDBPyConnection) -> None:
    """What was given is left and what was large is small: figures that another company would have."""
    _run(con, "update account_profit set after_overheads = profit - overheads, net_listed = list_revenue * 0.4")
    _run(con, "update overhead_left set used_minutes = used_minutes / 3")
    _run(con, "update overhead_left set allocated = unallocated / 2, unallocated = amount - unallocated / 2")
    _run(con, "update overhead_signs set depends = not depends and account_id % 2 = 0")
    _run(con, "update ledger_months set invoiced = invoiced * 2, difference = invoiced * 2 - finance_revenue")
    _run(con, "update driver_scores set band = case band when 'marginal' then 'profitable' else 'marginal' end")
    _run(con, "update driver_costs set rating = case rating when -1 then 1 else -1 end")
    _run(
        con,
        """
        update account_shares set amount = amount * (1 + account_id % 7)
        where as_of = (select max(as_of) from account_shares)
        """,
    )
    _run(con, "delete from account_shares where kind = 'executive_calls' and account_id > 2")
    _run(con, "update concentration set to_80 = to_80 * 2 + 1, top_20_share = top_20_share / 3, hhi = hhi / 2")


def _run(con: duckdb.DuckDBPyConnection, statements: str) -> None:
    """Statements one by one, each read to its end."""
    for statement in statements.split(";"):
        con.execute(statement).fetchall()


def _beside(con: duckdb.DuckDBPyConnection, has_overheads: bool) -> None:
    for name in ("overheads", "after_overheads", "net_listed", "list_revenue"):
        _run(con, f"alter table account_profit add column {name} double")
    given = "round(0.05 * revenue, 2)" if has_overheads else "null"
    _run(
        con,
        f"""
        update account_profit set overheads = {given}, after_overheads = profit - {given},
            net_listed = 0.8 * revenue, list_revenue = revenue
        where profit is not null
        """,
    )


def _overheads(con: duckdb.DuckDBPyConnection, as_of: date, has_overheads: bool) -> None:
    """Rent by revenue, and a service desk by minutes of which a quarter is not used, in each of twelve months."""
    number = as_of.year * 12 + as_of.month - 1
    _run(
        con,
        f"""
        create table overhead_windows as
        select distinct as_of, {number - 11} as first_no, {number} as last_no, 12 as months, 12 as there
        from account_profit where {has_overheads};
        create table overhead_left as
        select make_date((n - 1) // 12, (n - 1) % 12 + 1, 1) as month, p.*
        from range({number - 11}, {number + 1}) as r(n),
            (values ('rent', 'revenue', 1e3, 1e3, 0e0, null, null, null, null),
                    ('<i>desk</i>', 'minutes', 4e2, 3e2, 1e2, 'unused capacity', 1e3, 750.0, 0.4))
            as p(pool, driver, amount, allocated, unallocated, why, capacity_minutes, used_minutes, rate_per_minute)
        where {has_overheads};
        create table overhead_signs as
        select account_id, d.driver, case when d.driver = 'orders' then -500.0 else 900.0 end as after_overheads,
            account_id % 5 = 0 as depends
        from accounts, (values ('orders'), ('revenue')) as d(driver) where {has_overheads};
        create table ledger_months as
        select make_date((n - 1) // 12, (n - 1) % 12 + 1, 1) as month, 5e6 as invoiced, 4.9e6 as spread,
            4.8e6 as finance_revenue, 2e5 as difference, 1e5 as spread_difference
        from range({number - 13}, {number + 1}) as r(n)
        where {has_overheads} and (select count(*) from account_profit) > 0
        """,
    )


def _ratings(con: duckdb.DuckDBPyConnection) -> None:
    """Every third account is rated bad by both drivers, every third good, the others as they come."""
    costs = ", ".join(f"a.account_id % 4 * 1000.0 as {name}" for name in BURDENS)
    names = " union all ".join(
        f"select '{name}' as driver, '{cause}' as cause" for name, cause in zip(DRIVERS, ("them", "us"), strict=True)
    )
    _run(
        con,
        f"""
        create table driver_scores as
        select account_id, 2 as rated, 2 * (account_id % 3 - 1) as sum_of_ratings,
            case account_id % 3 when 0 then 'unprofitable' when 1 then 'marginal' else 'profitable' end as band,
            case account_id % 3 when 0 then 2 else 0 end as minus, case account_id % 3 when 0 then 1 else 0 end as us,
            case account_id % 3 when 0 then 1 else 0 end as them
        from accounts;
        create table driver_costs as
        select d.driver, a.account_id, a.account_id % 3 - 1 as rating, d.cause, 1e5 as revenue, {costs},
            a.account_id % 2 * 500.0 as price, a.account_id * 10.0 as waited
        from accounts as a, ({names}) as d
        """,
    )


def _shares(con: duckdb.DuckDBPyConnection, as_of: date, has_tickets: bool) -> None:
    """The amounts of the latest week end and of the one a quarter before, and their figures."""
    before = as_of - timedelta(weeks=13)
    _run(
        con,
        f"""
        create table account_shares as
        select 'revenue' as kind, as_of, account_id, revenue as amount from account_profit
        where as_of in (date '{as_of}', date '{before}')
        union all
        select 'arr', w.as_of, a.account_id,
            coalesce(a.arr, 0) * (1 + account_id % 3 * (w.as_of - date '{before}') / 91)
        from accounts as a, (values (date '{as_of}'), (date '{before}')) as w(as_of)
        union all
        select 'risk_arr', v.as_of, a.account_id, coalesce(a.arr, 0)
        from view_scores as v join accounts as a on a.account_id = v.account_id
        where v.view = 'vendor_risk' and v.status = 'red' and v.as_of in (date '{as_of}', date '{before}')
        union all
        select k.kind, w.as_of, a.account_id, a.account_id % k.most
        from accounts as a, (values (date '{as_of}'), (date '{before}')) as w(as_of),
            (values ('tickets', 5), ('executive_calls', 3), ('success_minutes', 11)) as k(kind, most)
        where {has_tickets}
        """,
    )
    _run(con, "delete from account_shares where amount = 0")
    found = con.execute("select * from account_shares").df()
    rows = [
        {"kind": kind, "as_of": day, "is_short": False} | asdict(concentration(part["amount"]))
        for (kind, day), part in found.groupby(["kind", "as_of"])
        if kind in KINDS
    ]
    figures = pd.DataFrame(rows, columns=["kind", "as_of", "is_short", *asdict(concentration(pd.Series(dtype=float)))])
    con.register("figures", figures)
    kinds = {"kind": "varchar", "as_of": "date", "is_short": "boolean"}
    typed = ", ".join(f"cast({name} as {kinds.get(str(name), 'double')}) as {name}" for name in figures.columns)
    _run(con, f"create table concentration as select {typed} from figures")
    con.unregister("figures")


def _sources(con: duckdb.DuckDBPyConnection) -> None:
    """The sources that words on missing amounts look into, empty where the company has none."""
    for name, columns in (
        ("invoices", "account_id bigint, net_revenue double, starts_on date, ends_on date"),
        ("service_costs", "account_id bigint, activity varchar, minutes double"),
        ("touchpoints", "account_id bigint"),
    ):
        _run(con, f"create table if not exists {name} ({columns})")
