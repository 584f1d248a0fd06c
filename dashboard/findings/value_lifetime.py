"""What lifetime value and the cost of winning accounts say, in sentences and in the cells of their tables."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.format import NBSP, Formats, missing
from dashboard.reads.lifetime import LifetimeCard
from dashboard.voice import PANEL, Voice, capital, counted, fitting, lower, shortened, spelled
from metrics.value import Figure, LifetimeValue
from metrics.value.lifetime import CEILING, FLOOR

HEADLINE = ("discounted", "survival", "margin", "article")
"""The way a title speaks of: the most careful one that can be told."""


def title(card: LifetimeCard, voice: Voice) -> str:
    """What an account is worth against what winning one costs; else the half that can be told."""
    f = voice.formats
    way = _headline(card.ways)
    if way is None:
        return _no_worth(card, voice)
    worth = f"An account is worth {f.whole(way.gross.value)} {_how(way)}"
    if way.ratio.value is None:
        return fitting(f"{worth}; what winning one costs is not told", worth)
    cost = f"Winning an account costs {f.whole(card.cac.value)}"
    times = f"{times_cac(way.ratio.value, f)}"
    verdict = "below" if way.ratio.value < FLOOR else "above"
    return fitting(
        f"{cost}; it is worth {f.whole(way.gross.value)} {_how(way)}, {times}: {verdict} the floor of {FLOOR}",
        f"{cost} and it is worth {f.whole(way.gross.value)}, {times}",
    )


def _headline(ways: Sequence[LifetimeValue]) -> LifetimeValue | None:
    by_name = {way.name: way for way in ways if way.gross.value is not None}
    return next((by_name[name] for name in HEADLINE if name in by_name), None)


def _how(way: LifetimeValue) -> str:
    return {"discounted": "discounted", "survival": "by survival", "margin": "in margin"}.get(way.name, "in revenue")


def _no_worth(card: LifetimeCard, voice: Voice) -> str:
    cost = card.cac.value
    if not card.sources.is_contractual:
        opening = "" if cost is None else f"Winning an account costs {voice.formats.whole(cost)}; "
        return capital(f"{opening}without contracts its worth is told from repeat purchases")
    why = next((way.gross.missing for way in card.ways if way.gross.missing), "nothing is known yet")
    return fitting(f"What an account is worth cannot be told: {why}", f"No lifetime value yet: {why}")


def card_title(ways: Sequence[LifetimeValue], voice: Voice) -> str:
    """How far apart the ways are; or why none can be told."""
    f = voice.formats
    known = sorted((way.gross.value, way) for way in ways if way.gross.value is not None) if ways else []
    if not known:
        return "No way to a lifetime value can be told yet"
    if len(known) == 1:
        return f"Only one way can be told: {f.whole(known[0][0])} {_how(known[0][1])}"
    (low, least), (high, most) = known[0], known[-1]
    if low == high:
        return f"All {spelled(len(known), f)} ways say {f.whole(low)}"
    return fitting(
        f"From {f.whole(low)} {_how(least)} to {f.whole(high)} {_how(most)}: the way decides",
        f"From {f.whole(low)} to {f.whole(high)}: the way decides",
        limit=PANEL,
    )


def times_cac(ratio: float | None, f: Formats) -> str:
    """13.2 × CAC."""
    return "–" if missing(ratio) else f"{f.number(ratio, 1)}{NBSP}×{NBSP}CAC"


def reading(way: LifetimeValue) -> str:
    """What a way's ratio says against three times CAC, gross and net; or why it says nothing."""
    if way.gross.value is None:
        return way.gross.missing or ""
    if way.ratio.value is None or way.net_ratio.value is None:
        return way.ratio.missing or ""
    if way.ratio.value < FLOOR:
        return f"below the floor of {FLOOR}, gross and net"
    if way.net_ratio.value < FLOOR:
        return f"reaches {FLOOR} gross, not net"
    rich = f"; over {CEILING}: many would invest more" if way.ratio.value > CEILING else ""
    return f"above {FLOOR}, gross and net{rich}"


def assumptions(card: LifetimeCard, window: str, costs: str, f: Formats) -> list[str]:
    """Everything the card takes for granted, with where it comes from."""
    arpa, churn = card.retained["arpa"], card.retained["logo_churn"]
    said = []
    if arpa.value is not None:
        said.append(f"yearly revenue {f.whole(arpa.value)}, ARR per account, n = {f.count(arpa.n)}")
    said.append(
        f"gross margin {f.share(card.margin.value, 1)} {card.margin.words}"
        if card.margin.value is not None
        else f"no gross margin: {card.margin.words}"
    )
    if churn.value is not None:
        years = f"{f.number(1 / churn.value, 1)} years = 1 ÷ " if churn.value else "no years: "
        said.append(f"{years}logo churn of {f.share(churn.value, 1)} in the {window}, n = {f.count(churn.n)}")
    said.append(f"interest {f.share(card.interest)} a year")
    if card.life is not None:
        said.append(
            f"survival: {f.number(card.life.years, 2)} of the first {f.number(card.life.horizon_years, 1)} years "
            f"({f.number(card.life.low, 2)} to {f.number(card.life.high, 2)}), what comes after left out"
        )
    said.append(cac_words(card.cac, costs, f))
    return said


