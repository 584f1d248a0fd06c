"""Profit plan: profit as the first line, strategies that are to raise it, the accounts behind both, what came of it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard import findings
from dashboard.findings import plan as told
from dashboard.findings import profit as profit_findings
from dashboard.findings.plan import Plan
from dashboard.look import Look
from dashboard.reads import plan, profiles
from dashboard.reads.plan import Course
from dashboard.records import records
from data.journal.place import JournalError
from metrics.profit import ProfitFigures, profit_figures

QUESTION = "Do we have a profit plan, or only a budget of revenue and expense?"
STRATEGY, FOR, TYPE = "strategy", "for", "type"
LISTED, SHOWN = 8, 7
MANY = 1_000_000


@dataclass(frozen=True)
class Book:
    """Profit and strategies of the accounts looked at."""

    look: Look

    @cached_property
    def rows(self) -> pd.DataFrame:
        return plan.cost_rows(self.look.generation, self.look.scope, self.look.week)

    @cached_property
    def figures(self) -> ProfitFigures:
        return profit_figures(self.rows, self.look.company.profit_missing)

    @cached_property
    def found(self) -> tuple[list[Course], str]:
        """The strategies; where the journal can't be read none, and why."""
        try:
            return plan.courses(self.look.generation, self.look.scope, self.look.week), ""
        except JournalError as trouble:
            return [], str(trouble)

    @property
    def courses(self) -> list[Course]:
        return self.found[0]

    @cached_property
    def goals(self) -> dict[str, tuple[str, float]]:
        """The company's yearly targets by metric; none for a part of the accounts, or for another span than a year."""
        if not self.look.scope.is_all or self.look.company.profit_window_weeks != 52:
            return {}
        found = {name: plan.year_goal(self.look.generation, name, self.look.week) for name in ("profit", "net_income")}
        return {name: goal for name, goal in found.items() if goal}

    @cached_property
    def plan(self) -> Plan:
        return told.plan_of(self.figures.profit, self.courses, self.goals.get("profit"))

    @cached_property
    def covered(self) -> set[str]:
        """Codes of the accounts that an open strategy is for by name."""
        return {course.strategy.account_code or "" for course in self.courses if course.strategy.is_open} - {""}

    @property
    def today(self) -> date:
        """The day a strategy is overdue against."""
        return self.look.week

    @property
    def stamp(self) -> str:
        """What tells one list of strategies from the next."""
        return f"{len(self.courses)}/{sum(course.strategy.is_open for course in self.courses)}"


def page(look: Look) -> Markup:
    """The whole screen."""
    book = Book(look)
    return look.render(
        "plan",
        top=top(look, book),
        panels=[lines(look, book), strategies(look, book)],
        beneath=[best(look, book), ideal(look, book), price(look, book)],
        foot=foot(look, book),
    )


def top(look: Look, book: Book) -> Markup:
    """Question, finding, and what profit is."""
    f = look.f
    parts = [
        "Profit: net revenue − product cost − cost to serve, our definition",
        f"{profit_findings.window(look.company)} to {f.day(look.week)}",
        f.currency,
        "before overheads and tax",
    ]
    title = told.title(book.plan, book.figures.accounts, book.figures.missing.get("profit"), look.voice)
    return look.render("top", question=QUESTION, key="", line=" · ".join(parts), title=title)


def lines(look: Look, book: Book) -> Markup:
    """The plan from its first line: profit, what strategies add, the goal; then revenue and costs."""
    plan_, f = book.plan, look.f
    amounts = [plan_.profit, plan_.planned, *(amount for _, _, amount in told.types(plan_, f))]
    amounts += [plan_.goal[1]] if plan_.goal else []
    known = [float(one) for one in amounts if one is not None]
    return look.render(
        "plan_lines",
        title=told.lines(plan_, look.voice),
        plan=plan_,
        types=told.types(plan_, f),
        most=max([*known, 0.0]) * 1.3,
        least=min([*known, 0.0]),
        period=profit_findings.period(look.company),
        lacks=book.figures.missing.get("profit", ""),
        sums=_sums(book),
        no_goal=_no_goal(look, book),
        ledger=_ledger(look, book),
        csv=look.csv("plan", lambda: _plan_table(book), book.stamp),
    )


def _sums(book: Book) -> list[tuple[str, float | None]]:
    """Revenue and what it costs to bring profit: they follow from the plan, not the other way round."""
    if book.figures.profit is None:
        return [("revenue", book.figures.revenue)]
    known = book.rows[book.rows["profit"].notna()]
    revenue, service = float(known["revenue"].sum()), float(known["service_cost"].sum())
    return [("revenue", revenue), ("product cost", revenue - service - book.figures.profit), ("cost to serve", service)]


def _no_goal(look: Look, book: Book) -> str:
    """Why no goal stands beneath the plan; empty where one does."""
    if book.plan.goal:
        return ""
    if not look.scope.is_all:
        return "the target is of all accounts: take the filters away to see it"
    if look.company.profit_window_weeks != 52:
        return "a yearly target is not held against a profit window of another length"
    return "no target: add a row with metric profit and the year to the source targets"


def _ledger(look: Look, book: Book) -> str:
    """Net income of twelve months beside the plan, with its target where there is one; or what to connect."""
    if not look.scope.is_all:
        return ""
    f, found = look.f, plan.net_income(look.generation, look.week)
    if found is None:
        return "connect finance.net_income: twelve months of it stand here beside customer profit"
    month, amount = found
    said = f"Net income of the ledger, twelve months to {month}: {f.money(float(amount))}, after overheads and tax"
    goal = book.goals.get("net_income")
    if not goal:
        return said
    left = goal[1] - float(amount) - book.plan.more
    way = f"{f.money(left)} short of it" if left > 0 else f"{f.money(-left)} above it"
    return f"{said}; target for {goal[0]} {f.money(goal[1])}, and with the strategies before tax {way}"


