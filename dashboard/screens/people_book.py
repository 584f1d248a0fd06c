"""Return on People as screens show it: of the newest month that is over, with its goal, its rank and what moved it."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from dashboard.look import Look
from dashboard.reads import people as reads
from metrics.benchmarks import Comparison, Standing
from metrics.people import NOT_CONNECTED, Return, Split, last_month, returns, split

METRIC = "return_on_people"


@dataclass(frozen=True)
class People:
    """Return on People of the whole company at the week looked at; finance knows no segment, region or lead."""

    look: Look

    @cached_property
    def found(self) -> list[Return]:
        """The twelve months to the end of every month that was over, oldest first."""
        generation, last = self.look.generation, last_month(self.look.week)
        return generation.once(f"returns on people {last}", lambda: returns(reads.books(generation), last))

    @property
    def now(self) -> Return | None:
        return self.found[-1] if self.found else None

    @property
    def value(self) -> float | None:
        value = self.now.value if self.now else None
        return None if value is None else float(value)

    @cached_property
    def missing(self) -> str | None:
        """Why there is no number, in words; None where there is one."""
        if self.now is None:
            books = reads.books(self.look.generation)
            return "no month of finance is over" if books else NOT_CONNECTED
        return self.now.missing

    @cached_property
    def goal(self) -> tuple[str, float] | None:
        """Period and value of the target that holds in the month."""
        return reads.goal_of_month(self.look.generation, METRIC, self.now.month) if self.now else None

    @property
    def gap(self) -> float | None:
        """What is missing to the goal; below zero where it is passed."""
        return None if self.goal is None or self.value is None else self.goal[1] - self.value

    @cached_property
    def benchmark(self) -> Comparison | None:
        return reads.benchmark(self.look.generation, METRIC)

    @property
    def standing(self) -> Standing | None:
        """Where we stand among others."""
        return self.benchmark.standing(self.value) if self.benchmark and self.value is not None else None

    @cached_property
    def split(self) -> Split | str:
        return split(self.found)

    @cached_property
    def trend(self) -> pd.DataFrame:
        """The months that have a value: `month` (its last day), `value`, `profit` and `fte` behind it."""
        rows = [
            (each.month, float(each.value), float(each.profit or 0), float(each.fte or 0))
            for each in self.found
            if each.value is not None
        ]
        return pd.DataFrame(rows, columns=["month", "value", "profit", "fte"])
