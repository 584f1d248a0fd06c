"""One account: how it stands in seven views, what moved it, every measure with its rows, and its profit."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard import findings, marks, reads, reasons
from dashboard.findings import account as account_findings
from dashboard.findings import matrix as matrix_findings
from dashboard.findings import profit as profit_findings
from dashboard.look import Look
from dashboard.reads import Card, Place
from dashboard.records import records
from dashboard.screens import family, goals, why
from dashboard.tiles import limits_of
from metrics.xmr import signal

EVIDENCE = 12
COLUMNS = 9
QUESTION = "How are we doing with them?"


def page(look: Look, code: str) -> Markup:
    """The whole screen; where no such account is in the scope, that is what it says."""
    account = reads.find_account(look.generation, look.scope, code)
    if account is None:
        return look.render(
            "no_account", code=code, back=look.address.here(account=None, measure=None), foot=findings.foot(look, [])
        )
    account_id = int(account["account_id"])
    now = reads.account_now(look.generation, look.scope, account_id, look.week)
    row = _row_of(look, now)
    measures = reads.account_measures(look.generation, look.scope, account_id, look.week)
    views = _views(look, account_id, row, measures)
    profit = records(reads.account_profit(look.generation, look.scope, account_id, look.week))
    name = str(account["name"] or account["account_code"])
    return look.render(
        "account",
        question=QUESTION,
        name=name,
        account=account,
        row=row,
        code=code,
        title=account_findings.title(name, views, row, profit, account, look.week, look.voice),
        states={view: row[f"{view}_status"] for view in look.views} if row else {},
        facts=_facts(look, account, row, now, profit),
        views=views,
        views_title=account_findings.views(views, look.voice),
        profit=_profit(look, profit),
        profit_title=account_findings.profit(profit, look.company, look.voice),
        weakest=_weakest(views),
        weakest_title=account_findings.weakest(views, look.voice),
        goals=goals.of_account(look, account_id, code),
        parent=family.parent(look, account_id),
        family=family.panel(look, account_id, code),
        why=why.panel(look, account_id, code),
        sets_by_hand=row is not None and look.week == look.weeks[0],
        back=look.address.here(account=None, measure=None),
        csv=look.csv(f"account-{_safe(code)}", lambda: measures.drop(columns="grp"), code),
        foot=findings.foot(look, ["later facts of a row are shown as they are today"]),
    )


def _row_of(look: Look, now: pd.DataFrame) -> dict[str, Any] | None:
    """The account's row in the week, values by hand laid over; None when it is not live in it."""
    own = look.overlay(records(now[now["as_of"] == pd.Timestamp(look.week)]))
    return own[0] if own else None


def _facts(
    look: Look, account: Mapping[str, Any], row: dict[str, Any] | None, now: pd.DataFrame, profit: list[dict[str, Any]]
) -> list[tuple[str, str, str]]:
    """Seven facts: name, value, and what stands beneath it."""
    f = look.f
    arr, seats = (row["arr"], row["seats"]) if row else (None, None)
    last = profit[-1] if profit else {}
    joined = row["joined_on"] if row else _day(account.get("joined_on"))
    kind = [str(account[name]) for name in ("segment", "industry") if isinstance(account.get(name), str)]
    place = [str(account[name]) for name in ("region", "country") if isinstance(account.get(name), str)]
    window = profit_findings.window(look.company)
    people = account.get("sales_rep")
    return [
        ("ARR", f.money(arr), account_findings.arr_change(now, f)),
        (f"Revenue, {window}", f.money(last.get("revenue")), "net of credit notes" if profit else "not connected"),
        (f"Profit, {window}", f.money(last.get("profit")), account_findings.band_words(last, look.company, f)),
        ("Seats", f.count(seats), "contracted" if seats is not None else "not connected"),
        ("Customer since", f.month(joined), account_findings.tenure(joined, look.week)),
        (
            "Success lead",
            str(account["csm"]) if isinstance(account.get("csm"), str) else "–",
            f"sales: {people}" if isinstance(people, str) else "no sales rep named",
        ),
        ("Segment", kind[0] if kind else "–", ", ".join([*kind[1:], *place]) or "no industry or region given"),
    ]


