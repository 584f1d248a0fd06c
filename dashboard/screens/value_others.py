"""What others reach, beside a figure of *Value*: the rows it is compared with, and where it stands among them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dashboard.look import Look
from dashboard.reads.people import benchmark
from metrics.benchmarks import Comparison
from metrics.value import Figure

METRICS = {
    # figure: metric of the benchmark rows
    "nrr": "net_revenue_retention",
    "grr": "gross_revenue_retention",
    "quick_ratio": "quick_ratio",
    "new_cac_ratio": "new_cac_ratio",
    "blended_cac_ratio": "blended_cac_ratio",
    "cac_payback": "cac_payback",
}
LABELS = {
    "nrr": "NRR",
    "grr": "GRR",
    "quick_ratio": "Quick ratio",
    "new_cac_ratio": "New CAC ratio",
    "blended_cac_ratio": "Blended CAC ratio",
    "cac_payback": "CAC payback, months",
}


@dataclass(frozen=True)
class Others:
    """One figure beside what others reach."""

    label: str
    value: str
    short: str
    """The statistic and its range, with years and sources counted."""
    words: str
    """The same with year, population and source of every row that is used."""
    standing: str


def others(look: Look, figures: Mapping[str, Figure]) -> dict[str, Others]:
    """The figures that have a value and something to be compared with, by name."""
    made = {}
    for name in METRICS:
        found, figure = _rows(look, name), figures.get(name)
        if found and figure is not None and figure.value is not None:
            write = writer(look, name)
            standing = found.standing(figure.value).words
            made[name] = Others(LABELS[name], write(figure.value), found.short(write), found.words(write), standing)
    return made


def writer(look: Look, name: str) -> Callable[[float], str]:
    """How a figure and what it is compared with are written: shares for retention, else with a decimal or two."""
    if name in ("nrr", "grr"):
        return lambda value: look.f.share(value)
    digits = 2 if name.endswith("_ratio") and name != "quick_ratio" else 1
    return lambda value: look.f.number(value, digits)


def _rows(look: Look, name: str) -> Comparison | None:
    metric = METRICS[name]
    return look.generation.once(f"benchmark {metric}", lambda: benchmark(look.generation, metric))
