"""Reads of why a score moved: an account's rows in two weeks, what it was scored by, and when that changed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from dashboard.reads.warehouse import Generation, Scope
from metrics.one_account import Account, Definition, Reading, Value, definition_from

RECENT_VALUES = """
    select distinct r.measure, case when r.item = '' then e.item else r.item end as item,
        r.as_of, r.numerator, r.denominator, r.evidence_on
    from account_recent as r
    join entries as e on e.view = r.view and e.entry = r.entry
    where r.account_id = $id and r.as_of in ($first, $second) and r.measure in (select unnest($measures))
        and (r.item <> '' or e.item <> '' or not e.has_items)
    """
ALL_VALUES = """
    select measure, item, as_of, numerator, denominator, evidence_on from measure_values
    where account_id = $id and as_of in ($first, $second) and measure in (select unnest($measures))
    """


@dataclass(frozen=True)
class Known:
    """What is known of an account in one week; `is_live` says whether it is scored in it at all."""

    account: Account
    reading: Reading
    is_live: bool


@dataclass(frozen=True)
class Hand:
    """A value a person set: who, how many points, and why."""

    author: str
    points: float
    reason: str


def changeovers(generation: Generation, view: str, until: date, weeks: int = 26) -> pd.DataFrame:
    """Weeks in which the definition of a view changed, oldest first: `as_of`, `old_hash`, `new_hash`, `words`."""
    return generation.ask(
        """
        select as_of, old_hash, new_hash, words from changeovers
        where view = $view and as_of <= $until and as_of > $after
        order by as_of
        """,
        {"view": view, "until": until, "after": until - timedelta(weeks=weeks)},
    )


def weeks_before(generation: Generation, week: date, most: int = 52) -> list[date]:
    """The week ends a score of this week can be compared with, newest first."""
    rows = generation.ask(
        "select as_of from weeks where is_shown and as_of < $week order by as_of desc limit $most",
        {"week": week, "most": most},
    )
    return [day.date() for day in rows["as_of"]]


def definition_now(generation: Generation, view: str) -> Definition | None:
    """What the view is scored by in this generation; None where it is off."""
    used = generation.ask("select scorecards_hash as hash from generation")["hash"].iloc[0]
    return _definition(generation, str(used), view)


def definition_then(generation: Generation, view: str, before: date, after: date) -> Definition | None:
    """What the view was scored by in the week `before`; None where it has not changed up to the week `after`."""
    rows = generation.ask(
        """
        select old_hash from changeovers
        where view = $view and as_of > $before and as_of <= $after
        order by as_of limit 1
        """,
        {"view": view, "before": before, "after": after},
    )
    return None if rows.empty else _definition(generation, str(rows["old_hash"].iloc[0]), view)


def _definition(generation: Generation, used: str, view: str) -> Definition | None:
    rows = generation.ask("select scoring from scorecards_used where hash = $used limit 1", {"used": used})
    values = json.loads(rows["scoring"].iloc[0]).get(view) if len(rows) else None
    return None if values is None else definition_from(values)


def known(
    generation: Generation, scope: Scope, account_id: int, weeks: tuple[date, date], measures: tuple[str, ...]
) -> Mapping[date, Known]:
    """Values, age and sources of one account in two weeks, for these measures; nothing outside the scope."""
    facts = _facts(generation, scope, account_id, weeks)
    if not facts:
        return {}
    values, listed = _values(generation, account_id, weeks, measures), _listed(generation)
    delivered, ended = _delivered(generation, weeks), _ended(generation, weeks)
    return {
        week: Known(
            account=facts[week][0],
            reading=Reading(week, values.get(week, {}), delivered[week], ended[week], listed),
            is_live=facts[week][1],
        )
        for week in weeks
    }


def hand_then(generation: Generation, account_id: int, view: str, week: date) -> Hand | None:
    """What a person had set for a view in a week, as the last build took it from the journal."""
    rows = generation.ask(
        """
        select author, points, reason from overrides
        where account_id = $id and view = $view and starts_on <= $week and ends_on > $week
        order by override_id desc limit 1
        """,
        {"id": account_id, "view": view, "week": week},
    )
    return None if rows.empty else Hand(*rows.iloc[0][["author", "points", "reason"]])


def _facts(
    generation: Generation, scope: Scope, account_id: int, weeks: tuple[date, date]
) -> dict[date, tuple[Account, bool]]:
    """What exceptions ask of the account in each week, and whether it is live; empty outside the scope."""
    condition, params = scope.clause("a.")
    rows = generation.ask(
        f"""
        select a.segment, a.industry, w.as_of, w.age_days
        from accounts as a
        left join scored_weeks as w on w.account_id = a.account_id and w.as_of in ($first, $second)
        where a.account_id = $id and {condition}
        """,
        params | {"id": account_id, "first": weeks[0], "second": weeks[1]},
    )
    if rows.empty:
        return {}
    ages = {day.date(): age for day, age in zip(rows["as_of"], rows["age_days"], strict=True) if day == day}
    kinds = [str(value) if isinstance(value, str) else "" for value in rows.iloc[0][["segment", "industry"]]]
    return {
        week: (Account(kinds[0], kinds[1], None if _is_missing(ages.get(week)) else int(ages[week])), week in ages)
        for week in weeks
    }


def _values(
    generation: Generation, account_id: int, weeks: tuple[date, date], measures: tuple[str, ...]
) -> dict[date, dict[tuple[str, str], Value]]:
    """The rows behind the points: from the read table of recent weeks where it holds all of them.

    Only an earlier week, or a measure that is scored no more, asks the big table: once, for one account.
    """
    params = {"id": account_id, "first": weeks[0], "second": weeks[1], "measures": measures}
    kept = generation.ask(
        """
        select (select min(as_of) from account_recent) as first_on, count(distinct measure) as measures
        from entries where measure in (select unnest($measures))
        """,
        {"measures": measures},
    ).iloc[0]
    is_recent = kept["measures"] == len(measures) and pd.Timestamp(min(weeks)) >= kept["first_on"]
    rows = generation.ask(RECENT_VALUES if is_recent else ALL_VALUES, params)
    found: dict[date, dict[tuple[str, str], Value]] = {}
    for row in rows.to_dict("records"):
        day = None if _is_missing(row["evidence_on"]) else row["evidence_on"].date()
        value = Value(_number(row["numerator"]), _number(row["denominator"]), day)
        found.setdefault(row["as_of"].date(), {})[row["measure"], row["item"]] = value
    return found


def _listed(generation: Generation) -> Mapping[str, tuple[str, ...]]:
    """The items of every measure that is scored by all of them."""
    rows = generation.ask(
        """
        select distinct e.measure, i.item
        from entry_items as i join entries as e on e.view = i.view and e.entry = i.entry
        where i.item <> '' and e.has_items and e.item = ''
        order by e.measure, i.item
        """
    )
    return {str(name): tuple(part) for name, part in rows.groupby("measure")["item"]}


def _delivered(generation: Generation, weeks: tuple[date, date]) -> dict[date, frozenset[str]]:
    """Sources a missing row of which means zero, by week."""
    rows = generation.ask(
        "select source, as_of from source_weeks where as_of in ($first, $second)",
        {"first": weeks[0], "second": weeks[1]},
    )
    return {week: frozenset(rows.loc[rows["as_of"] == pd.Timestamp(week), "source"]) for week in weeks}


def _ended(generation: Generation, weeks: tuple[date, date]) -> dict[date, frozenset[str]]:
    """Sources that stopped before a week, by week."""
    rows = generation.ask("select source, last_on from source_days where last_on is not null")
    last = [(str(row["source"]), row["last_on"].date()) for row in rows.to_dict("records")]
    return {week: frozenset(name for name, day in last if week > day + timedelta(days=6)) for week in weeks}


def _number(value: Any) -> float | None:
    return None if _is_missing(value) else float(value)


def _is_missing(value: Any) -> bool:
    return value is None or value is pd.NaT or bool(value != value)
