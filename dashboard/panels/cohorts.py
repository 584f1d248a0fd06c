"""Cohort retention as a heat map: what is left of the accounts that began in one quarter, by months since."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.format import NBSP, Formats
from dashboard.panels.base import AXIS, base, finish, line
from dashboard.records import records
from dashboard.theme import Tone
from dashboard.voice import counted

MONTHS = (1, *range(3, 37, 3))
"""Months since the first payment that are shown; the table beside the picture holds all of them."""
FEW = 5
"""A cell of fewer accounts is told, not coloured: one account more or less would change its colour."""
LOW, HIGH = 0.5, 1.5
ROW = 44


def shares(rows: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The months shown with the `share` kept, of `logos` or of `arr`; missing where a cohort began with nothing."""
    over, under = ("logos_kept", "n") if kind == "logos" else ("arr_kept", "arr_then")
    shown = rows[rows["months"].isin(MONTHS)]
    return shown.assign(share=shown[over] / shown[under].where(shown[under] > 0))


def figure(rows: pd.DataFrame, kind: str, tone: Tone, formats: Formats, height: int | None = None) -> go.Figure:
    """Reads the columns of the read `cohorts`. Red is what is lost, green what grew beyond 100 %, both pale.

    Cells of few accounts stand in brackets, without a colour.
    """
    cells = shares(rows, kind).dropna(subset=["share"])
    names = list(dict.fromkeys(rows["cohort"]))
    fig = base(tone, height or ROW * len(names) + 52, l=142, r=4, t=30, b=4)
    for is_few in (False, True):
        part = cells[(cells["n"] < FEW) == is_few]
        fig.traces.append(_layer(part, names, is_few, tone, formats))
    _axes(fig, rows, names, tone, formats)
    return finish(fig)


def alt(rows: pd.DataFrame, kind: str, formats: Formats) -> str:
    """What the picture shows, in words: every cohort at the latest month shown that it has reached."""
    cells = shares(rows, kind).dropna(subset=["share"])
    if cells.empty:
        return "No cohort is a month old."
    last = cells.sort_values(["cohort_on", "months"]).groupby("cohort", sort=False).tail(1)
    what = "accounts" if kind == "logos" else "what they paid first"
    parts = [
        f"{row['cohort']} {formats.share(row['share'])} after {counted(int(row['months']), 'month', formats)} "
        f"(n = {formats.count(row['n'])})"
        for row in records(last)
    ]
    return f"Share of {what} that is left, by quarter of first payment: {'; '.join(parts)}."


def _layer(part: pd.DataFrame, names: Sequence[str], is_few: bool, tone: Tone, formats: Formats) -> dict[str, Any]:
    """The cells with many or with few accounts, as one trace of the library's heat map."""
    empty = [[None] * len(MONTHS) for _ in names]
    z: list[list[float | None]] = [list(row) for row in empty]
    text: list[list[str]] = [[""] * len(MONTHS) for _ in names]
    hover: list[list[str]] = [[""] * len(MONTHS) for _ in names]
    for row in records(part):
        y, x = names.index(row["cohort"]), MONTHS.index(int(row["months"]))
        share, n = float(row["share"]), formats.count(row["n"])
        z[y][x] = 1.0 if is_few else min(max(share, LOW), HIGH)
        said = formats.number(share * 100)
        text[y][x] = f"({said})" if is_few else said
        hover[y][x] = f"{row['cohort']}, month {row['months']}: {formats.share(share)}, n{NBSP}={NBSP}{n}"
    return {
        "type": "heatmap",
        "x": list(range(len(MONTHS))),
        "y": list(range(len(names))),
        "z": z,
        "zmin": LOW,
        "zmax": HIGH,
        "colorscale": [[0, tone["red-f"]], [0.5, tone["paper"]], [1, tone["green-f"]]],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "text": text,
        "texttemplate": "%{text}",
        "textfont": {"size": 15, "color": tone["ink3" if is_few else "ink"]},
        "customdata": hover,
        "hovertemplate": "%{customdata}<extra></extra>",
        "hoverongaps": False,
    }


def _axes(fig: Any, rows: pd.DataFrame, names: Sequence[str], tone: Tone, formats: Formats) -> None:
    began = rows[rows["months"] == 0].groupby("cohort")["n"].sum().to_dict()
    font = {"color": tone["ink2"], "size": AXIS}
    fig.update_xaxes(
        side="top",
        tickvals=list(range(len(MONTHS))),
        ticktext=[str(month) for month in MONTHS],
        range=[-0.5, len(MONTHS) - 0.5],
        tickfont=font,
    )
    fig.update_yaxes(
        tickvals=list(range(len(names))),
        ticktext=[f"{name}  n{NBSP}={NBSP}{formats.count(int(began.get(name, 0)))} " for name in names],
        range=[len(names) - 0.5, -0.5],
        tickfont=font,
    )
    line(fig, -0.5, -0.5, len(MONTHS) - 0.5, -0.5, tone["ink3"], width=1)
