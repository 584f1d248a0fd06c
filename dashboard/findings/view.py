"""What the screen of one view says: who holds what is red, whether that is a signal, what holds accounts back."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from dashboard.format import NBSP
from dashboard.tiles import Tile
from dashboard.voice import PANEL, Voice, capital, counted, fitting, joined, lower, spelled


def title(tile: Tile, voice: Voice) -> str:
    """The holder of most of what is red, how much it is, and whether it left its normal range."""
    if not tile.card.connected:
        return _waiting(tile)
    if not tile.is_scored:
        n = len(tile.card.connected)
        lack = "its one connected measure lacks rows" if n == 1 else f"its {n} connected measures lack rows"
        return f"{tile.card.title} has no score yet: {lack}"
    if tile.card.is_expansion:
        return _untapped(tile, voice)
    known = _part_known(tile, voice)
    if known:
        return known
    if tile.red <= 0:
        green = voice.formats.share(tile.shares["green"])
        return f"No account is red in {tile.card.title}; {green} {voice.of_all} {voice.is_or_are} green"
    return _held(tile, voice)


def _held(tile: Tile, voice: Voice) -> str:
    signal = _signal(tile, voice)
    red = voice.is_state(tile.red, "red")
    total = voice.amount(tile.red)
    verb = "is" if voice.company.has_arr or tile.red_accounts == 1 else "are"
    if not tile.holder:
        return fitting(f"{red}{signal}", red)
    who = capital(voice.holder(tile.holder.place.owner))
    holds = f"{who} holds {voice.bare(tile.holder.weight)} of the {total} that {verb} red"
    if tile.holder.weight >= tile.red * 0.999:
        holds = f"{who} holds all of the {total} that {verb} red"
    return fitting(f"{holds}{signal}", holds, f"{red}{signal}", red)


def _signal(tile: Tile, voice: Voice) -> str:
    if tile.limits is None:
        return ""
    if tile.signal is None:
        return ", within normal variation"
    moved = tile.change()
    way = "more" if tile.is_worse else "less"
    if moved is not None and abs(moved) >= 0.0005 and (moved > 0) == tile.is_worse:
        return f", {voice.formats.points(moved)} {way} than four weeks ago"
    return f", {'above' if tile.is_worse else 'below'} its normal level"


def _untapped(tile: Tile, voice: Voice) -> str:
    opens, partial = voice.is_state(tile.red, "untapped"), tile.shares["amber"] * tile.total
    if tile.red <= 0:
        return f"No account is untapped; {voice.amount(partial)} could still buy more"
    share = f"{voice.formats.share(tile.shares['red'])} of it" if voice.company.has_arr else ""
    more = f"; {voice.bare(partial)} more {voice.is_or_are} partly penetrated"
    return fitting(f"{opens}{', ' + share if share else ''}{more}", f"{opens}{more}", opens)


def _part_known(tile: Tile, voice: Voice) -> str:
    """Where less than half can be told, that is the finding."""
    if tile.coverage >= 0.5:
        return ""
    f = voice.formats
    rest = f"the other {f.share(1 - tile.coverage)}"
    missing = tile.card.missing_columns
    if missing:
        sources = list(dict.fromkeys(name.split(" or ")[0].split(".")[0] for name in missing))
        verb = "is" if len(sources[:2]) == 1 else "are"
        return fitting(
            f"We can tell for {f.share(tile.coverage)} {voice.of_all}; {joined(sources[:2])} {verb} not connected",
            f"We can tell for {f.share(tile.coverage)} {voice.of_all}, not for {rest}",
        )
    return f"We can tell for {f.share(tile.coverage)} {voice.of_all}; {rest} lacks rows"


def _waiting(tile: Tile) -> str:
    sources = list(dict.fromkeys(name.split(" or ")[0].split(".")[0] for name in tile.card.missing_columns))
    n = len(tile.card.places)
    measures = "its one measure waits" if n == 1 else f"its {n} measures wait"
    return fitting(
        f"{tile.card.title} is not connected: {measures} for {joined(sources[:4])}",
        f"{tile.card.title} is not connected: {measures} for {len(sources)} sources",
    )


def bands(
    tile: Tile, out: Sequence[bool], weekly: pd.DataFrame, voice: Voice, events: Sequence[tuple[date, str]]
) -> str:
    """Since when the share is outside its normal range; or how long it has stayed inside."""
    what = "The untapped share" if tile.card.is_expansion else "The red share"
    n = len(weekly)
    if tile.limits is None:
        return f"{counted(n, 'week', voice.formats)} so far; a normal range needs six"
    run = 0
    for one in reversed(out):
        if not one:
            break
        run += 1
    if run:
        way = "above" if weekly["red"].iloc[-1] > tile.limits.upper else "below"
        start = weekly["as_of"].iloc[n - run].date()
        weeks = (
            "this week"
            if run == 1
            else f"for {spelled(run, voice.formats)} weeks, since {voice.formats.short_day(start)}"
        )
        opening = f"{what} is {way} its normal range {weeks}"
        return fitting(f"{opening}{_after(start, events, voice)}", opening, limit=PANEL)
    last = next((n - 1 - i for i, one in enumerate(reversed(out)) if one), None)
    if tile.signal is not None:
        if tile.signal.rule == "8 weeks on one side":
            return f"{what} has been {'above' if tile.is_worse else 'below'} its centre for eight weeks"
        return f"{what} went {'up' if tile.is_worse else 'down'} more than it does from week to week"
    if last is None:
        return f"{what} has stayed inside its normal range for {counted(n, 'week', voice.formats)}"
    return (
        f"{what} is back inside its normal range since {voice.formats.short_day(weekly['as_of'].iloc[last + 1].date())}"
    )


def _after(start: date, events: Sequence[tuple[date, str]], voice: Voice) -> str:
    """An event in the two weeks before: named as a date, not as a cause."""
    near = [name for day, name in events if 0 <= (start - day).days <= 14]
    return f", first seen after {near[-1]}" if near else ""


def ages(reds: pd.DataFrame, promise: int, voice: Voice, what: str = "account") -> str:
    """Who is late on how many reds; or that nobody is. `what` is red: accounts, or groups of them."""
    f = voice.formats
    if reds.empty:
        return "Nothing is red" if what == "group" else "No account is red"
    late = reds[reds["age"] > promise]
    if late.empty:
        return (
            f"None of the {counted(len(reds), 'red ' + what, f)} is older than {promise} weeks"
            if len(reds) > 1
            else f"The one red {what} is at most {promise} weeks old"
        )
    counts = late.groupby("owner", sort=False).size().sort_values(ascending=False, kind="stable")
    top, n = str(counts.index[0]), int(counts.iloc[0])
    of = int((reds["owner"] == top).sum())
    first = f"{top} is late on {'all ' + f.count(of) if n == of and of > 1 else f.count(n) + ' of ' + f.count(of)} reds"
    if len(counts) > 1:
        other, m = str(counts.index[1]), int(counts.iloc[1])
        k = int((reds["owner"] == other).sum())
        return fitting(
            f"{first}, {other} on {'all ' + f.count(k) if m == k and k > 1 else f.count(m) + ' of ' + f.count(k)}",
            first,
            limit=PANEL,
        )
    return first


def measures(held: Sequence[tuple[str, float]], tile: Tile, voice: Voice) -> str:
    """Which measure holds back most; `held` are labels and the red ARR each holds back, most first."""
    holding = [(label, weight) for label, weight in held if weight > 0]
    if not holding:
        state = "untapped" if tile.card.is_expansion else "red"
        return f"No account is {state}, so no measure holds one back"
    by = "untapped over" if tile.card.is_expansion else "held back by"
    preposition = by.split(" ")[-1]
    label, weight = holding[0]
    name, amount = lower(label), voice.amount(weight)
    verb = "are" if not voice.company.has_arr and round(weight) != 1 else "is"
    opening = f"{amount} {verb} {by} {name}"
    rest = [w for _, w in holding[1:4]]
    if len(rest) == 3 and weight > sum(rest):
        more = f"More {voice.base} {voice.is_or_are} {by} {name} than {preposition} the next three measures together"
        return fitting(more, opening, limit=PANEL)
    if rest:
        second = f"{opening}, {voice.bare(rest[0])} {preposition} {lower(holding[1][0])}"
        return fitting(second, opening, limit=PANEL)
    return fitting(f"{opening}, nothing {preposition} any other measure", opening, limit=PANEL)


def line(tile: Tile, week: str, voice: Voice) -> str:
    """View, week, audience, how much is scored from what, and what the signal rests on."""
    card = tile.card
    parts = [card.title, week, f"for {card.audience}"]
    if card.is_own_proposal:
        parts.append("our own proposal")
    if tile.is_scored:
        parts.append(f"{voice.formats.share(tile.coverage)} {voice.of_all} scored")
    n, k = len(card.places), len(card.connected)
    parts.append(f"from {k} of {n} measures" if k else f"none of {n} measures connected")
    if tile.signal:
        parts.append(f"signal: {tile.signal.rule}")
    return " · ".join(parts).replace(" %", f"{NBSP}%")
