"""Signal or noise: process behaviour charts (XmR) after Wheeler, *Understanding Variation*."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

BASELINE_WEEKS = 26
HISTORY_WEEKS = 52
LEAST_VALUES = 6
TO_LIMITS = 2.66  # 3 / 1.128: from the mean moving range to the natural process limits
TO_RANGE_LIMIT = 3.27

Rule = Literal["outside limits", "range outside its limit", "3 of 4 near a limit", "8 weeks on one side"]


class TooFewValues(ValueError):
    """Fewer weekly values than say anything about noise."""

    def __init__(self, have: int, need: int = LEAST_VALUES) -> None:
        super().__init__(f"{have} weekly values say nothing about noise; {need} are needed.")
        self.have, self.need = have, need


@dataclass(frozen=True)
class Limits:
    """Natural process limits of a weekly series, and the limit of its moving range, in the unit of the series."""

    lower: float
    centre: float
    upper: float
    range_limit: float


@dataclass(frozen=True)
class Signal:
    """A change that routine variation does not explain: the rule that fired and where the series went."""

    rule: Rule
    direction: Literal["up", "down"]


def natural_limits(weekly: pd.Series, floor: float | None = 0.0) -> Limits:
    """Centre and natural process limits of a weekly series, oldest first, in its own unit.

    Mean ± 2.66 × mean moving range of the baseline: the first 26 valid weeks of the last 52. Missing weeks are
    skipped, not zero. A week in which nothing moved says nothing about how far things move, so it is left out of the
    mean range: a score that stands still for weeks and then takes an ordinary step would be a signal each time.
    `floor` is the least value the measure can take (None for one that may be negative).
    Raises `TooFewValues` below six values.
    """
    values = _valid(weekly, HISTORY_WEEKS)[:BASELINE_WEEKS]
    if len(values) < LEAST_VALUES:
        raise TooFewValues(have=len(values))
    centre, ranges = float(values.mean()), np.abs(np.diff(values))
    moved = ranges[ranges > _tolerance(centre)]
    moving_range = float(moved.mean()) if len(moved) else 0.0
    lower = centre - TO_LIMITS * moving_range
    return Limits(
        lower=lower if floor is None else max(floor, lower),
        centre=centre,
        upper=centre + TO_LIMITS * moving_range,
        range_limit=TO_RANGE_LIMIT * moving_range,
    )


def signal(weekly: pd.Series, floor: float | None = 0.0) -> Signal | None:
    """The signal the last week of a series gives, strongest rule first; None within normal variation.

    A last week without a value gives none, and so does a series too short for limits.
    """
    if weekly.empty or pd.isna(weekly.iloc[-1]):
        return None
    try:
        limits = natural_limits(weekly, floor)
    except TooFewValues:
        return None
    return _fired(_valid(weekly, len(weekly)), limits)


def _valid(weekly: pd.Series, last: int) -> np.ndarray:
    """The values of so many last weeks, without those that are missing."""
    values = weekly.to_numpy(dtype=float, na_value=np.nan)[-last:]
    valid: np.ndarray = values[~np.isnan(values)]
    return valid


def _fired(values: np.ndarray, limits: Limits) -> Signal | None:
    last, before = values[-1], values[-2] if len(values) > 1 else values[-1]
    if _beyond(last, limits.upper) or _beyond(limits.lower, last):
        return Signal("outside limits", "up" if last > limits.centre else "down")
    if _beyond(abs(last - before), limits.range_limit):
        return Signal("range outside its limit", "up" if last > before else "down")
    for side, direction in ((1, "up"), (-1, "down")):
        half = (limits.upper if side > 0 else limits.lower) + limits.centre
        near = side * (values[-4:] - half / 2) > _tolerance(half)
        if len(near) == 4 and near[-1] and near.sum() >= 3:
            return Signal("3 of 4 near a limit", direction)  # type: ignore[arg-type]
        run = side * (values[-8:] - limits.centre) > _tolerance(limits.centre)
        if len(run) == 8 and run.all():
            return Signal("8 weeks on one side", direction)  # type: ignore[arg-type]
    return None


def _tolerance(size: float) -> float:
    """What floating point may add to a sum of weekly shares: a flat series must never look like a signal."""
    return 1e-9 * max(1.0, abs(size))


def _beyond(value: float, limit: float) -> bool:
    return bool(value - limit > _tolerance(limit))
