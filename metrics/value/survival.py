"""How long accounts stay: the Kaplan–Meier curve of their tenures, and the years it promises up to a horizon."""

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd

YEAR_DAYS = 365.25
HORIZON_YEARS = 5
Z_95 = 1.959963984540054
FEWEST_ENDED = 5
"""Below so many accounts that left, a curve says nothing about who will."""


@dataclass(frozen=True)
class Life:
    """Mean years an account stays within a horizon, counted from its first paid day, with a 95 % interval."""

    years: float
    low: float
    high: float
    horizon_years: float
    """As asked for, or the longest tenure there is where that is shorter: nobody knows what comes after it."""

    @property
    def words(self) -> str:
        return f"the first {self.horizon_years:.1f} years, what comes after them left out"


def curve(tenures: pd.DataFrame) -> pd.DataFrame:
    """The share of accounts that stay at least so long, by Kaplan–Meier, with a pointwise 95 % interval.

    Reads `days` and `has_ended`, and `n` where one row stands for several accounts. One row per day on which somebody
    left or is last seen: `days`, `at_risk`, `ended`, `kept`, `low`, `high` (log-log, so within 0 and 1; missing where
    nobody has left yet or nobody is left).
    """
    from scipy import stats  # takes 60 MB, and most screens need no curve

    counts = tenures["n"] if "n" in tenures else np.ones(len(tenures), dtype=int)
    days = np.repeat(tenures["days"].to_numpy(dtype=float), counts)
    has_ended = np.repeat(tenures["has_ended"].to_numpy(dtype=bool), counts)
    if not len(days):
        return pd.DataFrame({name: pd.Series(dtype=float) for name in COLUMNS})
    fit = stats.ecdf(stats.CensoredData.right_censored(days, ~has_ended)).sf
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # no interval before anybody left
        band = fit.confidence_interval(method="log-log")
    seen = np.searchsorted(np.sort(days), fit.quantiles, side="left")
    ended = np.searchsorted(fit.quantiles, days[has_ended])
    columns = (
        fit.quantiles.astype(int), len(days) - seen, np.bincount(ended, minlength=len(fit.quantiles)),
        fit.probabilities, band.low.probabilities, band.high.probabilities,
    )  # fmt: skip
    return pd.DataFrame(dict(zip(COLUMNS, columns, strict=True)))


COLUMNS = ("days", "at_risk", "ended", "kept", "low", "high")


def life(curve: pd.DataFrame, horizon_years: float = HORIZON_YEARS) -> Life | None:
    """The area under a curve up to a horizon, in years, with its interval by Greenwood's variance.

    None where fewer than five accounts have left.
    """
    if curve["ended"].sum() < FEWEST_ENDED:
        return None
    end = min(horizon_years * YEAR_DAYS, float(curve["days"].max()))
    steps = curve[(curve["days"] < end) & (curve["ended"] > 0)]
    edges = np.concatenate([[0.0], steps["days"].to_numpy(dtype=float), [end]])
    heights = np.concatenate([[1.0], steps["kept"].to_numpy(dtype=float)])
    areas = heights * np.diff(edges)
    ended, at_risk = steps["ended"].to_numpy(dtype=float), steps["at_risk"].to_numpy(dtype=float)
    after = areas.sum() - np.cumsum(areas)[:-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(at_risk > ended, after**2 * ended / (at_risk * (at_risk - ended)), 0.0)
    mean, spread = areas.sum() / YEAR_DAYS, Z_95 * float(np.sqrt(parts.sum())) / YEAR_DAYS
    horizon = end / YEAR_DAYS
    return Life(float(mean), max(float(mean) - spread, 0.0), min(float(mean) + spread, horizon), horizon)


def kept_at(curve: pd.DataFrame, days: float) -> tuple[float, float | None, float | None]:
    """Share that stays longer than so many days, with its interval (None before anybody left)."""
    before = curve[curve["days"] <= days]
    if before.empty:
        return 1.0, None, None
    last = before.iloc[-1]
    low, high = (None if pd.isna(last[name]) else float(last[name]) for name in ("low", "high"))
    return float(last["kept"]), low, high
