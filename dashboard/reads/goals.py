"""Reads of the goals agreed with clients: of one account, of the largest, and how many stand how."""

from datetime import date, timedelta
from typing import Any

import pandas as pd

from dashboard.reads.warehouse import Generation, Scope

STATES = ("late", "on the way", "reached")
"""How a goal can stand in a week, what needs attention first."""
LATELY = timedelta(weeks=26)

_KNOWN = """
    select goal_id, account_id, objective, unit, baseline, target, value, agreed_on, due_on, reached_on, rating,
        case when reached_on is not null or is_open then actual end as actual,
        case when reached_on is not null then 'reached' when due_on <= $week then 'late' else 'on the way' end as state
    from (
        select g.*,
            case when achieved_on is not null and greatest(achieved_on, coalesce(agreed_on, achieved_on)) <= $week
                then greatest(achieved_on, coalesce(agreed_on, achieved_on)) end as reached_on,
            case when coalesce(rated_on, achieved_on) <= $week then rated_by_client end as rating,
            achieved_on is null and $is_latest as is_open
        from goals as g
        where coalesce(agreed_on, achieved_on) <= $week {more}
    ) as g
    """
"""Goals known in a week, as they stood in it. What an open goal has reached so far has no date: it is today's."""
_RANK = "case g.state when 'late' then 0 when 'on the way' then 1 else 2 end"
_OUT = (
    "g.goal_id, g.objective, g.unit, cast(g.baseline as double) as baseline, cast(g.target as double) as target, "
    "cast(g.actual as double) as actual, g.state, g.agreed_on, g.due_on, g.reached_on, "
    "case when g.state = 'reached' then cast(g.value as double) end as value, cast(g.rating as int) as rating"
)


def of_account(generation: Generation, scope: Scope, account_id: int, week: date, is_latest: bool) -> pd.DataFrame:
    """The goals of one account as they stood in a week: late ones first, then by the day they are due."""
    condition, params = scope.clause("a.")
    return generation.ask(
        f"""
        select {_OUT}
        from ({_KNOWN.format(more="and account_id = $id")}) as g
        join accounts as a on a.account_id = g.account_id
        where {condition}
        order by {_RANK}, case when g.state <> 'reached' then g.due_on end nulls last, g.reached_on desc, g.goal_id
        """,
        params | {"id": account_id, "week": week, "is_latest": is_latest},
    )


def counts(generation: Generation, scope: Scope, week: date, is_latest: bool) -> pd.DataFrame:
    """Goals by state, the live accounts that have one, and what these weigh; a state without a goal has no row.

    `lately` leaves out those reached half a year ago or earlier.
    """
    condition, params = scope.clause("n.")
    return generation.ask(
        f"""
        with per_account as (
            select g.state, n.account_id, n.weight_arr, count(*) as goals,
                count(case when g.reached_on <= $after then 1 end) as past
            from ({_KNOWN.format(more="")}) as g
            join view_now as n on n.account_id = g.account_id
            where n.as_of = $week and {condition}
            group by g.state, n.account_id, n.weight_arr
        )
        select state, cast(sum(goals) as bigint) as goals, count(*) as accounts, sum(weight_arr) as arr,
            cast(sum(goals) - sum(past) as bigint) as lately
        from per_account group by state
        """,
        params | {"week": week, "is_latest": is_latest, "after": week - LATELY},
    )


def of_largest(
    generation: Generation, scope: Scope, week: date, is_latest: bool, state: str, limit: int, offset: int
) -> pd.DataFrame:
    """Goals of the live accounts, those of the largest first; '' means those open or reached in the last half-year."""
    condition, params = scope.clause("n.")
    bound: dict[str, Any] = {
        "week": week,
        "is_latest": is_latest,
        "state": state,
        "limit": limit,
        "offset": offset,
        "after": week - LATELY,
    }
    return generation.ask(
        f"""
        select n.account_code, n.name, n.weight_arr, n.csm, {_OUT}
        from ({_KNOWN.format(more="")}) as g
        join view_now as n on n.account_id = g.account_id
        where n.as_of = $week and (g.state = $state or ($state = '' and coalesce(g.reached_on > $after, true)))
            and {condition}
        order by n.weight_arr desc, n.account_id, {_RANK}, case when g.state <> 'reached' then g.due_on end nulls last,
            g.reached_on desc, g.goal_id
        limit $limit offset $offset
        """,
        params | bound,
    )
