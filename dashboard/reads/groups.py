"""Reads of groups: how each stands in a view, whose reds are open and since when, and which groups contradict."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from dashboard.reads.warehouse import Generation, Scope, listed


def groups(generation: Generation, scope: Scope, view: str, week: date) -> pd.DataFrame:
    """Accounts and ARR by group and status of one view: `grp`, `status`, `accounts`, `arr`.

    `pointed` is the sum of points × ARR of the accounts that have points; over `arr` it is their mean.
    """
    condition, params = scope.clause("n.")
    return generation.ask(
        f"""
        select g.grp, g.status, count(*) as accounts, sum(n.weight_arr) as arr, sum(g.points * n.weight_arr) as pointed
        from group_now as g
        join view_now as n on n.account_id = g.account_id and n.as_of = g.as_of
        where g.as_of = $week and g.view = $view and {condition}
        group by g.grp, g.status
        order by g.grp, g.status
        """,
        params | {"view": view, "week": week},
    )


def group_reds(generation: Generation, scope: Scope, view: str, week: date) -> pd.DataFrame:
    """Red groups of a view, one row per account and group, largest first, with the weeks each is red without a break.

    The history is 26 weeks long: a group red in all of it has at least that age, and `is_older` says so.
    """
    condition, params = scope.clause("n.")
    return generation.ask(
        f"""
        select n.account_id, n.account_code, n.name, n.weight_arr, g.grp, g.is_older,
            cast(date_diff('day', g.since, g.as_of) / 7 + 1 as int) as age
        from group_now as g
        join view_now as n on n.account_id = g.account_id and n.as_of = g.as_of
        where g.as_of = $week and g.view = $view and g.status = 'red' and {condition}
        order by n.weight_arr desc, n.account_id, g.grp
        """,
        params | {"view": view, "week": week},
    )


def conflicts(generation: Generation, scope: Scope, week: date) -> pd.DataFrame:
    """Every kind of conflict in its order, with the `accounts` and `arr` in it this week; also where none is."""
    condition, params = scope.clause("n.")
    return generation.ask(
        f"""
        with counted as (
            select c.conflict, count(*) as accounts, sum(c.weight_arr) as arr
            from conflicts as c
            join view_now as n on n.account_id = c.account_id and n.as_of = c.as_of
            where c.as_of = $week and {condition}
            group by c.conflict
        )
        select k.conflict, k.label, k.words, k.green_view, k.green_grp, k.red_view, k.red_grp, k.is_declared,
            coalesce(c.accounts, 0) as accounts, coalesce(c.arr, 0) as arr
        from conflict_kinds as k
        left join counted as c on c.conflict = k.conflict
        order by k.nth
        """,
        params | {"week": week},
    )


def account_conflicts(generation: Generation, scope: Scope, accounts: Sequence[int], week: date) -> pd.DataFrame:
    """The conflicts some accounts are in this week: `account_id`, `conflict`, `label`, in the order of the kinds."""
    condition, params = scope.clause("a.")
    wanted, ids = listed(accounts)
    return generation.ask(
        f"""
        select c.account_id, c.conflict, k.label, k.words
        from conflicts as c
        join conflict_kinds as k on k.conflict = c.conflict
        join accounts as a on a.account_id = c.account_id
        where c.as_of = $week and c.account_id in ({wanted}) and {condition}
        order by c.account_id, k.nth
        """,
        params | ids | {"week": week},
    )


def account_lines(
    generation: Generation, scope: Scope, accounts: Sequence[int], week: date, weeks: int = 26
) -> pd.DataFrame:
    """Points of some accounts by view and week, oldest first: `account_id`, `view`, `as_of`, `points`."""
    condition, params = scope.clause("a.")
    wanted, ids = listed(accounts)
    return generation.ask(
        f"""
        select v.account_id, v.view, v.as_of, v.points
        from account_views as v
        join accounts as a on a.account_id = v.account_id
        where v.account_id in ({wanted}) and v.as_of <= $week
            and v.as_of > $week - cast({7 * int(weeks)} as int) and {condition}
        order by v.account_id, v.view, v.as_of
        """,
        params | ids | {"week": week},
    )