def cac_words(cac: Figure, costs: str, f: Formats) -> str:
    """CAC with its period and n; or why there is none."""
    if cac.value is None:
        return f"no CAC: {cac.missing}"
    high = f" (up to {f.whole(cac.high)})" if cac.high is not None else ""
    return f"CAC {f.whole(cac.value)}{high}, fully loaded and blended, {costs}, n = {f.count(cac.n)}"


def trend(rows: Sequence[Mapping[str, Any]], voice: Voice) -> str:
    """How LTV ÷ CAC moved in the last quarter, and which of the two moved it."""
    f = voice.formats
    known = [row for row in rows if row["ratio"] is not None]
    if not known:
        return "LTV ÷ CAC cannot be told for any quarter yet"
    last = known[-1]
    level = f"LTV ÷ CAC is {f.number(last['ratio'], 1)} in {last['period']}"
    if last["ltv_effect"] is None or last["cac_effect"] is None:
        return f"{level}; there is no quarter before it to compare with"
    change = last["ltv_effect"] + last["cac_effect"]
    if abs(change) < 0.05:
        return f"{level}, as in the quarter before"
    way = "rose" if change > 0 else "fell"
    helped = {"CAC": float(last["cac_effect"]), "LTV": float(last["ltv_effect"])}
    first, other = sorted(helped, key=lambda name: -helped[name] * (1 if change > 0 else -1))
    size = f.number(abs(change), 1)
    told = f"LTV ÷ CAC {way} by {size} to {f.number(last['ratio'], 1)} in {last['period']}"
    gave = f"{first} {f.change(helped[first], lambda v: f.number(v, 1))}"
    took = f"{other} {f.change(helped[other], lambda v: f.number(v, 1))}"
    return fitting(f"{told}: {gave}, {took}", told, limit=PANEL)


def channels(rows: Sequence[Mapping[str, Any]], voice: Voice) -> str:
    """Which channel wins accounts at the lowest cost and which at the highest; or what is missing to say it."""
    f = voice.formats
    known = sorted((row for row in rows if row["cac"] is not None), key=lambda row: row["cac"])
    if not known:
        return "No channel’s cost of winning an account can be told"
    low, high = known[0], known[-1]
    if len(known) == 1:
        return f"{_channel(low)}: {f.whole(low['cac'])} to win an account"
    return fitting(
        f"{_channel(low)} wins an account for {f.whole(low['cac'])}, {_lower(high)} for {f.whole(high['cac'])}",
        f"An account costs {f.whole(low['cac'])} to {f.whole(high['cac'])} to win, by channel",
        limit=PANEL,
    )


def _channel(row: Mapping[str, Any]) -> str:
    return shortened(str(row["channel"]), 24) if row["channel"] else "No channel"


def _lower(row: Mapping[str, Any]) -> str:
    return shortened(str(row["channel"]), 24) if row["channel"] else "no channel"


def months(rows: Sequence[Mapping[str, Any]], direction: str | None, has_limits: bool, voice: Voice) -> str:
    """What winning an account cost in the last month in which one was won, and whether that is a signal."""
    f = voice.formats
    known = [row for row in rows if row["cac"] is not None]
    if not known:
        return "No month has both a cost and an account won"
    last = known[-1]
    told = f"{last['month']}: {f.whole(last['cac'])} to win an account, {f.count(last['won'])} won"
    calm = {"up": "more than normal variation", "down": "less than normal variation"}
    if not has_limits:
        return fitting(f"{told}; too few months for a normal range", told, limit=PANEL)
    return fitting(f"{told}; {calm.get(direction or '', 'within normal variation')}", told, limit=PANEL)


def repeat_title(revenue: float, alive: int, accounts: int, voice: Voice) -> str:
    """What the accounts are expected to bring in a year without any contract."""
    f = voice.formats
    if not accounts:
        return "No account has bought yet"
    told = f"{f.money(revenue)} is expected in the next 52 weeks"
    return fitting(
        f"{told}; {f.count(alive)} of {counted(accounts, 'account', f)} probably still buy", told, limit=PANEL
    )


def booked(costs: pd.DataFrame, names: Mapping[str, str]) -> tuple[list[str], str]:
    """Which parts of the cost are booked at all, and a sentence on those that are not."""
    there = [name for name in names if float(costs[name].sum())]
    lacking = [lower(names[name]) for name in names if name not in there]
    return there, f"not booked, so not in CAC: {', '.join(lacking)}" if lacking and there else ""
