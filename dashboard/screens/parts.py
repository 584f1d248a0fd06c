"""What several screens compute from the same reads: the weekly shares of a view, and a row per measure."""

from collections.abc import Sequence
from dataclasses import dataclass

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


def bands_by_week(look: Look, card: Card, weeks: int = WEEKS) -> pd.DataFrame:
    """The last weeks of one view as shares that add up to one: `as_of`, `green`, `amber`, `red`, `other`."""
    every = reads.bands(look.generation, look.scope, look.week)
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
    red: float
    """ARR (or accounts) at which it is red; in Expansion untapped."""
    accounts: int
    moved: str
    """How the red ARR changed in four weeks; an arrow only on a signal."""
    value: float | None
    signal: Signal | None
    spark: Markup


def measure_rows(look: Look, card: Card) -> list[MeasureRow]:
    """Every connected measure, most red ARR first; the value of one that cannot be added up is left out."""
    every = reads.entry_bands(look.generation, look.scope, card.view, look.week, 53)
    every["red"] = every["arr"].where(every["status"] == "red", 0.0)
    weekly = every.groupby(["entry", "as_of"])[["red", "arr"]].sum()
    now = every[every["as_of"] == pd.Timestamp(look.week)]
    latest = {str(entry): part for entry, part in now.groupby("entry")}
    parts = {str(entry): part.droplevel(0) for entry, part in weekly.groupby(level=0)}
    rows = [
        _row(look, card, place, parts[place.entry], latest.get(place.entry, every.head(0)))
        for place in card.connected
        if place.entry in parts
    ]
    return sorted(rows, key=lambda row: (-row.red, row.place.label))


def _row(look: Look, card: Card, place: Place, weekly: pd.DataFrame, now: pd.DataFrame) -> MeasureRow:
    """`weekly`: `red` and all `arr` of each week with a row; `now`: the rows of the week by status."""
    red = weekly["red"]
    share = (red / weekly["arr"]).where(weekly["arr"] > 0)
    limits = limits_of(share)
    found = signal(share) if len(now) else None
    return MeasureRow(
        place=place,
        red=float(now.loc[now["status"] == "red", "arr"].sum()),
        accounts=int(now.loc[now["status"] == "red", "accounts"].sum()),
        moved=_moved(look, found, float(red.iloc[-1] - red.iloc[-5]) if len(red) > 4 and len(now) else None, card),
        value=_value(now),
        signal=found,
        spark=marks.spark(
            [None if v != v else float(v) for v in share.tail(WEEKS)],
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


def _value(now: pd.DataFrame) -> float | None:
    """The measure over all accounts: the sum of its numerators over the sum of its denominators."""
    under = float(now["denominator"].sum())
    return float(now["numerator"].sum()) / under if under else None