def _views(look: Look, account_id: int, row: dict[str, Any] | None, measures: pd.DataFrame) -> list[dict[str, Any]]:
    """One row per view: state, points, change in four weeks, its line, what moved it, its groups and measures."""
    history = dict(list(reads.account_views(look.generation, look.scope, account_id, look.week).groupby("view")))
    by_view: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for one in records(measures):
        by_view.setdefault(one["view"], {}).setdefault(one["entry"], []).append(one)
    return [
        _view(look, card, account_id, row, history.get(card.view), by_view.get(card.view, {})) for card in look.cards
    ]


def _view(
    look: Look,
    card: Card,
    account_id: int,
    row: dict[str, Any] | None,
    history: pd.DataFrame | None,
    measures: dict[str, list[dict[str, Any]]],
) -> dict[str, Any]:
    weekly = (
        pd.Series(dtype=float)
        if history is None
        else pd.Series(history["points"].to_numpy(dtype=float), index=pd.DatetimeIndex(history["as_of"]))
    )
    points = row[f"{card.view}_points"] if row else None
    before = _at(weekly, look.week - timedelta(weeks=4))
    change = points - before if points is not None and before is not None else None
    limits = limits_of(weekly)
    found = "" if card.is_expansion else _signal(look, card, row, weekly)
    line = [None if v != v else float(v) for v in weekly]
    rows = [_measure(look, card, place, account_id, measures.get(place.entry, [])) for place in card.places]
    return {
        "card": card,
        "state": row[f"{card.view}_status"] if row else "no data",
        "hand": row["hands"].get(card.view) if row else None,
        "points": points,
        "change": change,
        "signal": found,
        "weekly": weekly,
        "limits": limits,
        "rows": rows,
        "spark": marks.spark(
            line or [None],
            (limits.lower, limits.centre, limits.upper) if limits else None,
            bool(found),
            width=240,
            height=46,
        ),
        "reason": account_findings.reason(change, _pairs(rows), look.f),
        "room": account_findings.room(card, _pairs(rows), look.f),
        "groups": _groups(rows),
        "no_single_red": _no_single_red(card, row, rows),
        "n": row[f"{card.view}_n"] if row else None,
        "of": row[f"{card.view}_of"] if row else None,
        "beside": _beside(look, card, row),
    }


def _beside(look: Look, card: Card, row: dict[str, Any] | None) -> list[str]:
    """What stands beside a score: the cap that holds it, and where it would lie with what is missing."""
    if row is None:
        return []
    # A warehouse of an earlier version knows neither.
    said = {part: row.get(f"{card.view}_{part}") for part in ("low", "high", "cap")}
    held = f"held by the cap “{said['cap']}”" if said["cap"] is not None else ""
    return [words for words in (held, matrix_findings.reach(said, look.f)) if words]


def _no_single_red(card: Card, row: dict[str, Any] | None, rows: list[dict[str, Any]]) -> bool:
    """Whether the view is red by the mean of its measures alone."""
    is_red = row is not None and row[f"{card.view}_status"] == "red"
    return is_red and not card.is_expansion and not any(measure["state"] == "red" for measure in rows)


