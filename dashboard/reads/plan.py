"""Reads of the profit plan and of what-ifs: costs by account, strategies and scenarios of the journal."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from dashboard.reads import people
from dashboard.reads.overrides import journal_of
from dashboard.reads.warehouse import Generation, Scope
from metrics.people import last_month, target

if TYPE_CHECKING:
    from data.journal.scenarios import Scenario
    from data.journal.strategies import Strategy

GROUPS = ("segment", "region", "industry")
"""Columns of accounts by which a strategy can name a group; by band and by profile come beside them."""
BANDS = ("unprofitable", "marginal", "profitable")
MONTHS = 12
A_YEAR = re.compile(r"(FY ?)?\d{4}", re.IGNORECASE)


@dataclass(frozen=True)
class Course:
    """A strategy with what became of its accounts in a week."""

    strategy: "Strategy"
    members: int
    """Accounts it was made for that are there, and `in_scope`: those of them that are looked at."""
    in_scope: int
    profit: Decimal | None
    """Their profit in the window that ends with the week; None where it is not known."""
    name: str
    """What the account is called, where it is for one."""

    @property
    def counts(self) -> bool:
        """Whether all of it lies in what is looked at: only then its expected profit is part of the plan."""
        return self.in_scope == self.members

    @property
    def change(self) -> Decimal | None:
        """Profit now against profit when it was made."""
        then = self.strategy.profit_then
        return None if self.profit is None or then is None else self.profit - then


@dataclass(frozen=True)
class Group:
    """The accounts a strategy is for: their codes, and their profit where it is known of all."""

    codes: list[str]
    profit: Decimal | None


def cost_rows(generation: Generation, scope: Scope, week: date) -> pd.DataFrame:
    """Every account's revenue, service cost, profit and band in the window that ends with the week."""
    condition, params = scope.clause("a.")
    return generation.ask(
        f"""
        select p.account_id, cast(p.revenue as double) as revenue, cast(p.service_cost as double) as service_cost,
            cast(p.profit as double) as profit, p.band
        from account_profit as p join accounts as a on a.account_id = p.account_id
        where p.as_of = $week and {condition}
        order by p.account_id
        """,
        params | {"week": week},
    )


def scenarios(generation: Generation) -> "list[Scenario]":
    """The what-ifs saved by name, newest first; none before the first. Raises `JournalError`."""
    journal = journal_of(generation)
    if journal is None:
        return []
    from data.journal.scenarios import every_scenario

    return every_scenario(journal)


def courses(generation: Generation, scope: Scope, week: date) -> list[Course]:
    """Every strategy that is for an account in the scope, with what became of it: open ones by due day, then closed.

    One whose accounts are not there any more is listed for the whole company. Raises `JournalError`.
    """
    journal = journal_of(generation)
    if journal is None:
        return []
    from data.journal.strategies import every_strategy, members_of

    found = []
    for one in every_strategy(journal):
        kept = f"members of {one.strategy_id} made {one.made_at} in {journal.where}"  # they never change
        codes = generation.once(kept, partial(members_of, journal, one.strategy_id))
        course = _course(generation, scope, week, one, codes)
        if course.in_scope or (scope.is_all and not course.members):
            found.append(course)
    return found


def _course(generation: Generation, scope: Scope, week: date, one: "Strategy", codes: list[str]) -> Course:
    """What the accounts of these codes, aliases too, are and earn in a week."""
    condition, params = scope.clause("a.")
    row = generation.ask(
        f"""
        with wanted as (select unnest($codes) as code),
        chosen as (
            select a.account_id from accounts as a join wanted as w on w.code = a.account_code
            union
            select l.account_id from account_aliases as l join wanted as w on w.code = l.alias
        )
        select count(*) as members, count(case when {condition} then 1 end) as in_scope,
            count(p.account_id) - count(p.profit) as unknown, cast(sum(p.profit) as varchar) as profit,
            min(a.name) as name
        from chosen as c
        join accounts as a on a.account_id = c.account_id
        left join account_profit as p on p.account_id = a.account_id and p.as_of = $week
        """,
        params | {"codes": tuple(codes), "week": week},
    ).iloc[0]
    members, in_scope = int(row["members"]), int(row["in_scope"])
    known = bool(members) and not int(row["unknown"]) and _has_profit(generation, week)
    profit = (Decimal(row["profit"]) if isinstance(row["profit"], str) else Decimal(0)) if known else None
    return Course(one, members, in_scope, profit, str(row["name"] or "") if members else "")


def _has_profit(generation: Generation, week: date) -> bool:
    """Whether any account's profit is known in a week: only then one without a line earns nothing."""
    return not generation.ask(
        "select 1 as one from account_profit where as_of = $week and profit is not null limit 1", {"week": week}
    ).empty