def _plan_table(book: Book) -> pd.DataFrame:
    """The lines of the plan."""
    rows: list[tuple[str, float | None]] = [("profit now", book.plan.profit)]
    rows += [(name, float(amount)) for name, amount in book.plan.expected.items()]
    rows.append(("plan", book.plan.planned))
    if book.plan.goal:
        rows += [(f"target {book.plan.goal[0]}", book.plan.goal[1]), ("gap", book.plan.gap)]
    return pd.DataFrame(rows + [(name, amount) for name, amount in _sums(book)], columns=["line", "amount"])


def strategies(look: Look, book: Book) -> Markup:
    """The strategies with owner, due day, and what was expected against what came."""
    rows = [_row(look, book, course) for course in book.courses]
    whole = look.address.more.get("strategies") == "all"
    return look.render(
        "plan_strategies",
        title="The journal can’t be reached, so no strategy is listed"
        if book.found[1]
        else told.strategies(book.courses, book.today, look.voice),
        trouble=book.found[1],
        rows=rows if whole else rows[:SHOWN],
        left=0 if whole else max(len(rows) - SHOWN, 0),
        rule=told.COURSE,
        is_latest=look.week == look.weeks[0],
        csv=look.csv("strategies", lambda: _strategies_table(look, book), book.stamp),
    )


def _row(look: Look, book: Book, course: Course) -> dict[str, Any]:
    one = course.strategy
    due = told.due_by_now(course, look.week, look.company.profit_window_weeks)
    change = course.change
    return {
        "one": one,
        "course": course,
        "whom": told.for_whom(course, look.f),
        "is_overdue": one.is_overdue(book.today),
        "due_by_now": due,
        "change": None if change is None or due is None else float(change),
        "why": told.became(course, look.week, look.voice),
    }


def _strategies_table(look: Look, book: Book) -> pd.DataFrame:
    names = (
        "strategy_id", "type", "what", "owner", "account_code", "group_by", "group_value", "expected", "profit_then",
        "week", "due_on", "status", "author", "is_verified", "made_on", "closed_on", "closed_by",
    )  # fmt: skip
    rows = [
        {name: getattr(course.strategy, name) for name in names}
        | {"accounts": course.members, "profit_now": course.profit, "change": course.change}
        for course in book.courses
    ]
    return pd.DataFrame(rows, columns=[*names, "accounts", "profit_now", "change"])


def best(look: Look, book: Book) -> Markup:
    """The most profitable accounts, and whether something is planned for them."""
    generation, scope, week = look.generation, look.scope, look.week
    rows = records(plan.best_accounts(generation, scope, week, LISTED))
    covered = sum(row["account_code"] in book.covered for row in rows)
    return look.render(
        "plan_best",
        title=told.best(rows, covered, look.voice),
        rows=rows,
        covered=book.covered,
        lacks=book.figures.missing.get("profit", ""),
        is_latest=week == look.weeks[0],
        csv=look.csv("most-profitable", lambda: plan.best_accounts(generation, scope, week, MANY)),
    )


def ideal(look: Look, book: Book) -> Markup:
    """Who is of the kinds that earn most and is not there yet, and what these kinds are."""
    generation, scope, week = look.generation, look.scope, look.week
    every = records(profiles.kinds(generation, scope, week)) if book.figures.profit is not None else []
    rows = records(profiles.ideal(generation, scope, week, LISTED)) if every else []
    deals, is_declared = plan.new_deals(generation, scope, week), bool(profiles.declared(generation))
    return look.render(
        "plan_ideal",
        title=told.ideal(rows, bool(every), look.voice),
        rows=rows,
        kinds=_best_kinds(every),
        covered=book.covered,
        is_declared=is_declared,
        says=profiles.DECLARED if is_declared else profiles.SAYS,
        rule=profiles.IDEAL,
        deals=told.prospects(*deals, look.voice),
        is_latest=week == look.weeks[0],
        csv=look.csv("ideal", lambda: profiles.ideal(generation, scope, week, MANY)),
    )


def _best_kinds(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The best kind of every trait, the best first."""
    first: dict[str, dict[str, Any]] = {}
    for row in rows:
        first.setdefault(row["trait"], row)
    return list(first.values())


def price(look: Look, book: Book) -> Markup:
    """What lies below list price, by account: the ground for pricing strategies."""
    generation, scope, week = look.generation, look.scope, look.week
    rows = records(plan.price_gaps(generation, scope, week, LISTED))
    return look.render(
        "plan_price",
        title=told.price(rows, look.voice),
        rows=rows,
        covered=book.covered,
        is_latest=week == look.weeks[0],
        csv=look.csv("prices", lambda: plan.price_gaps(generation, scope, week, MANY)),
    )


def foot(look: Look, book: Book) -> Markup:
    """The footer line."""
    parts = list(look.company.profit_notes)
    if book.plan.left_out:
        some = look.f.count(book.plan.left_out)
        parts.append(f"{some} open strategies reach beyond the accounts looked at and are not in the plan")
    if book.figures.n_unknown and book.figures.profit is not None:
        parts.append(f"{look.f.count(book.figures.n_unknown)} accounts without a cost are left out")
    return look.render("foot", foot=findings.foot(look, parts))


def show(look: Look) -> None:
    """Draw the screen, and the form over it where the address asks for it."""
    from dashboard.screens.frame import sheet_of
    from dashboard.screens.plan_form import form

    sheet_of(look, page(look), form=look.address.more.get(STRATEGY, ""))
    form(look)
