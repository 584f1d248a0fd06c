"""The tables of groups, conflicts, caps and doubts of the made-up company, from its long frame of points."""

from datetime import date

import duckdb
import pandas as pd

DRAWS = 100
KINDS = (
    (1, "locked_in_detractor", "Locked-in detractor", "stays, but would not speak for us",
     "vendor_outcomes", "retention", "vendor_outcomes", "advocacy", False),
    (2, "leaving_advocate", "Leaving advocate", "speaks well of us, but is going",
     "vendor_outcomes", "advocacy", "vendor_outcomes", "retention", False),
    (3, "value_unseen", "<b>Value</b> unseen", "reaches its goals, does not take part",
     "client_outcomes", "", "client_engagement", "people", True),
)  # fmt: skip
"""The conflicts a company of this kind has; the last is one it declares."""
KIND_COLUMNS = (
    "nth", "conflict", "label", "words", "green_view", "green_grp", "red_view", "red_grp", "is_declared",
)  # fmt: skip
CAPS = pd.DataFrame(
    [["vendor_risk", 1, "sponsor gone", "Sponsor left is red: 50 points at most", 50.0]],
    columns=["view", "nth", "name", "words", "most"],
)


def put_groups(con: duckdb.DuckDBPyConnection, as_of: date, weight: str) -> None:
    """`group_now`, `conflict_kinds`, `conflicts`, `caps`, `fragile` and `fragile_shares`."""
    con.execute(_GROUP_SCORES).fetchall()
    con.execute(_GROUP_NOW, {"as_of": as_of}).fetchall()
    con.register("given", pd.DataFrame(KINDS, columns=list(KIND_COLUMNS)))
    con.execute("create table conflict_kinds as select * from given").fetchall()
    con.unregister("given")
    con.execute(_CONFLICTS.format(weight=weight)).fetchall()
    con.register("given", CAPS)
    con.execute("create table caps as select * from given").fetchall()
    con.unregister("given")
    con.execute(_FRAGILE, {"as_of": as_of}).fetchall()
    con.execute(f"create table fragile_shares as {_SHARES}").fetchall()
    con.execute("drop table group_scores").fetchall()


_GROUP_SCORES = """
    create table group_scores as
    select view, grp, account_id, as_of, avg(points) as points,
        case when count(points) = 0 then min(status) when avg(points) <= 50 then 'red'
            when avg(points) <= 75 then 'amber' else 'green' end as status
    from points where is_connected and item = '' group by all
    """
_GROUP_NOW = """
    create table group_now as
    with runs as (
        select *, max(case when status <> 'red' then as_of end) over (
            partition by view, grp, account_id order by as_of rows between 25 preceding and current row) as last_other
        from group_scores
    ),
    first_weeks as (select min(as_of) as first_on from group_scores)
    select r.as_of, r.view, r.grp, r.account_id, r.points, r.status,
        case when r.status = 'red' then coalesce(r.last_other + 7, greatest(f.first_on, r.as_of - 25 * 7)) end as since,
        case when r.status = 'red' then r.last_other is null end as is_older
    from runs as r cross join first_weeks as f
    where r.as_of > $as_of - 14 * 7 order by r.as_of, r.view, r.grp, r.account_id
    """
_CONFLICTS = """
    create table conflicts as
    with said as (
        select view, '' as grp, account_id, as_of, status from view_scores
        union all select view, grp, account_id, as_of, status from group_now
    )
    select g.as_of, k.conflict, g.account_id, {weight} as weight_arr
    from conflict_kinds as k
    join said as g on g.view = k.green_view and g.grp = k.green_grp and g.status = 'green'
    join said as r on r.view = k.red_view and r.grp = k.red_grp and r.status = 'red'
        and r.account_id = g.account_id and r.as_of = g.as_of
    join accounts as a on a.account_id = g.account_id
    where g.as_of in (select as_of from group_now)
    order by g.as_of, k.conflict, g.account_id
    """
_FRAGILE = """
    create table fragile as
    select view, account_id, as_of, case when abs(points - 50) < 4 then 0.34 when abs(points - 75) < 4 then 0.2
        else 0.0 end as changed
    from view_scores where as_of = $as_of and points is not null
    """
_SHARES = f"""
    select v.view, {DRAWS} as draws, avg(f.changed) as share,
        avg(case when v.status = 'red' then f.changed end) as red_share
    from fragile as f join view_scores as v using (view, account_id, as_of) group by v.view
    """
