"""What several screens compute from the same reads: the weekly shares of a view, and a row per measure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd
from markupsafe import Markup

from dashboard import marks, reads
from dashboard.findings.week import Moved
from dashboard.look import Look
from dashboard.reads import Card, Place
from dashboard.records import records
from dashboard.tiles import PARTS, limits_of
from metrics.xmr import Signal, signal

WEEKS = 26
SUMS = ("red", "numerator", "denominator")


def bands_by_week(look: Look, card: Card, weeks: int = WEEKS, by: Literal["arr", "accounts"] = "arr") -> pd.DataFrame:
    """The last weeks of one view as shares that add up to one: `as_of`, `green`, `amber`, `red`, `other`."""
    every = reads.bands(look.generation, look.scope, look.week, by=by)
    rows = every[every["view"] == card.view].tail(weeks)
    totals = rows[list(PARTS)].sum(axis=1)
    kept = rows[totals > 0]
    return pd.concat([kept[["as_of"]], kept[list(PARTS)].div(totals[totals > 0], axis=0)], axis=1).reset_index(
        drop=True
    )


def moved_counts(look: Look, views: Sequence[str]) -> Moved:
    """How many accounts changed band in the week in these views, each counted once."""
    rows = records(reads.move_counts(look.generation, look.scope, look.week, views))
    every = next(row for row in rows if row["view"] == "")
    return Moved(int(every["accounts"]), int(every["worse"]), int(every["better"]))


@dataclass(frozen=True)
class MeasureRow:
    """One measure of a view over all accounts looked at."""

    place: Place
    held: float
    """ARR (or accounts) red in the view that this measure holds back most; each account counts under one measure."""
    held_accounts: int
    red: float
    """ARR (or accounts) at which it is red; in Expansion untapped."""
    moved: str
    """How the red ARR changed in four weeks; an arrow only on a signal."""
    value: float | None
    """The sum of its numerators over the sum of its denominators."""
    signal: Signal | None
    spark: Markup


def measure_rows(look: Look, card: Card) -> list[MeasureRow]:
    """Every connected measure, by the ARR it holds back and then by red ARR.

    The value of one that cannot be added up is left out.
    """
    every = reads.entry_bands(look.generation, look.scope, card.view, look.week, 53)
    every["red"] = every["arr"].where(every["status"] == "red", 0.0)
    weekly = every.groupby(["entry", "as_of"])[[*SUMS, "arr"]].sum().reset_index("entry")
    weekly["share"] = (weekly["red"] / weekly["arr"]).where(weekly["arr"] > 0)
    parts = {str(entry): part for entry, part in weekly.groupby("entry")}
    held = reads.held_by(look.generation, look.scope, look.week, [card.view])
    holds = {str(row["entry"]): (float(row["arr"]), int(row["accounts"])) for row in records(held)}
    rows = [
        _row(look, card, place, parts[place.entry], holds.get(place.entry, (0.0, 0)))
        for place in card.connected
        if place.entry in parts
    ]
    return sorted(rows, key=lambda row: (-row.held, -row.red, row.place.label))


def _row(look: Look, card: Card, place: Place, weekly: pd.DataFrame, held: tuple[float, int]) -> MeasureRow:
    """`weekly`: sums over the accounts and the red `share`, by week end; the week itself may have no row."""
    red, share = weekly["red"].tolist(), weekly["share"]
    is_now = weekly.index[-1] == pd.Timestamp(look.week)
    now = {name: float(weekly[name].iloc[-1]) if is_now else 0.0 for name in SUMS}
    limits = limits_of(share)
    found = signal(share) if is_now else None
    return MeasureRow(
        place=place,
        held=held[0],
        held_accounts=held[1],
        red=now["red"],
        moved=_moved(look, found, red[-1] - red[-5] if len(red) > 4 and is_now else None, card),
        value=now["numerator"] / now["denominator"] if now["denominator"] else None,
        signal=found,
        spark=marks.spark(
            [None if v != v else v for v in share.tolist()[-WEEKS:]],
            (limits.lower, limits.centre, limits.upper) if limits else None,
            found is not None,
            width=150,
            height=30,
        ),
    )


def _moved(look: Look, found: Signal | None, change: float | None, card: Card) -> str:
    """The change in four weeks; on a signal with its arrow, or the arrow and "level" where the weeks before hold it."""
    text = look.f.change(change, look.voice.bare)
    if found is None or card.is_expansion:
        return text
    arrow = "↑" if found.direction == "up" else "↓"
    return (
        f"{arrow} {text}" if change and (change > 0) == (found.direction == "up") and text != "·" else f"{arrow} level"
    )
