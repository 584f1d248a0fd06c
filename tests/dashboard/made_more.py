"""The tables of goals, openings, renewals, parents and moves of the made-up company, few rows one can check by head."""

from datetime import date, timedelta

import duckdb

from metrics.reads import READS_FOLDER

GOALS = (
    # goal, account, objective, unit, baseline, target, actual, value, cost, agreed, due, achieved, rating, rated
    ("G1", 1, "<b>Mis-picks</b>", "per thousand", 9, 4, 6, None, None, "2026-03-01", "2026-10-31", None, None, None),
    ("G2", 1, "Overtime", "hours", 160, 80, 76, 21000, 9000, "2026-01-05", "2026-06-30", "2026-07-10", 4, "2026-08-01"),
    ("G3", 1, "Night shift", "", None, 7, None, None, None, "2026-09-01", "2027-01-31", None, None, None),
    ("G4", 2, "Lost sales", "points", -3, 2, 1, None, None, "2026-05-01", "2026-12-31", None, None, None),
    ("G5", 3, "Damage", "per cent", 1.6, 0.7, 0.7, 5000, 1000, "2026-02-01", "2026-05-01", "2026-04-20", 5, None),
)  # fmt: skip


def put_goals(con: duckdb.DuckDBPyConnection, has_rows: bool) -> None:
    """`goals`: of account 1 one late, one reached late and one ahead; of account 2 one below zero; of 3 one reached."""
    con.execute(
        """
        create table goals (goal_id varchar, account_id int, objective varchar, unit varchar, baseline double,
            target double, actual double, value decimal(18, 2), client_cost decimal(18, 2), agreed_on date, due_on date,
            achieved_on date, rated_by_client int, rated_on date)
        """
    ).fetchall()
    if has_rows:
        con.executemany(f"insert into goals values ({', '.join('?' * 14)})", [list(goal) for goal in GOALS])


def put_openings(con: duckdb.DuckDBPyConnection, as_of: date, has_rows: bool) -> None:
    """`openings`: each live account by Picker at 10 a unit and Academy without a price; Picker is NA at account 3.

    By turns an account owns 0, 1 or 2 of the 2 units of Picker wanted, and 0 or 5 of the 5 of Academy.
    """
    con.execute(
        """
        create table openings as
        with owned as (
            select n.account_id, p.product_id, p.name as product, cast(p.list_price as double) as unit_price,
                case when p.product_id = 'P1' then n.account_id % 3 else (n.account_id % 2) * 5 end as units,
                case when p.product_id = 'P1' then 2 else 5 end as wanted,
                p.product_id = 'P1' and n.account_id = 3 as is_na
            from view_now as n cross join products as p where n.as_of = $as_of and $has_rows
        )
        select account_id, product_id, product,
            case when is_na then 'na' when units = 0 then 'untapped' when units < wanted then 'partial'
                else 'penetrated' end as state,
            cast(units as double) as units, cast(wanted as double) as wanted,
            case when not is_na then cast(wanted - units as double) end as missing_units, unit_price,
            case when unit_price is null then 'units only' else 'list price' end as price_basis,
            case when not is_na then (wanted - units) * unit_price end as amount,
            case when is_na then 'line 3 <i>stops</i>' end as na_reason,
            case when is_na then 'R1' end as risk_id, case when is_na then $as_of - 20 end as risk_opened_on
        from owned order by account_id, product_id
        """,
        {"as_of": as_of, "has_rows": has_rows},
    ).fetchall()


def put_renewals(con: duckdb.DuckDBPyConnection, as_of: date) -> None:
    """`renewals`: account 1 has two open terms, the next of 100; 2 gave notice for one of two lines that end together.

    3 is evergreen, 4 has no line, and the term of every other account goes on by itself.
    """
    con.execute(
        """
        create or replace table renewals as
        select 'S' || a.account_id || k.nth as subscription_id, a.account_id, 'P1' as product_id,
            case when a.account_id = 3 then null when k.nth = 1 then $as_of + 30 when a.account_id = 2 then $as_of + 30
                else $as_of + 400 end as renews_on,
            cast(null as varchar) as quarter, cast(null as date) as quarter_on, cast(100 as decimal(18, 2)) as arr,
            case when a.account_id = 3 then 'evergreen' when a.account_id = 2 and k.nth = 2 then 'cancelled'
                when a.account_id <= 2 then 'open' else 'renews by itself' end as state
        from accounts as a, (values (1), (2)) as k(nth)
        where a.account_id <> 4 and (k.nth = 1 or a.account_id <= 2)
        """,
        {"as_of": as_of},
    ).fetchall()


def put_parents(con: duckdb.DuckDBPyConnection) -> None:
    """`parents`: account 1 is the parent of 2 and 3, in every view and week; the accounts say so too."""
    con.execute("alter table accounts add column parent_account_id int").fetchall()
    con.execute("update accounts set parent_account_id = 1 where account_id in (2, 3)").fetchall()
    con.execute(
        "create table families as select 1 as parent_id, account_id from accounts where account_id in (1, 2, 3)"
    ).fetchall()
    con.execute(
        """
        create table parents as
        select v.as_of, v.view, 1 as parent_id, count(*) as accounts, count(v.points) as scored, sum(a.arr) as arr,
            case when count(case when v.status = 'red' then 1 end) > 0 then 'red'
                when count(case when v.status = 'amber' then 1 end) > 0 then 'amber'
                when count(case when v.status = 'green' then 1 end) > 0 then 'green' else min(v.status) end as worst,
            sum(v.points * a.arr) / nullif(sum(case when v.points is not null then a.arr end), 0) as points
        from view_scores as v join accounts as a using (account_id)
        where v.account_id in (1, 2, 3) and v.as_of in (select as_of from view_now) group by v.as_of, v.view
        """
    ).fetchall()


def put_moved(con: duckdb.DuckDBPyConnection, as_of: date) -> None:
    """`moved` and `moved_recent` by the SQL of a build, from `points`, `view_scores` and what stood a week before."""
    for name, select in _AS_IN_A_BUILD.items():
        con.execute(f"create temp table {name} as {select}").fetchall()
    for name, params in {"moved": {"recent_after": as_of - timedelta(weeks=14)}, "moved_recent": None}.items():
        con.execute(f"create table {name} as {(READS_FOLDER / f'{name}.sql').read_text()}", params).fetchall()
    for name in _AS_IN_A_BUILD:
        con.execute(f"drop table {name}").fetchall()


_AS_IN_A_BUILD = {
    "entries": "select row_number() over (order by view, entry) as entry_no, view, entry from scorecard",
    "recent": """
        select p.account_id, p.as_of, e.entry_no, p.item, p.numerator, p.denominator, p.points, p.status
        from points as p join entries as e on e.view = p.view and e.entry = p.entry where p.is_connected
        """,
    "view_lately": """
        select v.view, v.account_id, v.as_of, v.status, b.status as was from view_scores as v
        join view_scores as b on b.view = v.view and b.account_id = v.account_id and b.as_of = v.as_of - 7
        """,
}
"""What the two read of a build's own tables."""
