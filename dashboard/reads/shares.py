"""Reads of concentration: what lies on few accounts, who came into the top group, who gets the attention."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

import pandas as pd

from dashboard.reads.profit import account_names, profit_rows
from dashboard.reads.warehouse import Generation, Scope
from metrics.profit import diamond, shares
from metrics.profit.concentration import FIGURES

WHY_NONE = {
    "revenue": ("invoices", "net_revenue"),
    "arr": ("subscriptions", "arr"),
    "risk_arr": ("subscriptions", "arr"),
    "tickets": ("tickets", "account_id"),
    "executive_calls": ("touchpoints", "account_id"),
    "success_minutes": ("service_costs", "minutes"),
}
"""The source and column each kind is taken from."""
NONE_OF = {
    "revenue": "no account has revenue in the profit window",
    "arr": "no account has ARR",
    "risk_arr": "no account with ARR is red in Vendor Risk",
    "tickets": "no ticket was opened in the profit window",
    "executive_calls": "no executive call in the profit window",
    "success_minutes": "no minutes of success work in the profit window",
}


def share_weeks(generation: Generation) -> list[date]:
    """The week ends whose amounts are kept per account, newest first: the latest and the one a quarter before."""
    rows = generation.ask("select distinct as_of from account_shares order by as_of desc")
    return [day.date() for day in rows["as_of"]]


def share_rows(generation: Generation, scope: Scope, kind: str, week: date) -> pd.DataFrame:
    """What every account has of a kind: `account_id`, `amount` (money, tickets, calls or minutes), zero left out.

    For one of `share_weeks`; goes to `metrics.profit.shares` (`concentration`, `pareto_of`, `top_20_interval`).
    """
    condition, params = scope.clause("a.")
    return generation.ask(
        f"""
        select s.account_id, cast(s.amount as double) as amount
        from account_shares as s join accounts as a on a.account_id = s.account_id
        where s.kind = $kind and s.as_of = $week and {condition}
        order by s.account_id
        """,
        params | {"kind": kind, "week": week},
    )


def missing_shares(generation: Generation, scope: Scope, kind: str, week: date) -> str | None:
    """Why there is nothing of a kind in the scope that week, in words; None where there is."""
    if len(share_rows(generation, scope, kind, week)):
        return None
    source, column = WHY_NONE[kind]
    found = generation.ask(f"select count(*) as n, count({column}) as n_known from {source}").iloc[0]
    if not found["n_known"]:
        return f"not connected: {source}.{column}" if found["n"] else f"not connected: {source}"
    if kind == "risk_arr" and not _is_scored(generation, week):
        return "Vendor Risk has no scores"
    return NONE_OF[kind] if scope.is_all else f"{NONE_OF[kind]} among the accounts chosen"


def _is_scored(generation: Generation, week: date) -> bool:
    """Whether any account has a score in Vendor Risk: the view may be off, or nothing of it connected."""
    scores = "select count(points) as n from view_scores where view = 'vendor_risk' and as_of = $week"
    return bool(generation.ask(scores, {"week": week})["n"].iloc[0])


def concentration_trend(generation: Generation, scope: Scope, kind: str) -> pd.DataFrame:
    """The figures of `Concentration` over time, oldest first: `as_of`, `is_short` and one column for each.

    For the whole company the last week end of every whole quarter, then every recent week; for a part of it the two
    weeks of `share_weeks` alone. `is_short`: the source begins within the profit window, which is not whole then.
    """
    whole = generation.ask(
        f"select as_of, is_short, {', '.join(FIGURES)} from concentration where kind = $kind order by as_of",
        {"kind": kind},
    )
    if scope.is_all:
        return whole
    short = dict(zip(whole["as_of"], whole["is_short"], strict=True))
    rows = []
    for week in reversed(share_weeks(generation)):
        figures = shares.concentration(share_rows(generation, scope, kind, week)["amount"])
        if figures.accounts:
            day = pd.Timestamp(week)
            rows.append({"as_of": day, "is_short": bool(short.get(day, False))} | asdict(figures))
    return pd.DataFrame(rows, columns=["as_of", "is_short", *FIGURES])


@dataclass(frozen=True)
class TopMoves:
    """How many accounts came into the group that has 80 % and went out of it, and the largest of both, by name."""

    entered: int
    left: int
    rows: pd.DataFrame
    """Columns of `metrics.profit.shares.top_moves`, with `account_code` and `name`."""


def top_moves(generation: Generation, scope: Scope, kind: str, limit: int = 20) -> TopMoves | None:
    """Who came and who went since a quarter before, `limit` of each at most; None without that week.

    Within a scope the group is its own.
    """
    weeks = share_weeks(generation)
    if len(weeks) < 2:
        return None
    now, before = (share_rows(generation, scope, kind, week) for week in weeks)
    moves = shares.top_moves(now, before)
    entered = int((moves["move"] == "entered").sum())
    largest = moves.groupby("move").head(limit)
    return TopMoves(entered, len(moves) - entered, _named(generation, scope, largest))


def attention(
    generation: Generation, scope: Scope, week: date, by: Literal["revenue", "arr"] = "revenue"
) -> shares.Attention | None:
    """The share of executive calls and success minutes on the accounts that bring 80 % of revenue (or ARR).

    None where nobody brings any; `missing_shares` says why, and why a kind of attention has no share.
    """
    given = {kind: share_rows(generation, scope, kind, week) for kind in shares.ATTENTION}
    return shares.attention(share_rows(generation, scope, by, week), given)


def success_without_minutes(generation: Generation, scope: Scope) -> tuple[int, int]:
    """Success costs without minutes, which no share of success hours counts, and all success costs."""
    condition, params = scope.clause("a.")
    row = generation.ask(
        f"""
        select count(*) - count(c.minutes) as without, count(*) as n
        from service_costs as c join accounts as a on a.account_id = c.account_id
        where c.activity = 'success' and {condition}
        """,
        params,
    ).iloc[0]
    return int(row["without"]), int(row["n"])


def diamond_accounts(generation: Generation, scope: Scope, week: date, group: str, limit: int = 20) -> pd.DataFrame:
    """The accounts of one group of the diamond, by money at stake: the largest loss of restore, else the most revenue.

    `account_id`, `account_code`, `name`, `revenue`, `profit`, `band`, `is_large`.
    """
    grouped = diamond.diamond_groups(profit_rows(generation, scope, week))
    rows = grouped[grouped["diamond"] == group].drop(columns="diamond")
    by, ascending = ("profit", True) if group == "restore" else ("revenue", False)
    return _named(generation, scope, rows.sort_values([by, "account_id"], ascending=[ascending, True]).head(limit))


def _named(generation: Generation, scope: Scope, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with code and name behind `account_id`."""
    ids: Sequence[int] = [int(each) for each in rows["account_id"]]
    names = account_names(generation, scope, ids)
    rows = rows.reset_index(drop=True)
    at = rows.columns.get_loc("account_id")
    assert isinstance(at, int)
    rows.insert(at + 1, "account_code", [names[each][0] for each in ids])
    rows.insert(at + 2, "name", [names[each][1] for each in ids])
    return rows