def _groups(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Points and state of each group: the weighted mean of its measures that count, banded like a view."""
    found: dict[str, dict[str, Any]] = {}
    for grp in dict.fromkeys(row["place"].grp for row in rows):
        own = [row for row in rows if row["place"].grp == grp and row["state"] not in ("na", "not connected")]
        valid = [row for row in own if row["state"] in marks.SCORED]
        weight, counted = (sum(row["place"].share for row in some) for some in (own, valid))
        if not valid or counted < weight / 2 - 1e-9:
            found[grp] = {"points": None, "status": "insufficient data" if valid else own[0]["state"] if own else "na"}
        else:
            points = sum(row["place"].share * row["now"]["points"] for row in valid) / counted
            found[grp] = {"points": points, "status": "red" if points <= 50 else "amber" if points <= 75 else "green"}
    return found


def _signal(look: Look, card: Card, row: dict[str, Any] | None, weekly: "pd.Series[float]") -> str:
    """Up, down or nothing: what the build found for the latest week; for an earlier one, by the same rule.

    The points are outside their limits, and moved further that way within four weeks.
    """
    if row and look.week == look.weeks[0]:
        return str(row[f"{card.view}_signal"] or "")
    found = signal(weekly) if len(weekly) and weekly.index[-1] == pd.Timestamp(look.week) else None
    before = _at(weekly, look.week - timedelta(weeks=4))
    if found is None or found.rule != "outside limits" or before is None:
        return ""
    moved = float(weekly.iloc[-1]) - before
    return found.direction if (moved > 0 if found.direction == "up" else moved < 0) else ""


def _measure(look: Look, card: Card, place: Place, account_id: int, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """One measure, connected or not, with the values of its items this week."""
    own = [row for row in rows if row["item"] == ""]
    last = own[-1] if own and own[-1]["as_of"] == look.week else None
    before = next((r for r in own if r["as_of"] == look.week - timedelta(weeks=4)), None)
    values = [r["value"] if r["value"] is not None else r["points"] for r in own][-13:]
    key = f"{card.view}:{place.entry}"
    is_open = look.address.more.get("measure") == key
    state = "not connected" if not place.is_connected else last["status"] if last else "no data"
    return {
        "place": place,
        "state": state,
        "now": last,
        "before": before,
        "is_open": is_open,
        "key": key,
        "spark": marks.spark(values or [None], _range(values), False, width=170, height=26),
        "href": look.address.here(measure=None if is_open else key),
        "items": [row for row in rows if row["item"] and row["as_of"] == look.week],
        "evidence": _evidence(look, place, account_id) if is_open else [],
    }


def _evidence(look: Look, place: Place, account_id: int) -> list[dict[str, Any]]:
    """The rows behind a measure, source by source, with the link to all of them."""
    needs = str(reads.definition(look.generation, place.measure).get("needs", ""))
    found = []
    for source in reads.sources_of(needs):
        if source not in reads.stored(look.generation):
            continue
        some = reads.evidence(look.generation, look.scope, account_id, source, look.week, EVIDENCE)
        columns = list(some.rows.columns)[:COLUMNS]
        found.append(
            {
                "source": source,
                "total": some.total,
                "known_on": some.known_on,
                "columns": columns,
                "rows": [[row[c] for c in columns] for row in records(some.rows)],
                "csv": look.csv(f"{source}-{account_id}", _all_rows(look, account_id, source), source, account_id),
            }
        )
    return found


def _all_rows(look: Look, account_id: int, source: str) -> Callable[[], pd.DataFrame]:
    """All rows of a source about an account, made when someone asks for them."""
    return lambda: reads.evidence(look.generation, look.scope, account_id, source, look.week, 1_000_000).rows


def _pairs(rows: list[dict[str, Any]]) -> list[tuple[Place, reasons.Said | None, reasons.Said | None]]:
    """Each measure now and four weeks ago, for the words of what moved a view."""

    def said(row: dict[str, Any] | None) -> reasons.Said | None:
        return (row["value"], row["points"], str(row["status"])) if row else None

    return [(row["place"], said(row["now"]), said(row["before"])) for row in rows if row["place"].is_connected]


def _weakest(views: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The measures outside Expansion that hold the account back: fewest points first, the weightier of two alike."""
    low = [
        row | {"card": view["card"]}
        for view in views
        for row in view["rows"]
        if row["state"] in ("red", "amber") and not view["card"].is_expansion
    ]
    ranked = sorted(low, key=lambda row: (row["now"]["points"], -row["place"].share))
    once = {row["place"].measure: row for row in reversed(ranked)}
    return sorted(once.values(), key=lambda row: (row["now"]["points"], -row["place"].share))[:7]


def _profit(look: Look, profit: list[dict[str, Any]]) -> dict[str, Any]:
    last = profit[-1] if profit else None
    known = [row["profit"] for row in profit][-13:]
    spark = marks.spark(known or [None], _range(known), False, width=240, height=46)
    return {"last": last, "spark": spark, "weeks": len(known)}


def _range(values: Sequence[float | None]) -> tuple[float, float, float] | None:
    """The normal range behind a line: lower limit, centre, upper limit."""
    found = limits_of(pd.Series([float("nan") if value is None else value for value in values]))
    return (found.lower, found.centre, found.upper) if found else None


def _at(weekly: "pd.Series[float]", day: date) -> float | None:
    value = weekly.get(pd.Timestamp(day))
    return None if value is None or value != value else float(value)


def _day(value: Any) -> date | None:
    return None if value is None or value != value else value.date()


def _safe(code: str) -> str:
    """A code as part of a file name."""
    return "".join(c if c.isalnum() else "-" for c in code)[:40]