def group_of(generation: Generation, scope: Scope, week: date, by: str, value: str) -> Group:
    """The accounts of a group (`GROUPS`, 'band', or 'account' with a code), of the scope; none for what is not there.

    `by` is never taken from outside: it has to be one of these.
    """
    wanted = {"band": "p.band = $value", "account": "a.account_code = $value"} | {
        name: f"coalesce(a.{name}, '') = $value" for name in GROUPS
    }
    condition, params = scope.clause("a.")
    rows = generation.ask(
        f"""
        select a.account_code, cast(p.profit as varchar) as profit, p.account_id is not null as has_line
        from accounts as a
        left join account_profit as p on p.account_id = a.account_id and p.as_of = $week
        where {wanted[by]} and (a.closed_on is null or a.closed_on > $week) and {condition}
        order by a.account_id
        """,
        params | {"week": week, "value": value},
    )
    return group(generation, week, rows)


def group(generation: Generation, week: date, rows: pd.DataFrame) -> Group:
    """A group from its accounts: `account_code`, `profit` as text, `has_line`."""
    codes = [str(code) for code in rows["account_code"]]
    unknown = bool((rows["has_line"].astype(bool) & rows["profit"].isna()).any())
    if unknown or not codes or not _has_profit(generation, week):
        return Group(codes, None)
    return Group(codes, sum((Decimal(text) for text in rows["profit"].dropna()), Decimal(0)))


def best_accounts(generation: Generation, scope: Scope, week: date, limit: int) -> pd.DataFrame:
    """The most profitable accounts: code, name, csm, `revenue`, `profit`, `margin`, and all profit above zero."""
    condition, params = scope.clause("a.")
    return generation.ask(
        f"""
        select p.account_id, a.account_code, a.name, coalesce(a.csm, '') as csm, cast(p.revenue as double) as revenue,
            cast(p.profit as double) as profit, p.margin,
            cast(sum(greatest(p.profit, 0)) over () as double) as gains
        from account_profit as p join accounts as a on a.account_id = p.account_id
        where p.as_of = $week and p.profit is not null and {condition}
        order by p.profit desc, p.account_id
        limit $limit
        """,
        params | {"week": week, "limit": limit},
    )


def price_gaps(generation: Generation, scope: Scope, week: date, limit: int) -> pd.DataFrame:
    """Accounts by what their price lies below list, most first: `list_revenue`, `net`, `below`, `realised`, `profit`.

    `total_net` and `total_list` are of all accounts with a list price; empty where no line has one.
    """
    condition, params = scope.clause("a.")
    return generation.ask(
        f"""
        select p.account_id, a.account_code, a.name, coalesce(a.csm, '') as csm,
            cast(p.list_revenue as double) as list_revenue, cast(p.net_listed as double) as net,
            cast(p.list_revenue - p.net_listed as double) as below, cast(p.profit as double) as profit,
            cast(p.net_listed as double) / cast(p.list_revenue as double) as realised,
            cast(sum(p.net_listed) over () as double) as total_net,
            cast(sum(p.list_revenue) over () as double) as total_list, count(*) over () as accounts
        from account_profit as p join accounts as a on a.account_id = p.account_id
        where p.as_of = $week and p.list_revenue > 0 and {condition}
        order by p.list_revenue - p.net_listed desc, p.account_id
        limit $limit
        """,
        params | {"week": week, "limit": limit},
    )


def year_goal(generation: Generation, metric: str, day: date) -> tuple[str, float] | None:
    """Period and value of the company's target for a fiscal year's amount; None without one for the day."""
    rows = generation.ask("select period, value from targets where metric = $metric", {"metric": metric})
    starts = generation.ask("select fiscal_year_starts from generation")["fiscal_year_starts"]
    years = [
        (str(period), float(value))
        for period, value in zip(rows["period"], rows["value"], strict=True)
        if A_YEAR.fullmatch(str(period).strip())
    ]
    return target(years, day, int(starts.iloc[0]))


def net_income(generation: Generation, day: date) -> tuple[str, Decimal] | None:
    """The last of the twelve months in a row that are over by a day, and their net income; None without twelve."""
    over = [one for one in people.books(generation) if one.month <= last_month(day)]
    last = over[-MONTHS:]
    if len(last) < MONTHS or last[-1].nth - last[0].nth != MONTHS - 1:
        return None
    return last[-1].month, sum((one.net_income for one in last), Decimal(0))


def new_deals(generation: Generation, scope: Scope, week: date) -> tuple[int, float]:
    """Deals of kind `new` open on the day, and their amount; those without an account only where all are looked at."""
    condition, params = scope.clause("a.")
    part = "true" if scope.is_all else f"o.account_id is not null and {condition}"
    row = generation.ask(
        f"""
        select count(*) as deals, cast(coalesce(sum(o.amount), 0) as double) as amount
        from opportunities as o left join accounts as a on a.account_id = o.account_id
        where o.kind = 'new' and (o.opened_on is null or o.opened_on <= $week)
            and (o.closed_on is null or o.closed_on > $week) and {part}
        """,
        params | {"week": week},
    ).iloc[0]
    return int(row["deals"]), float(row["amount"])


def group_values(generation: Generation, scope: Scope, by: str) -> list[str]:
    """What a column of `GROUPS` says of the accounts of the scope, in order; those that say nothing are left out."""
    condition, params = scope.clause()
    column = {name: name for name in GROUPS}[by]
    rows = generation.ask(
        f"select distinct {column} as value from accounts where {column} <> '' and {condition} order by 1", params
    )
    return [str(value) for value in rows["value"]]
