"""Reads of the seven views: their bands over the weeks, who holds the reds, and the accounts that moved."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Literal

import pandas as pd

from dashboard.reads.company import cards
from dashboard.reads.warehouse import Generation, Scope, listed

RANKED = "case {} when 'red' then 0 when 'amber' then 1 when 'green' then 2 end"
REASON_COLUMNS = "account_id, view, entry, value, points, status, value_before, points_before"


def totals(generation: Generation, scope: Scope, week: date) -> tuple[int, float]:
    """Live accounts of a week, and what they weigh together: their ARR, or their number where there is none."""
    condition, params = scope.clause()
    row = generation.ask(
        f"""
        select count(*) as accounts, coalesce(sum(weight_arr), 0) as arr
        from view_now where as_of = $week and {condition}
        """,
        params | {"week": week},
    ).iloc[0]
    return int(row["accounts"]), float(row["arr"])


def bands(
    generation: Generation, scope: Scope, until: date, weeks: int = 53, by: Literal["arr", "accounts"] = "arr"
) -> pd.DataFrame:
    """One row per view and week up to `until`: what is `green`, `amber`, `red` and `other` in ARR, and accounts.

    `other` is what has no score; the four add up to all ARR (or accounts, where there is none or `by` asks for them).
    """
    condition, params = scope.clause()
    sums = ", ".join(
        f"cast(coalesce(sum(case when status = '{state}' then {by} end), 0) as double) as {state}"
        for state in ("green", "amber", "red")
    )
    return generation.ask(
        f"""
        select view, as_of, {sums},
            cast(coalesce(sum(case when status not in ('green', 'amber', 'red') then {by} end), 0) as double) as other,
            cast(coalesce(sum(case when status = 'red' then accounts end), 0) as bigint) as red_accounts,
            cast(sum(accounts) as bigint) as accounts
        from view_bands
        where as_of <= $until and as_of > $after and {condition}
        group by view, as_of
        order by view, as_of
        """,
        params | {"until": until, "after": until - timedelta(weeks=weeks)},
    )


def entry_bands(generation: Generation, scope: Scope, view: str, until: date, weeks: int = 26) -> pd.DataFrame:
    """Accounts and ARR by measure, week and status of one view, with both parts of the measure's value."""
    condition, params = scope.clause()
    return generation.ask(
        f"""
        select entry, as_of, status, cast(sum(accounts) as bigint) as accounts, cast(sum(arr) as double) as arr,
            cast(sum(numerator) as double) as numerator, cast(sum(denominator) as double) as denominator
        from entry_bands
        where view = $view and as_of <= $until and as_of > $after and {condition}
        group by entry, as_of, status
        order by entry, as_of, status
        """,
        params | {"view": view, "until": until, "after": until - timedelta(weeks=weeks)},
    )


def held_by(generation: Generation, scope: Scope, week: date, views: Sequence[str]) -> pd.DataFrame:
    """Red accounts and ARR of each view by the measure that holds each account back most: `view`, `entry`, both."""
    condition, params = scope.clause()
    parts = " union all ".join(
        f"""
        select '{view}' as view, {view}_worst as entry, count(*) as accounts, sum(weight_arr) as arr
        from view_now where as_of = $week and {view}_status = 'red' and {condition} group by {view}_worst
        """
        for view in views
    )
    return generation.ask(f"select * from ({parts}) as held order by view, arr desc, entry", params | {"week": week})


def moves(generation: Generation, scope: Scope, week: date, views: Sequence[str], limit: int) -> pd.DataFrame:
    """The largest accounts that changed band in the week, one row each: the view that moved them furthest.

    `moved` says how many of the views moved; `step` is below zero for the worse.
    """
    ranked, params = _moved(scope, week, views)
    return generation.ask(
        f"""
        with ranked as ({ranked}),
        counted as (select account_id, count(*) as moved from ranked group by account_id)
        select r.account_id, r.view, r.was, r.now, r.step, c.moved, n.account_code, n.name, n.csm, n.weight_arr,
            {", ".join(f"n.{name}" for name in _statuses(generation))}
        from ranked as r
        join counted as c on c.account_id = r.account_id
        join view_now as n on n.account_id = r.account_id and n.as_of = $week
        where r.nth = 1
        order by n.weight_arr desc, r.account_id
        limit $limit
        """,
        params | {"limit": limit},
    )


