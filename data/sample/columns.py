"""Arrow columns of source rows: ids, texts, amounts, days and moments; empty where a fact is not known yet."""

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from data.sample.draw import NEVER, Flags, Floats, Ints

Table = dict[str, Any]  # one source: column name -> Arrow array
DAY = 1440  # minutes


def texts(values: Any, index: Ints) -> Any:
    """The values at the given positions; a negative position is empty."""
    known = values if isinstance(values, pa.Array) else pa.array(list(values), pa.string())
    return known.take(pa.array(index, mask=index < 0))


def constant(value: str, n: int) -> Any:
    """The same text `n` times."""
    return texts((value,), np.zeros(n, np.int64))


def numbered(prefix: str, number: Ints, digits: int = 7) -> Any:
    """Ids such as T0000012."""
    text = pc.utf8_lpad(pc.cast(pa.array(number), pa.string()), digits, "0")
    return joined(prefix, text)


def joined(*parts: Any) -> Any:
    """Texts and numbers put side by side, row by row."""
    words = [pa.scalar(part) if isinstance(part, str) else pc.cast(part, pa.string()) for part in parts]
    return pc.binary_join_element_wise(*words, pa.scalar(""))


def optional(values: npt.NDArray[Any], known: Flags) -> Any:
    """A column that is empty where the value is not known."""
    return pa.array(values, mask=~known)


def money(values: Floats, known: Flags | None = None) -> Any:
    """Amounts to the cent."""
    cents = np.round(values, 2)
    return pa.array(cents) if known is None else pa.array(cents, mask=~known)


class Calendar:
    """Turns day numbers relative to `as_of` into dates and moments; what lies after `as_of` is not known yet."""

    def __init__(self, as_of: date) -> None:
        self.epoch_day = as_of.toordinal() - date(1970, 1, 1).toordinal()

    def on(self, day: Ints) -> Any:
        """Dates; empty for days after `as_of`."""
        return self._dates(day, day > 0)

    def planned(self, day: Ints) -> Any:
        """Dates that may lie ahead; empty for NEVER."""
        return self._dates(day, day >= NEVER // 2)

    def at(self, minute: Ints) -> Any:
        """Moments from minutes relative to the start of `as_of`; empty for those after its end."""
        seconds = (self.epoch_day * DAY + minute) * 60
        return pa.array(seconds, pa.int64(), mask=minute >= DAY).cast(pa.timestamp("s"))

    def _dates(self, day: Ints, is_empty: Flags) -> Any:
        days = np.where(is_empty, 0, day) + self.epoch_day
        return pa.array(days.astype(np.int32), mask=is_empty).cast(pa.date32())
