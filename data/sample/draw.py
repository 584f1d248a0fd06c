"""Ways to draw many things at once: levels spread evenly, events that recur, what a grade brings.

Days are whole numbers relative to `as_of`: 0 is `as_of`, -7 a week before it. `NEVER` lies beyond every run.
"""

from statistics import NormalDist
from zlib import crc32

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Span = tuple[float, float]

NEVER = 1_000_000
GOLDEN = (5**0.5 - 1) / 2
BLOCK = 10  # accounts of about one size; every level is spread evenly inside each block


def stream(seed: int, name: str, part: int = 0) -> np.random.Generator:
    """The generator of one family of rows: adding a draw to one family leaves all others as they were."""
    return np.random.default_rng([seed, crc32(name.encode()), part])


def normal_quantiles(n: int) -> Floats:
    """`n` values that split the standard normal evenly, smallest first."""
    bell = NormalDist()
    return np.array([bell.inv_cdf((k + 0.5) / n) for k in range(n)])


def even_levels(rng: np.random.Generator, value: Floats, rank: Ints) -> Floats:
    """Levels from 0 (worst) to 1 (best) in the order of `value`, spread evenly inside each block of like size.

    So the share of revenue below a level is close to the level, although few accounts hold most revenue.
    """
    order = np.lexsort((value, rank // BLOCK))
    sizes = np.bincount(rank // BLOCK)
    within = np.arange(len(value)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    level = np.empty(len(value))
    level[order] = (within + rng.random(len(value))) / np.repeat(sizes, sizes)
    return level


def fares(grade: Floats, badly: Span, middling: Span, well: Span) -> Floats:
    """What a grade brings: from the first to the second value of its third (0 to 1 badly, to 2 middling, to 3 well)."""
    edge = 1e-9
    return np.interp(grade, [0, 1 - edge, 1, 2 - edge, 2, 3], [*badly, *middling, *well])


def times_in(window: float, times: Floats) -> Floats:
    """Days between events that come a whole number of times in each window; 0 times is never."""
    whole = np.round(times)
    return np.where(whole > 0, window / np.maximum(whole, 1), 1.0 * NEVER)


def recurring(
    rng: np.random.Generator, first: Ints, last: Ints, every: Floats, jitter: float = 0.6
) -> tuple[Ints, Ints]:
    """Who (row number) and when (day) for events that come about every `every` days from `first` to `last`.

    `jitter` moves each event by up to half that share of the gap: 0 is a clock, 1 nearly pure chance. Events of one
    row stand side by side.
    """
    count = np.maximum(np.ceil((last - first + 1) / every), 0).astype(np.int64) + 1
    who = np.repeat(np.arange(len(first)), count)
    turn = np.arange(len(who)) - np.repeat(np.cumsum(count) - count, count)
    phase = rng.random(len(first))[who] + (rng.random(len(who)) - 0.5) * jitter
    day = np.floor(first[who] + (turn - 0.5 + phase) * every[who]).astype(np.int64)
    kept = (day >= first[who]) & (day <= last[who])
    return who[kept], day[kept]


def over_time(rng: np.random.Generator, count: int, first: int, days: int) -> Ints:
    """`count` days spread over the `days` from `first` on; neighbours lie far apart, so like things never bunch."""
    turn = (np.arange(count) * GOLDEN + rng.random()) % 1
    return np.asarray(np.floor(turn * days).astype(np.int64) + first)


def happens(rng: np.random.Generator, share: Floats) -> Flags:
    """Yes with the given probability, for each."""
    return rng.random(len(share)) < share


def evenly(rng: np.random.Generator, who: Ints, share: Floats) -> Flags:
    """Yes for the given share of each one's events, as evenly over them as can be: half is every other one.

    `who` holds equal numbers side by side; `share` has one value for each number.
    """
    nth = np.arange(len(who)) - np.searchsorted(who, who)
    turns = (nth + rng.random(len(share))[who]) * share[who]
    return np.asarray(np.floor(turns + share[who]) > np.floor(turns))


def between(rng: np.random.Generator, low: Floats | float, high: Floats | float, n: int) -> Ints:
    """Whole numbers from `low` to `high`, both included."""
    return np.floor(low + rng.random(n) * (np.asarray(high) - low + 1)).astype(np.int64)


def drift(day: Ints, size: float) -> Floats:
    """A small quarterly up and down around 1, the same for every run: exchange rates, prices of parts."""
    quarter = np.floor(day / 91)
    return np.asarray(1 + size * np.sin(quarter * 1.7) * np.cos(quarter * 0.6))
