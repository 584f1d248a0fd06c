"""How LTV over CAC moved from quarter to quarter, and which of the two moved it."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from metrics.value.acquisition import cac_figures, gross_margin
from metrics.value.lifetime import INTEREST, lifetime_values, ratio_change
from metrics.value.retention import Sources, retention_figures

WAYS = ("article", "margin", "discounted", "discounted_at_once")
"""The ways whose parts are known for every quarter; a survival curve is that of all time."""
QUARTERS = 4


def ratio_trend(
    retained: pd.DataFrame,
    margins: pd.DataFrame,
    costs: pd.DataFrame,
    sources: Sources,
    way: str = "discounted",
    interest: float = INTEREST,
) -> pd.DataFrame:
    """LTV before CAC, CAC of four quarters and their ratio at the end of each whole quarter, oldest first.

    Reads the rows of `retention_now`, `margins` and `cac` of the whole company. `ltv_effect` + `cac_effect` is the
    change of the ratio since the quarter before. A figure that is missing is missing here, and so is what it feeds.
    """
    quarters = costs[(costs["kind"] == "quarter") & costs["is_whole"].astype(bool)]
    ends = sorted(quarters["closes_on"].unique())
    rows = []
    for nth, end in enumerate(ends[QUARTERS - 1 :], start=QUARTERS):
        year = quarters[quarters["closes_on"].isin(ends[nth - QUARTERS : nth])]
        name = str(year.loc[year["closes_on"] == end, "period"].iloc[0])
        found = _at(retained[retained["as_of"] == end], margins[margins["as_of"] == end], year, sources, way, interest)
        rows.append({"period": name, "closes_on": end, **found})
    table = pd.DataFrame(rows, columns=["period", "closes_on", "ltv", "cac", "ratio"])
    return table.join(pd.DataFrame(_effects(table), columns=["ltv_effect", "cac_effect"], index=table.index))


def _at(
    retained: pd.DataFrame, margins: pd.DataFrame, year: pd.DataFrame, sources: Sources, way: str, interest: float
) -> dict[str, float | None]:
    margin = gross_margin(margins)
    sums: Mapping[str, Any] = {str(name): value for name, value in retained.sum(numeric_only=True).items()}
    if retained.empty:
        return {"ltv": None, "cac": None, "ratio": None}
    cac = cac_figures(year, margin, sources)["cac"]
    ways = lifetime_values(retention_figures(sums, sources), margin, cac, None, "", interest)
    chosen = next(each for each in ways if each.name == way)
    return {"ltv": chosen.gross.value, "cac": cac.value, "ratio": chosen.ratio.value}


def _effects(table: pd.DataFrame) -> list[tuple[float | None, float | None]]:
    effects: list[tuple[float | None, float | None]] = [(None, None)] if len(table) else []
    known = table["ratio"].notna()
    for before, after in zip(range(len(table) - 1), range(1, len(table)), strict=True):
        if not (known[before] and known[after]):
            effects.append((None, None))
            continue
        was, now = table.iloc[before], table.iloc[after]
        change = ratio_change(float(was["ltv"]), float(was["cac"]), float(now["ltv"]), float(now["cac"]))
        effects.append((change.ltv_effect, change.cac_effect))
    return effects
