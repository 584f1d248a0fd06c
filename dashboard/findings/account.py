"""What the screen of one account says: what moved it, how its views stand, what holds it back, what it earns."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from dashboard.format import Formats, missing
from dashboard.reads.company import Card, Company, Place
from dashboard.reasons import Said, said
from dashboard.voice import PANEL, Voice, capital, fitting, lower, shortened, spelled

LEAST_MOVE = 5
"""Points a view must move in four weeks to be worth a title without a signal."""


def title(
    name: str,
    views: Sequence[Mapping[str, Any]],
    row: Mapping[str, Any] | None,
    profit: Sequence[Mapping[str, Any]],
    account: Mapping[str, Any],
    week: date,
    voice: Voice,
) -> str:
    """The view a signal moved furthest and why; else that it stays in its range, with what it pays and earns."""
    who = shortened(name)
    if row is None:
        return _not_live(who, account, week, voice)
    loud = [view for view in views if view["signal"] and view["points"] is not None]
    if loud:
        top = max(loud, key=lambda view: (abs(view["change"] or 0), -view["points"]))
        return _moved(who, top, loud, voice)
    scored = [view for view in views if view["points"] is not None]
    if not scored:
        return f"{who} has no score in any of its {spelled(len(views), voice.formats)} views yet"
    return _quiet(who, row, profit, voice)


def _moved(who: str, view: Mapping[str, Any], loud: Sequence[Mapping[str, Any]], voice: Voice) -> str:
    f, up = voice.formats, view["signal"] == "up"
    change = view["change"] or 0.0
    n = f.count(abs(change))
    more = f", and left its normal range in {spelled(len(loud) - 1, f)} more" if len(loud) > 1 else ""
    if abs(change) < 1 or (change > 0) != up:
        side, points = "above" if up else "below", f.count(view["points"])
        level = f"{who} is {side} its normal level in {view['card'].title}, at {points} points"
        return fitting(level + more, level)
    opening = f"{who} {'gained' if up else 'lost'} {n} {'point' if n == '1' else 'points'} in {view['card'].title}"
    if not view["reason"]:
        return fitting(f"{opening} in four weeks{more}", f"{opening} in four weeks", opening)
    return fitting(
        f"{opening} in four weeks: {view['reason']}",
        f"{opening}: {view['reason']}",
        f"{opening} in four weeks",
        opening,
    )


def _quiet(who: str, row: Mapping[str, Any], profit: Sequence[Mapping[str, Any]], voice: Voice) -> str:
    f = voice.formats
    opening = f"{who} stays within its normal range"
    parts = [f"pays {f.money(row['arr'])} a year"] if not missing(row["arr"]) and row["arr"] else []
    earned = profit[-1]["profit"] if profit else None
    if earned is not None and not missing(earned):
        parts.append(f"{'earns' if earned >= 0 else 'loses'} us {f.money(abs(earned))}")
    return fitting(f"{opening}; it {' and '.join(parts)}" if parts else f"{opening} in every view", opening)


def _not_live(who: str, account: Mapping[str, Any], week: date, voice: Voice) -> str:
    closed = account.get("closed_on")
    if closed is not None and closed == closed and closed.date() <= week:
        return f"{who} left us on {voice.formats.day(closed.date())} and is no longer scored"
    return f"{who} is not live in this week, so it is not scored"


def views(rows: Sequence[Mapping[str, Any]], voice: Voice) -> str:
    """Which views moved beyond their normal range."""
    loud = [row["card"].title for row in rows if row["signal"]]
    scored = sum(row["points"] is not None for row in rows)
    n = spelled(scored, voice.formats)
    if not scored:
        return "No view is scored for this account"
    if not loud:
        who = "The one view scored stays" if scored == 1 else f"All {n} views scored stay"
        return f"{who} within normal variation"
    if len(loud) == 1:
        return f"Only {loud[0]} moved beyond its normal range"
    return f"{capital(spelled(len(loud), voice.formats))} of {n} views moved beyond their normal range"


Pairs = Sequence[tuple[Place, Said | None, Said | None]]
"""Measures of a view with what they say now and what they said four weeks ago."""


def reason(change: float | None, pairs: Pairs, formats: Formats) -> str:
    """What moved a view most in four weeks, in the measure's own words; nothing where it hardly moved."""
    if change is None or abs(change) < LEAST_MOVE:
        return ""
    pushes = [
        (place.share * (float(now[1] or 0) - float(before[1] or 0)), place, now, before)
        for place, now, before in pairs
        if now and before and not missing(now[1]) and not missing(before[1])
    ]
    helpful = [push for push in pushes if push[0] * change > 0]
    if not helpful:
        return ""
    _, place, now, before = max(helpful, key=lambda push: abs(push[0]))
    return said(place, now, before, formats)


