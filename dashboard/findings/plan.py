"""What is said of the profit plan: what profit is, what strategies are to add, what is missing, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dashboard.findings.profit import period
from dashboard.format import Formats
from dashboard.reads.plan import Course
from dashboard.voice import PANEL, Voice, capital, counted, fitting, possessive, shortened, spelled
from data.journal.limits import TYPES

THIRD = 52
"""Characters of a finding over one of three columns."""
BAND_WORDS = {"unprofitable": "loss-making", "marginal": "marginal", "profitable": "profitable"}
PROFILE_WORDS = "ideal accounts, not there yet"
COURSE = (
    "Due by now: the expected profit in proportion to the weeks since the strategy was made, all of it after the "
    "profit window. Change: profit of the same accounts in the window, now less then; other causes are in it too"
)


@dataclass(frozen=True)
class Plan:
    """The first lines of the plan: profit now, what open strategies are to add, and the goal where it can be held."""

    profit: float | None
    expected: Mapping[str, Decimal]
    """Yearly profit expected of open strategies by type; of those whose accounts are all looked at."""
    open: Mapping[str, int]
    left_out: int
    """Open strategies that reach beyond the accounts looked at."""
    goal: tuple[str, float] | None = None
    """Period and yearly profit aimed at."""

    @property
    def more(self) -> float:
        """What all open strategies are to add a year."""
        return float(sum(self.expected.values(), Decimal(0)))

    @property
    def count(self) -> int:
        return sum(self.open.values())

    @property
    def planned(self) -> float | None:
        return None if self.profit is None else self.profit + self.more

    @property
    def gap(self) -> float | None:
        """What the goal asks beyond the plan; below zero where the plan passes it."""
        return None if self.goal is None or self.planned is None else self.goal[1] - self.planned


def plan_of(profit: float | None, courses: Sequence[Course], goal: tuple[str, float] | None) -> Plan:
    """The plan from profit now and the strategies that are open."""
    still = [course for course in courses if course.strategy.is_open]
    counted_in = [course.strategy for course in still if course.counts]
    by_type = {name: [one for one in counted_in if one.type == name] for name in TYPES}
    expected = {name: sum((one.expected for one in ones), Decimal(0)) for name, ones in by_type.items()}
    left_out = sum(not course.counts for course in still)
    return Plan(profit, expected, {name: len(ones) for name, ones in by_type.items()}, left_out, goal)


def title(plan: Plan, accounts: int, lacks: str | None, voice: Voice) -> str:
    """Profit now, what strategies add, and how that stands against the goal; what is missing to say it."""
    f = voice.formats
    if not accounts:
        return "No account has an invoice in the profit window, so there is no profit to plan with"
    if plan.profit is None:
        missing = (lacks or "its costs").removeprefix("not connected: ")
        return fitting(
            f"No profit plan yet: profit waits for {missing}", "No profit plan yet: no account’s profit is known"
        )
    now = f"{f.money(plan.profit)} {period(voice.company)}"
    if not plan.count:
        return _without(plan, now, voice)
    some = counted(plan.count, "open strategy", f)
    adds = f"{f.money(plan.profit)} now and {f.money(plan.more)} from {some}"
    if plan.gap is None or plan.goal is None:
        return fitting(f"The plan is {f.money(plan.planned)} {period(voice.company)}: {adds}")
    if plan.gap > 0:
        return fitting(
            f"The plan of {f.money(plan.planned)} is {f.money(plan.gap)} short of {plan.goal[0]}: {adds}",
            f"The plan of {f.money(plan.planned)} is {f.money(plan.gap)} short of the target for {plan.goal[0]}",
        )
    return fitting(
        f"The plan of {f.money(plan.planned)} reaches the target for {plan.goal[0]}: {adds}",
        f"The plan of {f.money(plan.planned)} reaches the target for {plan.goal[0]}",
    )


def _without(plan: Plan, now: str, voice: Voice) -> str:
    """Profit with no strategy for it."""
    f = voice.formats
    if plan.gap is not None and plan.goal and plan.gap > 0:
        return f"{now} of profit is {f.money(plan.gap)} short of {plan.goal[0]}, and no strategy is open"
    if plan.gap is not None and plan.goal:
        return f"{now} of profit reaches the target for {plan.goal[0]}, and no strategy is open"
    return f"{now} of profit, and no strategy is open to keep it or raise it"


def lines(plan: Plan, voice: Voice) -> str:
    """Which kind of strategy is to bring most."""
    f = voice.formats
    if plan.profit is None:
        return "The lines of the plan will stand here, profit first"
    if not plan.count:
        return "Profit is the first line; nothing is planned to change it"
    most = max(TYPES, key=lambda name: plan.expected[name])
    worth = f"{most} is to bring {f.money(float(plan.expected[most]))}"
    if sum(plan.open[name] > 0 for name in TYPES) == 1:
        return f"{capital(worth)}, and nothing else is planned"
    return f"Of {f.money(plan.more)} planned, {worth}"


def strategies(courses: Sequence[Course], day: date, voice: Voice) -> str:
    """How many are overdue and whose; else how many are open; what they changed."""
    f = voice.formats
    still = [course.strategy for course in courses if course.strategy.is_open]
    late = [one for one in still if one.is_overdue(day)]
    if not courses:
        return "No strategy was ever entered"
    if late:
        first = min(late, key=lambda one: one.due_on)
        verb = "is" if len(late) == 1 else "are"
        whose = f"{possessive(shortened(first.owner, 24))} since {f.short_day(first.due_on)}"
        opening = f"{f.count(len(late))} of {counted(len(still), 'open strategy', f)} {verb} overdue"
        return fitting(f"{opening}, {whose}", opening, limit=PANEL)
    if not still:
        return f"No strategy is open; {f.count(len(courses))} {'was' if len(courses) == 1 else 'were'} closed"
    next_ = min(still, key=lambda one: one.due_on)
    opening = f"{counted(len(still), 'strategy', f)} open and none overdue"
    return fitting(f"{opening}; the next is due on {f.short_day(next_.due_on)}", opening, limit=PANEL)


def due_by_now(course: Course, week: date, window: int) -> float | None:
    """What a strategy is to have brought by a week; None before its first."""
    gone = (week - course.strategy.week).days / 7
    if gone <= 0:
        return None
    return float(course.strategy.expected) * min(gone / (window or 52), 1.0)


def for_whom(course: Course, f: Formats) -> str:
    """The account, or the group with how many accounts it had."""
    one = course.strategy
    if one.account_code is not None:
        return course.name or one.account_code
    value = BAND_WORDS.get(one.group_value or "", one.group_value) if one.group_by == "band" else one.group_value
    named = PROFILE_WORDS if one.group_by == "profile" else f"{one.group_by}: {value}"
    return f"{capital(named)}, {counted(course.members, 'account', f)}"


def became(course: Course, week: date, voice: Voice) -> str:
    """Why nothing can be said of what a strategy changed; empty where it can."""
    one = course.strategy
    if not course.members:
        return "its accounts are not there any more"
    if week <= one.week:
        return "made this week" if week == one.week else "made later"
    if one.profit_then is None:
        return "profit was not known when it was made"
    return "" if course.profit is not None else "a cost is missing"


def best(rows: Sequence[Mapping[str, Any]], covered: int, voice: Voice) -> str:
    """How much of all gains the most profitable accounts bring, and for how many something is planned."""
    f = voice.formats
    if not rows:
        return "Nobody can be named as most profitable yet"
    earned = sum(max(row["profit"], 0.0) for row in rows)
    if not earned:
        return "No account earns money"
    share = f", {f.share(earned / rows[0]['gains'])} of gains" if rows[0]["gains"] else ""
    who = "1 account earns" if len(rows) == 1 else f"{capital(spelled(len(rows), f))} accounts earn"
    told = f"{who} {f.money(earned)}{share}"
    planned = "nothing is planned" if not covered else f"{spelled(covered, f)} with a plan"
    return fitting(f"{told}; {planned}", told, limit=THIRD)


def ideal(rows: Sequence[Mapping[str, Any]], has_kinds: bool, voice: Voice) -> str:
    """How many accounts are of the best kinds and not there yet; that no kind is known."""
    f = voice.formats
    if not has_kinds:
        return "Ideal future customers will stand here"
    if not rows:
        return "No account of the best kinds is left to win over"
    total, prospects = int(rows[0]["total"]), int(rows[0]["prospects"])
    verb = "fits" if total == 1 else "fit"
    told = f"{counted(total, 'account', f)} {verb} the profile and {'is' if total == 1 else 'are'} not there yet"
    return fitting(f"{told}; {f.count(prospects)} never paid", told, limit=THIRD) if prospects else told


def price(rows: Sequence[Mapping[str, Any]], voice: Voice) -> str:
    """How much of list is realised, and what lies below it."""
    f = voice.formats
    if not rows:
        return "No invoice line has a list price"
    net, listed = rows[0]["total_net"], rows[0]["total_list"]
    if net >= listed:
        return f"{f.share(net / listed)} of list price is realised"
    told = f"{f.share(net / listed)} of list price is realised; {f.money(listed - net)} lies below it"
    return fitting(told, f"{f.share(net / listed)} of list price is realised", limit=THIRD)


def prospects(deals: int, amount: float, voice: Voice) -> str:
    """New business that is open."""
    f = voice.formats
    if not deals:
        return ""
    verb = "is" if deals == 1 else "are"
    return f"{counted(deals, 'new deal', f)} {verb} open" + (f", {f.money(amount)}" if amount else "")


def types(plan: Plan, f: Formats) -> list[tuple[str, str, float]]:
    """Type, how many strategies are open, and what they are to add, for the lines of the plan."""
    some = {name: counted(n, "open strategy", f) if n else "none open" for name, n in plan.open.items()}
    return [(name, some[name], float(plan.expected[name])) for name in TYPES]
