"""How often an arrow is wrong, and how soon it is right: `make signals`.

Ten thousand made-up weekly series are watched for a year, week by week, by the rules of `metrics/xmr.py` and by the
arrows other dashboards draw. All series are taken at once; a test holds every week to what `xmr.signal` says of it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metrics.xmr import BASELINE_WEEKS, HISTORY_WEEKS, TO_LIMITS, TO_RANGE_LIMIT

SEED = 20_261_115
SERIES = 10_000
WATCHED = 52
"""Weeks of a year that are watched, after a year that fills the baseline."""
LEVEL, NOISE = 50.0, 5.0
SHIFTS = (1.0, 2.0, 3.0)
"""How far the level moves in its first watched week, in standard deviations of the noise."""
MEMORIES = (("independent weeks", 0.0), ("each week keeps half of the last", 0.5))

Series = NDArray[np.float64]
Arrows = NDArray[np.int8]
"""A row for each series and a column for each watched week: 1 up, -1 down, 0 none."""


def stable(rng: np.random.Generator, memory: float = 0.0, series: int = SERIES) -> Series:
    """Two years of weekly values that vary by chance alone, with the same spread whatever the memory."""
    noise = rng.standard_normal((series, HISTORY_WEEKS + WATCHED))
    values = noise.copy()
    for week in range(1, noise.shape[1]):
        values[:, week] = memory * values[:, week - 1] + np.sqrt(1 - memory**2) * noise[:, week]
    return LEVEL + NOISE * values


def shifted(values: Series, by: float) -> Series:
    """The same weeks with the level moved up by so many standard deviations from the first watched one on."""
    moved = values.copy()
    moved[:, HISTORY_WEEKS:] += by * NOISE
    return moved


def _week_by_week(values: Series, rule: Callable[[Series], Arrows]) -> Arrows:
    """What a rule says at the end of every watched week, from all weeks up to it."""
    last = values.shape[1]
    return np.stack([rule(values[:, : week + 1]) for week in range(HISTORY_WEEKS, last)], axis=1)


def _limits(past: Series) -> tuple[Series, Series]:
    """Centre and mean moving range of the baseline, for each series."""
    base = past[:, -HISTORY_WEEKS:][:, :BASELINE_WEEKS]
    return base.mean(axis=1), np.abs(np.diff(base, axis=1)).mean(axis=1)


def outside(past: Series) -> Arrows:
    """Rule 1 on the values: the last one is outside the natural limits."""
    centre, spread = _limits(past)
    beyond = np.abs(past[:, -1] - centre) > TO_LIMITS * spread
    return (np.sign(past[:, -1] - centre) * beyond).astype(np.int8)


def large_step(past: Series) -> Arrows:
    """Rule 1 on the moving range: the last step is larger than routine ones get."""
    _, spread = _limits(past)
    step = past[:, -1] - past[:, -2]
    return (np.sign(step) * (np.abs(step) > TO_RANGE_LIMIT * spread)).astype(np.int8)


def near_a_limit(past: Series) -> Arrows:
    """Rule 2: three of the last four values, the last among them, are nearer to a limit than to the centre."""
    centre, spread = _limits(past)
    away, half = past[:, -4:] - centre[:, None], TO_LIMITS * spread / 2
    above, below = away > half[:, None], away < -half[:, None]
    return _either(_three_of_four(above), _three_of_four(below))


def _three_of_four(near: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether three of four weeks are near, the last among them."""
    found: NDArray[np.bool_] = (near.sum(axis=1) >= 3) & near[:, -1]
    return found


def one_side(past: Series) -> Arrows:
    """Rule 3: the last eight values are on one side of the centre."""
    centre, _ = _limits(past)
    away = past[:, -8:] - centre[:, None]
    return _either(away.min(axis=1) > 0, away.max(axis=1) < 0)


def by_signal(past: Series) -> Arrows:
    """The arrow of our tiles and charts: the strongest of the rules that fires."""
    return _first(outside(past), large_step(past), near_a_limit(past), one_side(past))


def by_limits_and_month(past: Series) -> Arrows:
    """The arrow of our lists of accounts: outside the limits, and moved further that way within four weeks."""
    found = outside(past)
    return np.where(np.sign(past[:, -1] - past[:, -5]) == found, found, 0).astype(np.int8)


def by_any_change(past: Series) -> Arrows:
    """The usual arrow: up or down on the week before, however little."""
    return np.sign(past[:, -1] - past[:, -2]).astype(np.int8)


def by_a_tenth(past: Series) -> Arrows:
    """The cautious usual arrow: a tenth or more on the week before."""
    step = past[:, -1] - past[:, -2]
    return (np.sign(step) * (np.abs(step) >= 0.1 * np.abs(past[:, -2]))).astype(np.int8)