def room(card: Card, pairs: Pairs, formats: Formats) -> str:
    """The measure that leaves most room in a view, with its value."""
    low = [
        (place.share * (100 - float(now[1] or 0)), place, now) for place, now, _ in pairs if now and not missing(now[1])
    ]
    if not low:
        return f"connect {', '.join(card.missing_columns[:3])}" if not card.connected else "no measure has data for it"
    lost, place, now = max(low, key=lambda one: one[0])
    if lost <= 0:
        return "every measure at its best"
    value = formats.measured(now[0], place.unit) if not missing(now[0]) else f"{formats.count(now[1])} points"
    return f"most room in {lower(place.label)}: {value}"


def weakest(rows: Sequence[Mapping[str, Any]], voice: Voice) -> str:
    """How many measures are red, and whose."""
    red = {
        row["place"].measure: row["place"]
        for view in rows
        if not view["card"].is_expansion
        for row in view["rows"]
        if row["state"] == "red"
    }
    scored = {
        row["place"].measure
        for view in rows
        if not view["card"].is_expansion
        for row in view["rows"]
        if row["state"] in ("red", "amber", "green")
    }
    f = voice.formats
    if not scored:
        return "No measure has a value for this account yet"
    if not red:
        return f"None of its {f.count(len(scored))} measures is red"
    owners: dict[str, int] = {}
    for place in red.values():
        owner = voice.company.owner(place.owner)
        owners[owner] = owners.get(owner, 0) + 1
    top = max(owners, key=lambda name: owners[name])
    opening = f"{f.count(len(red))} of {f.count(len(scored))} measures {'is' if len(red) == 1 else 'are'} red"
    part = f", {spelled(owners[top], f)} of them with {top}" if len(red) > 1 else f", with {top}"
    return fitting(opening + part, opening, limit=PANEL)


def profit(rows: Sequence[Mapping[str, Any]], company: Company, voice: Voice) -> str:
    """What the account earns in the window, and how that went since the first week shown."""
    f = voice.formats
    if not rows:
        return "It has no invoice in the profit window"
    last = rows[-1]
    if missing(last["profit"]):
        lacks = (company.profit_missing or "a cost of its lines").removeprefix("not connected: ")
        return f"It brought {f.money(last['revenue'])}; its profit waits for {lacks}"
    earned = f"It {'earns' if last['profit'] >= 0 else 'loses'} {f.money(abs(last['profit']))}"
    share = f", {f.share(abs(last['margin']))} of its revenue" if not missing(last["margin"]) else ""
    first = rows[-14] if len(rows) >= 14 else rows[0]
    if len(rows) < 2 or missing(first["profit"]) or f.money(first["profit"]) == f.money(last["profit"]):
        return fitting(earned + share, earned, limit=PANEL)
    more = last["profit"] - first["profit"]
    return fitting(
        f"{earned}{share}, {f.money(abs(more))} {'more' if more > 0 else 'less'} than {f.short_day(first['as_of'])}",
        earned + share,
        earned,
        limit=PANEL,
    )


def band_words(last: Mapping[str, Any], company: Company, formats: Formats) -> str:
    """Margin and band under a profit; what is missing where there is none."""
    if not last:
        return "not connected"
    if missing(last.get("profit")):
        return company.profit_missing or "a cost is missing"
    names = {"profitable": "profitable", "marginal": "marginal", "unprofitable": "loss-making"}
    band = names.get(str(last.get("band")), "in no band")
    return f"margin {formats.share(last['margin'])}, {band}" if not missing(last["margin"]) else band


def arr_change(now: pd.DataFrame, formats: Formats) -> str:
    """How ARR went over the weeks shown."""
    known = now[now["arr"].notna()]
    if known.empty:
        return "not connected"
    first, last = float(known["arr"].iloc[0]), float(known["arr"].iloc[-1])
    if len(known) < 2 or first == last:
        return f"unchanged in {max(len(known) - 1, 0)} weeks" if len(known) > 1 else "running lines on the day"
    return f"{formats.change(last - first, formats.money)} in {len(known) - 1} weeks"


def tenure(joined: date | None, week: date) -> str:
    """How long it has been an account."""
    if joined is None:
        return "no date given"
    months = (week.year - joined.year) * 12 + week.month - joined.month - (week.day < joined.day)
    if months < 24:
        return f"{max(months, 0)} months"
    return f"{months // 12} years"
