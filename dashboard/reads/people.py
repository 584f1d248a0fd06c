"""Reads behind the five questions: books and goals of the company, what others reach, standards kept, behaviour."""

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from dashboard.reads.profit_parts import WAITING
from dashboard.reads.warehouse import Generation, Scope
from metrics.benchmarks import Comparison, compare
from metrics.people import BOOKS, Month, last_day, months, target

QUARTER = timedelta(weeks=13)


def books(generation: Generation) -> list[Month]:
    """Every month of finance, oldest first; of the company, whatever the scope. Empty where it is not connected."""
    return generation.once("books", lambda: months(generation.ask(BOOKS)))


def goal(generation: Generation, metric: str, day: date) -> tuple[str, float] | None:
    """Period and value of the company's target for a metric on a day; None without one."""
    rows = generation.ask("select period, value from targets where metric = $metric", {"metric": metric})
    starts = generation.ask("select fiscal_year_starts from generation")["fiscal_year_starts"]
    return target(zip(rows["period"], rows["value"].astype(float), strict=True), day, int(starts.iloc[0]))


def goal_of_month(generation: Generation, metric: str, month: str) -> tuple[str, float] | None:
    """The target on the last day of a month, '2026-10'."""
    return goal(generation, metric, last_day(month))


def benchmark(generation: Generation, metric: str) -> Comparison | None:
    """What a metric is compared with: the row company.toml picks, or what sources say; None where none is known."""
    select = "select * from benchmark_rows where metric = $metric"
    return generation.once(f"benchmark {metric}", lambda: compare(generation.ask(select, {"metric": metric}), metric))


def standards(generation: Generation, scope: Scope, week: date) -> pd.DataFrame:
    """How often each stage's standards were kept in thirteen weeks and in the thirteen before, the least kept first.

    `stage` (the standard itself where it has none), `observed`, `kept`, `was_observed`, `was_kept`. In a scope only
    what was observed at its accounts.
    """
    condition, params = scope.clause()
    part = condition if scope.is_all else f"has_account and {condition}"
    return generation.ask(
        f"""
        select coalesce(nullif(stage, ''), standard) as stage,
            cast(sum(case when as_of > $now then observed else 0 end) as int) as observed,
            cast(sum(case when as_of > $now then kept else 0 end) as int) as kept,
            cast(sum(case when as_of <= $now then observed else 0 end) as int) as was_observed,
            cast(sum(case when as_of <= $now then kept else 0 end) as int) as was_kept
        from standard_weeks
        where as_of <= $week and as_of > $before and {part}
        group by 1
        having sum(case when as_of > $now then observed else 0 end) > 0
        order by sum(case when as_of > $now then kept else 0 end)
            / cast(sum(case when as_of > $now then observed else 0 end) as double), stage
        """,
        params | {"week": week, "now": week - QUARTER, "before": week - 2 * QUARTER},
    )


@dataclass(frozen=True)
class Behaviour:
    """One behaviour of ours: accounts rated badly by it through our own cause, and what they cost beyond the others."""

    driver: str
    accounts: int
    extra: float
    rated: int
    """Accounts rated by any driver."""
    drivers: int
    ours: int
    """Bad ratings whose cause is us, of all drivers, and `bad`, of any cause."""
    bad: int


def own_behaviour(generation: Generation, scope: Scope) -> Behaviour | None:
    """The behaviour caused by us that costs most on the newest week end; None where no driver is rated.

    `extra` is what its accounts cost beyond what they would at the share of revenue that accounts rated 0 or 1 cost:
    service, price below list, and waiting for money. It is not added up over drivers, which share accounts.
    """
    condition, params = scope.clause()
    rows = generation.ask(
        f"""
        with sides as (
            select driver, side, sum(accounts) as accounts, sum(revenue) as revenue, sum(cost + {WAITING}) as cost
            from driver_sides
            where {condition}
            group by driver, side
        )
        select driver,
            coalesce(sum(case when side = 'us' then accounts end), 0) as ours,
            coalesce(sum(case when side <> 'good' then accounts end), 0) as bad,
            sum(accounts) as rated,
            sum(case when side = 'us' then cost end) - sum(case when side = 'us' then revenue end)
                * sum(case when side = 'good' then cost end)
                / nullif(greatest(sum(case when side = 'good' then revenue end), 0), 0) as extra
        from sides group by driver order by extra desc nulls last, driver
        """,
        params,
    )
    if rows.empty:
        return None
    first = rows.iloc[0]
    extra = 0.0 if pd.isna(first["extra"]) else float(first["extra"])
    return Behaviour(
        driver=str(first["driver"]),
        accounts=int(first["ours"]),
        extra=max(extra, 0.0),
        rated=int(rows["rated"].max()),
        drivers=len(rows),
        ours=int(rows["ours"].sum()),
        bad=int(rows["bad"].sum()),
    )
