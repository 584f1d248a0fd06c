"""The seven tiles: each view's bands this week, the pattern of its weeks, and whether that is a signal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from dashboard.reads.company import Card, Place
from metrics.xmr import Limits, Signal, TooFewValues, natural_limits, signal

SHOWN_WEEKS = 13
PARTS = ("green", "amber", "red", "other")


@dataclass(frozen=True)
class Holder:
    """The measure that holds back most of what is red in a view: each red account counts under its worst measure."""

    place: Place
    weight: float
    accounts: int


@dataclass(frozen=True)
class Tile:
    """One view in one week. Shares are of all ARR (or accounts), so green + amber + red + other = 1."""

    card: Card
    shares: Mapping[str, float]
    red: float
    """ARR (or accounts) that is red; in Expansion untapped."""
    red_accounts: int
    total: float
    weekly: "pd.Series[float]"
    """Red share by week end, oldest first; missing in weeks without any score."""
    limits: Limits | None
    signal: Signal | None
    drift: Signal | None
    """What the weeks say by the same rules where it is no signal: in Expansion, which raises no alarm."""
    holder: Holder | None

    @property
    def is_scored(self) -> bool:
        """Whether any account has a score in the view this week."""
        return self.shares["other"] < 1 and self.total > 0

    @property
    def is_calm(self) -> bool:
        """Whether the weeks stay within normal variation."""
        return self.signal is None and self.drift is None

    @property
    def coverage(self) -> float:
        """The share that has a score."""
        return 1 - self.shares["other"]

    @property
    def is_worse(self) -> bool:
        """A signal that more is red."""
        return self.signal is not None and self.signal.direction == "up"

    @property
    def is_better(self) -> bool:
        """A signal that less is red."""
        return self.signal is not None and self.signal.direction == "down"

    def change(self, weeks: int = 4) -> float | None:
        """How far the red share went in that many weeks; None where either end has no score."""
        if len(self.weekly) <= weeks:
            return None
        moved = self.weekly.iloc[-1] - self.weekly.iloc[-1 - weeks]
        return None if np.isnan(moved) else float(moved)

    @property
    def recent(self) -> list[float | None]:
        """The last thirteen weeks, for the line."""
        return [None if np.isnan(v) else float(v) for v in self.weekly.tail(SHOWN_WEEKS)]

    @property
    def spark_limits(self) -> tuple[float, float, float] | None:
        """Lower limit, centre and upper limit for the line."""
        return (self.limits.lower, self.limits.centre, self.limits.upper) if self.limits else None


def tiles(cards: Sequence[Card], bands: pd.DataFrame, held: pd.DataFrame, week: date) -> tuple[Tile, ...]:
    """A tile per view from the bands of the weeks up to `week` and the reds by their worst measure."""
    by_view = dict(list(bands.groupby("view")))
    holders = _holders(held)
    return tuple(tile(card, by_view.get(card.view), holders.get(card.view, []), week) for card in cards)


def tile(card: Card, bands: pd.DataFrame | None, held: Sequence[tuple[str, int, float]], week: date) -> Tile:
    """The tile of one view. Expansion is an opportunity: it has a line, and never a signal."""
    weekly = _weekly(bands)
    found = signal(weekly)
    now = _now(bands, week)
    total = sum(now[part] for part in PARTS)
    return Tile(
        card=card,
        shares={part: now[part] / total for part in PARTS} if total else {**dict.fromkeys(PARTS, 0.0), "other": 1.0},
        red=now["red"],
        red_accounts=int(now["red_accounts"]),
        total=total,
        weekly=weekly,
        limits=limits_of(weekly),
        signal=None if card.is_expansion else found,
        drift=found if card.is_expansion else None,
        holder=_holder(card, held),
    )


def _weekly(bands: pd.DataFrame | None) -> "pd.Series[float]":
    """Red share by week end, oldest first; a week in which nothing is scored has none."""
    if bands is None:
        return pd.Series(dtype=float)
    parts = bands[list(PARTS)].to_numpy(dtype=float)
    total, scored = parts.sum(axis=1), parts[:, :3].sum(axis=1)
    share = np.divide(parts[:, 2], total, out=np.full(len(parts), np.nan), where=scored > 0)
    return pd.Series(share, index=pd.DatetimeIndex(bands["as_of"]))


def _now(bands: pd.DataFrame | None, week: date) -> dict[str, float]:
    """The row of the week itself; nothing where there is none."""
    names = (*PARTS, "red_accounts")
    if bands is None or bands["as_of"].iloc[-1].date() != week:
        return dict.fromkeys(names, 0.0)
    last = bands.iloc[-1]
    return {name: float(last[name]) for name in names}


def limits_of(weekly: "pd.Series[float]") -> Limits | None:
    """The natural limits of a weekly series; None while it is too short to tell noise from signal.

    They end at zero where the series never went below it.
    """
    try:
        return natural_limits(weekly, None if bool((weekly < 0).any()) else 0.0)
    except TooFewValues:
        return None


def _holders(held: pd.DataFrame) -> dict[str, list[tuple[str, int, float]]]:
    """Measure, accounts and ARR of what is red, by view, most first."""
    made: dict[str, list[tuple[str, int, float]]] = {}
    columns = (held[name].tolist() for name in ("view", "entry", "accounts", "arr"))
    for view, entry, accounts, arr in sorted(zip(*columns, strict=True), key=lambda row: -row[3]):
        made.setdefault(view, []).append((entry, int(accounts), float(arr)))
    return made


def _holder(card: Card, held: Sequence[tuple[str, int, float]]) -> Holder | None:
    """The measure with most red ARR, of those we can name."""
    found = ((card.place(entry), accounts, arr) for entry, accounts, arr in held)
    return next((Holder(place, arr, accounts) for place, accounts, arr in found if place), None)