def _statuses(generation: Generation) -> list[str]:
    """The columns of `view_now` that hold a view's state, for all views that are on."""
    return [f"{card.view}_status" for card in cards(generation)]


def move_counts(generation: Generation, scope: Scope, week: date, views: Sequence[str]) -> pd.DataFrame:
    """How many accounts got worse and better in each view in the week; the row '' counts each account once.

    In that row an account counts by the view that moved it furthest, as in `moves`.
    """
    ranked, params = _moved(scope, week, views)
    return generation.ask(
        f"""
        with ranked as ({ranked})
        select view, count(*) as accounts, count(case when step < 0 then 1 end) as worse,
            count(case when step > 0 then 1 end) as better
        from ranked group by view
        union all
        select '' as view, count(*), count(case when step < 0 then 1 end), count(case when step > 0 then 1 end)
        from ranked where nth = 1
        """,
        params,
    )


def _moved(scope: Scope, week: date, views: Sequence[str]) -> tuple[str, dict[str, Any]]:
    """One row per account and view that changed between red, amber and green since the week before; its parameters.

    `step` counts bands, below zero for the worse; `nth` is 1 where the account moved furthest, the worse before the
    better, and among those in the order of `views`.
    """
    condition, params = scope.clause("a.")
    order = " ".join(f"when $view_{nth} then {nth}" for nth in range(len(views)))
    named = {f"view_{nth}": view for nth, view in enumerate(views)}
    select = f"""
        select *, row_number() over (partition by account_id order by abs(step) desc, step, view_no) as nth
        from (
            select m.account_id, m.view, case m.view {order or "when null then 0"} end as view_no, m.was,
                m.status as now, {RANKED.format("m.status")} - {RANKED.format("m.was")} as step
            from moved as m
            join accounts as a on a.account_id = m.account_id
            where m.as_of = $week and m.view in ({", ".join("$" + name for name in named) or "null"}) and {condition}
        ) as moved
        """
    return select, params | named | {"week": week}


def reasons(generation: Generation, scope: Scope, accounts: Sequence[int], week: date) -> pd.DataFrame:
    """Which measures moved some accounts that changed band in the week: what each said then and the week before."""
    condition, params = scope.clause("a.")
    wanted, ids = listed(accounts)
    return generation.ask(
        f"""
        select {", ".join("m." + name for name in REASON_COLUMNS.split(", "))}
        from moved_recent as m
        join accounts as a on a.account_id = m.account_id
        where m.as_of = $week and m.account_id in ({wanted}) and {condition}
        """,
        params | ids | {"week": week},
    )


def red_ages(generation: Generation, scope: Scope, view: str, week: date, weeks: int = 26) -> pd.DataFrame:
    """Red accounts of a view with the measure that holds them back and the weeks they have been red without a break.

    The history is `weeks` long: an account red in all of it has at least that age, and `is_older` says so.
    """
    condition, params = scope.clause("n.")
    return generation.ask(
        f"""
        with reds as (
            select n.account_id, n.account_code, n.name, n.weight_arr, n.{view}_worst as entry
            from view_now as n
            where n.as_of = $week and n.{view}_status = 'red' and {condition}
        ),
        before as (
            select v.account_id, min(v.as_of) as first_on,
                max(case when v.status <> 'red' then v.as_of end) as last_other
            from account_views as v
            where v.view = '{view}' and v.as_of <= $week and v.as_of > $after
                and v.account_id in (select account_id from reds)
            group by v.account_id
        )
        select r.*, b.last_other is null as is_older,
            cast(date_diff('day', coalesce(b.last_other, b.first_on - cast(7 as int)), $week) / 7 as int) as age
        from reds as r
        left join before as b on b.account_id = r.account_id
        order by r.weight_arr desc, r.account_id
        """,
        params | {"week": week, "after": week - timedelta(weeks=weeks)},
    )


def events(generation: Generation, until: date, weeks: int = 26) -> pd.DataFrame:
    """Company-wide events of the last weeks, for the time charts to mark: `happened_on`, `name`."""
    return generation.ask(
        """
        select happened_on, name from events
        where account_id is null and happened_on <= $until and happened_on > $after
        order by happened_on
        """,
        {"until": until, "after": until - timedelta(weeks=weeks)},
    )