def _either(up: NDArray[np.bool_], down: NDArray[np.bool_]) -> Arrows:
    return up.astype(np.int8) - down.astype(np.int8)


def _first(*arrows: Arrows) -> Arrows:
    """The first arrow of several for each series."""
    found = np.zeros_like(arrows[0])
    for each in arrows:
        found = np.where(found == 0, each, found)
    return found


ARROWS: dict[str, Callable[[Series], Arrows]] = {
    "our tiles and charts (XmR, all rules)": by_signal,
    "our lists of accounts (limits, and four weeks the same way)": by_limits_and_month,
    "any change on the week before": by_any_change,
    "a tenth or more on the week before": by_a_tenth,
}
RULES: dict[str, Callable[[Series], Arrows]] = {
    "outside limits": outside,
    "range outside its limit": large_step,
    "3 of 4 near a limit": near_a_limit,
    "8 weeks on one side": one_side,
}


@dataclass(frozen=True)
class Found:
    """How one kind of arrow did on one kind of series."""

    arrow: str
    memory: str
    false_weeks: float
    """Weeks of a quiet year that show an arrow, on average."""
    quiet_years: float
    """Share of quiet years without any arrow."""
    weeks: tuple[int | None, ...]
    """Weeks to the first arrow up, of half of the series, by shift; None where fewer than half get one in the year."""
    in_month: tuple[float, ...]
    """Share of the series that get an arrow up within four weeks, by shift."""


def run(seed: int = SEED, series: int = SERIES) -> list[Found]:
    """Every kind of arrow on every kind of series."""
    rng = np.random.default_rng(seed)
    found = []
    for name, memory in MEMORIES:
        quiet = stable(rng, memory, series)
        moved = [shifted(quiet, by) for by in SHIFTS]
        found += [_judged(arrow, name, rule, quiet, moved) for arrow, rule in ARROWS.items()]
    return found


def _judged(arrow: str, memory: str, rule: Callable[[Series], Arrows], quiet: Series, moved: list[Series]) -> Found:
    alarms = _week_by_week(quiet, rule) != 0
    ups = [_week_by_week(each, rule) > 0 for each in moved]
    return Found(
        arrow=arrow,
        memory=memory,
        false_weeks=float(alarms.sum(axis=1).mean()),
        quiet_years=float((~alarms.any(axis=1)).mean()),
        weeks=tuple(_median_weeks(up) for up in ups),
        in_month=tuple(float(up[:, :4].any(axis=1).mean()) for up in ups),
    )


def _median_weeks(up: NDArray[np.bool_]) -> int | None:
    """Weeks until half of the series have had an arrow up, the first week counting as one."""
    first = np.where(up.any(axis=1), up.argmax(axis=1) + 1, WATCHED + 1)
    median = int(np.median(first))
    return median if median <= WATCHED else None


def by_rule(seed: int = SEED, series: int = SERIES) -> dict[str, float]:
    """Weeks of a quiet year of independent weeks in which each rule fires, on average."""
    quiet = stable(np.random.default_rng(seed), 0.0, series)
    return {name: float((_week_by_week(quiet, rule) != 0).sum(axis=1).mean()) for name, rule in RULES.items()}


def tables(seed: int = SEED, series: int = SERIES) -> str:
    """The results as the Markdown tables of SIGNALS.md."""
    parts = []
    found = run(seed, series)
    for name, _ in MEMORIES:
        parts.append(f"**{name[0].upper()}{name[1:]}**\n\n{_table([each for each in found if each.memory == name])}")
    rules = "\n".join(f"| {name} | {weeks:.1f} |" for name, weeks in by_rule(seed, series).items())
    parts.append(
        f"**Rule by rule, independent weeks**\n\n| rule | weeks a year it fires by chance |\n|---|--:|\n{rules}"
    )
    return "\n\n".join(parts) + "\n"


def _table(found: list[Found]) -> str:
    shifts = [f"{by:g} sd" for by in SHIFTS]
    head = ["arrow", "false weeks a year", "years without any", *(f"weeks to see {by}" for by in shifts)]
    head += [f"seen in 4 weeks, {by}" for by in shifts]
    lines = [f"| {' | '.join(head)} |", f"|---|{'--:|' * (len(head) - 1)}"]
    for each in found:
        weeks = ["over a year" if n is None else f"{n}" for n in each.weeks]
        cells = [each.arrow, f"{each.false_weeks:.1f}", _share(each.quiet_years), *weeks, *map(_share, each.in_month)]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _share(share: float) -> str:
    return f"{share * 100:.0f} %"


if __name__ == "__main__":
    print(tables(), end="")
