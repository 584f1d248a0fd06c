"""Ways to draw many things at once: evenly spread levels, events that recur, and Arrow columns of them.

Days are whole numbers relative to `as_of`: 0 is `as_of`, -7 a week before it. `NEVER` lies beyond every run.
"""

from statistics import NormalDist
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Table = dict[str, Any]  # one source: column name -> Arrow array
Span = tuple[float, float]

NEVER = 1_000_000
BLOCK = 10  # accounts of about one size; every level is spread evenly inside each block


def stream(seed: int, name: str, part: int = 0) -> np.random.Generator:
    """The generator of one family of rows: adding a draw to one family leaves all others as they were."""
    return np.random.default_rng([seed, crc32(name.encode()), part])


def normal_quantiles(n: int) -> Floats:
    """`n` values that split the standard normal evenly, smallest first."""
    bell = NormalDist()
    return np.array([bell.inv_cdf((k + 0.5) / n) for k in range(n)])


def even_levels(rng: np.random.Generator, value: Floats, rank: Ints) -> Floats:
    """Levels from 0 (worst) to 1 (best) in the order of `value`, spread evenly inside each block of like-sized accounts.

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


def recurring(
    rng: np.random.Generator, first: Ints, last: Ints, every: Floats, jitter: float = 0.6
) -> tuple[Ints, Ints]:
    """Who (row number) and when (day) for events that come about every `every` days from `first` to `last`.

    `jitter` moves each event by up to half that share of the gap: 0 is a clock, 1 nearly pure chance.
    """
    count = np.maximum(np.ceil((last - first + 1) / every), 0).astype(np.int64) + 1
    who = np.repeat(np.arange(len(first)), count)
    turn = np.arange(len(who)) - np.repeat(np.cumsum(count) - count, count)
    phase = rng.random(len(first))[who] + (rng.random(len(who)) - 0.5) * jitter
    day = np.floor(first[who] + (turn - 1 + phase) * every[who] + every[who] * 0.5).astype(np.int64)
    kept = (day >= first[who]) & (day <= last[who])
    return who[kept], day[kept]


def happens(rng: np.random.Generator, share: Floats) -> Flags:
    """Yes with the given probability, for each."""
    return rng.random(len(share)) < share


def rounds(grade: Floats, window: float, badly: Span, middling: Span, well: Span) -> Floats:
    """Days between events that come a whole number of times in each window, as often as the grade brings; 0 is never."""
    times = np.round(fares(grade, badly, middling, well))
    return np.where(times > 0, window / np.maximum(times, 1), 1.0 * NEVER)


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


def texts(values: Any, index: Ints) -> Any:
    """The values at the given positions, an Arrow text column; a negative position is empty."""
    known = values if isinstance(values, pa.Array) else pa.array(list(values), pa.string())
    return known.take(pa.array(index, mask=index < 0))


def numbered(prefix: str, number: Ints, digits: int = 7) -> Any:
    """Ids such as T0000012."""
    text = pc.utf8_lpad(pc.cast(pa.array(number), pa.string()), digits, "0")
    return pc.binary_join_element_wise(pa.scalar(prefix), text, pa.scalar(""))


def joined(*parts: Any) -> Any:
    """Texts put side by side, row by row."""
    return pc.binary_join_element_wise(*[pa.scalar(p) if isinstance(p, str) else p for p in parts], pa.scalar(""))


def optional(values: npt.NDArray[Any], known: Flags) -> Any:
    """An Arrow column that is empty where the value is not known."""
    return pa.array(values, mask=~known)


def money(values: Floats, known: Flags | None = None) -> Any:
    """Amounts to the cent."""
    cents = np.round(values, 2)
    return pa.array(cents) if known is None else pa.array(cents, mask=~known)


def drift(day: Ints, size: float) -> Floats:
    """A small quarterly up and down around 1, the same for every run: exchange rates, prices of parts."""
    quarter = np.floor(day / 91)
    return np.asarray(1 + size * np.sin(quarter * 1.7) * np.cos(quarter * 0.6))
