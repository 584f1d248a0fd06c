"""A made-up company of a dozen accounts with rows in every source, and the same company as it was known on a day."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from data.contract import REFERENCES, SOURCES

AS_OF = date(2026, 6, 28)
FIRST = AS_OF - timedelta(weeks=110)
ACCOUNTS = [f"0{n}" for n in range(12)]
PRODUCTS = ["p", "q", "r"]
Tables = dict[str, list[dict[str, Any]]]

LATER: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "accounts": {"closed_on": ("closed_on",)},
    "contacts": {"left_on": ("left_on",)},
    "invoices": {"paid_on": ("paid_on",)},
    "tickets": {"first_response_at": ("first_response_at",), "closed_at": ("closed_at", "csat")},
    "opportunities": {"closed_on": ("closed_on", "is_won")},
    "projects": {"finished_on": ("finished_on", "cost", "quality")},
    "outages": {"ended_at": ("ended_at",)},
    "goals": {
        "rated_on": ("rated_on", "rated_by_client"),
        "achieved_on": ("achieved_on", "actual", "value", "client_cost"),
    },
    "risks": {"resolved_on": ("resolved_on",)},
}
"""By source: the day from which a later fact is known, and the columns known with it (contract rule 1)."""


def company(seed: int) -> Tables:
    """Rows of every source that measures read, with gaps wherever a column may have one."""
    draw = random.Random(seed)
    tables: Tables = {"accounts": [_account(draw, one) for one in ACCOUNTS]}
    tables["products"] = [{"product_id": product, "name": product} for product in PRODUCTS]
    tables["features"] = [
        {
            "feature": f"f{n}",
            "product_id": draw.choice([*PRODUCTS, None]),
            "is_advanced": draw.choice([True, False, None]),
        }
        for n in range(9)
    ]
    for name, (row, n) in _ROWS.items():
        tables[name] = [_row(draw, row, nth) for nth in range(n)]
    for name, item, day in (("maturity", "dimension", "assessed_on"), ("measurements", "measure", "measured_on")):
        tables[name] = list({(row["account_id"], row[item], row[day]): row for row in tables[name]}.values())
    tables["own_measures"] = [{"measure": "views"}]
    tables["weeks"] = [{"as_of": AS_OF - timedelta(weeks=n)} for n in range(52)]
    tables["source_days"] = [
        {"source": name, "first_on": FIRST, "last_on": AS_OF} for name in [*_ROWS, REFERENCES] if name != "features"
    ]
    return tables


def known_by(tables: Tables, day: date) -> Tables:
    """The company as it was known at the end of a day: rows known later are gone, later facts are null."""
    then = {name: [_fact(name, row, day) for row in rows if _is_known(name, row, day)] for name, rows in tables.items()}
    then["weeks"] = [row for row in tables["weeks"] if row["as_of"] <= day]
    then["source_days"] = [row | {"last_on": min(row["last_on"], day)} for row in tables["source_days"]]
    return then


def _is_known(name: str, row: dict[str, Any], day: date) -> bool:
    known_on = SOURCES[name].known_on if name in SOURCES else None
    return known_on is None or row[known_on] is None or row[known_on] <= day


def _fact(name: str, row: dict[str, Any], day: date) -> dict[str, Any]:
    hidden = {
        column
        for known_on, columns in LATER.get(name, {}).items()
        if (row[known_on] or row.get("achieved_on") or day) > day
        for column in columns
    }
    if name == "subscriptions":
        hidden = _hidden_of_line(row, day)
    return {column: None if column in hidden else value for column, value in row.items()}


def _hidden_of_line(row: dict[str, Any], day: date) -> set[str]:
    """The end of a line is known from its day, or from the day notice was given."""
    noticed = row["cancelled_on"] is not None and row["cancelled_on"] <= day
    ended = row["ends_on"] is not None and row["ends_on"] <= day
    return set() if noticed else {"cancelled_on"} if ended else {"cancelled_on", "ends_on"}


def _account(draw: random.Random, name: str) -> dict[str, Any]:
    return {
        "account_id": name, "name": name, "segment": "Small",
        "joined_on": draw.choice([_day(draw), FIRST, None]), "closed_on": draw.choice([_day(draw), None, None, None]),
    }  # fmt: skip


def _row(draw: random.Random, row: Any, nth: int) -> dict[str, Any]:
    return {"account_id": draw.choice(ACCOUNTS), **row(draw, nth)}


def _day(draw: random.Random) -> date:
    return FIRST + timedelta(days=draw.randrange(0, 110 * 7))


def _after(draw: random.Random, day: date, longest: int, missing: float = 0.3) -> date | None:
    return None if draw.random() < missing else day + timedelta(days=draw.randrange(0, longest))


def _line(draw: random.Random, nth: int) -> dict[str, Any]:
    starts = _day(draw)
    ends = _after(draw, starts + timedelta(days=1), 600, missing=0.5)
    notice = None if ends is None or draw.random() < 0.5 else max(starts, ends - timedelta(days=draw.randrange(90)))
    return {
        "subscription_id": f"s{nth}", "product_id": draw.choice([*PRODUCTS, None]), "starts_on": starts,
        "ends_on": ends,
        "arr": draw.choice([0, 100, 2500]), "seats": draw.choice([None, 0, 5, 20]),
        "term_months": draw.choice([None, 1, 3, 12]), "cancelled_on": notice,
    }  # fmt: skip


def _contact(draw: random.Random, nth: int) -> dict[str, Any]:
    joined = draw.choice([_day(draw), FIRST, None])
    roles = ["economic_buyer", "champion", "sponsor", "end_user", None]
    return {"contact_id": f"c{nth}", "role": draw.choice(roles), "joined_on": joined,
            "left_on": _after(draw, joined or FIRST, 700, missing=0.6)}  # fmt: skip


def _invoice(draw: random.Random, nth: int) -> dict[str, Any]:
    day = _day(draw)
    return {
        "invoice_line_id": f"i{nth}", "product_id": draw.choice([*PRODUCTS, None]), "invoiced_on": day,
        "due_on": _after(draw, day, 60), "paid_on": _after(draw, day, 200), "quantity": draw.choice([None, 1, 2.5]),
        "net_revenue": draw.choice([100, 40, -60]),
    }  # fmt: skip


def _use(draw: random.Random, nth: int) -> dict[str, Any]:
    return {
        "user_id": draw.choice(["u", "v", "w", None]),
        "used_on": _day(draw),
        "feature": f"f{draw.randrange(11)}",
        "uses": 1,
    }


def _ticket(draw: random.Random, nth: int) -> dict[str, Any]:
    day = _day(draw)
    return {
        "ticket_id": f"t{nth}", "product_id": draw.choice(PRODUCTS), "opened_at": day,
        "first_response_at": _after(draw, day, 20), "closed_at": _after(draw, day, 90),
        "priority": draw.choice(["low", "urgent", None]), "kind": draw.choice(["defect", "enhancement", None]),
        "is_repeat": draw.choice([True, False, None, None]), "csat": draw.choice([1, 2, 5, None]),
    }  # fmt: skip


def _survey(draw: random.Random, nth: int) -> dict[str, Any]:
    kind = draw.choice(["nps", "sentiment", "sales", "onboarding", "quality"])
    return {
        "account_id": draw.choice([*ACCOUNTS, None]), "response_id": f"r{nth}", "kind": kind, "answered_on": _day(draw),
        "contact_id": draw.choice(["c1", "c2", None]), "score": draw.randrange(1, 6),
        "score_max": draw.choice([5, None]),
    }  # fmt: skip


def _deal(draw: random.Random, nth: int) -> dict[str, Any]:
    day = draw.choice([_day(draw), None])
    closed = _after(draw, day or FIRST, 90)
    return {"opportunity_id": f"o{nth}", "kind": "expansion", "opened_on": day, "closed_on": closed, "is_won": True}


def _project(draw: random.Random, nth: int) -> dict[str, Any]:
    day = draw.choice([_day(draw), _day(draw), None])
    return {
        "project_id": f"p{nth}", "kind": draw.choice(["onboarding", "service"]), "started_on": day,
        "promised_on": _after(draw, day or FIRST, 90, missing=0.1), "finished_on": _after(draw, day or FIRST, 150),
        "budget": draw.choice([None, 100]), "cost": draw.choice([None, 120]), "quality": draw.choice([None, 1, 5]),
    }  # fmt: skip


def _outage(draw: random.Random, nth: int) -> dict[str, Any]:
    day = _day(draw)
    return {
        "outage_id": f"x{nth}", "account_id": draw.choice([*ACCOUNTS, None, None]),
        "product_id": draw.choice([*PRODUCTS, None]), "started_at": day, "ended_at": _after(draw, day, 60),
    }  # fmt: skip


def _touch(draw: random.Random, nth: int) -> dict[str, Any]:
    kinds = ["event", "webinar", "training", "community", "reference", "meeting", "business_review", "email"]
    return {
        "touchpoint_id": f"t{nth}", "contact_id": draw.choice([f"c{draw.randrange(40)}", None]),
        "kind": draw.choice(kinds), "happened_on": _day(draw), "attended": draw.choice([True, False, None]),
    }  # fmt: skip


def _goal(draw: random.Random, nth: int) -> dict[str, Any]:
    day = draw.choice([_day(draw), _day(draw), None])
    achieved = _after(draw, day or FIRST, 300)
    return {
        "goal_id": f"g{nth}", "objective": "o", "agreed_on": day, "due_on": _after(draw, day or FIRST, 300),
        "achieved_on": achieved, "value": draw.choice([None, 500]), "client_cost": draw.choice([None, 0, 200]),
        "rated_by_client": draw.choice([None, 1, 5]), "rated_on": _after(draw, achieved or FIRST, 90), "actual": 1,
    }  # fmt: skip


def _assessment(draw: random.Random, nth: int) -> dict[str, Any]:
    return {"dimension": draw.choice(["people", "data"]), "level": draw.randrange(1, 6), "assessed_on": _day(draw)}


def _risk(draw: random.Random, nth: int) -> dict[str, Any]:
    day = _day(draw)
    return {
        "risk_id": f"k{nth}",
        "product_id": draw.choice([*PRODUCTS, None]),
        "opened_on": day,
        "resolved_on": _after(draw, day, 90),
    }


def _measurement(draw: random.Random, nth: int) -> dict[str, Any]:
    return {"measure": draw.choice(["views", "tonnes"]), "measured_on": _day(draw), "value": draw.randrange(9)}


_ROWS: dict[str, tuple[Any, int]] = {
    "contacts": (_contact, 40), "subscriptions": (_line, 20), "invoices": (_invoice, 90), "usage": (_use, 1200),
    "tickets": (_ticket, 150), "surveys": (_survey, 150), "opportunities": (_deal, 30), "projects": (_project, 50),
    "outages": (_outage, 15), "touchpoints": (_touch, 400), "goals": (_goal, 50), "maturity": (_assessment, 50),
    "risks": (_risk, 20), "measurements": (_measurement, 40),
}  # fmt: skip
