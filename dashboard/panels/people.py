"""Return on People month by month: the trailing twelve months as a line, its normal range, and the goal."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.format import Formats
from dashboard.panels.base import base, finish, line, note, shape
from dashboard.theme import Tone
from metrics.people import last_day
from metrics.xmr import Limits

LEFT, RIGHT = 10, 120


def figure(
    rows: pd.DataFrame, limits: Limits | None, goal: float | None, tone: Tone, formats: Formats, height: int
) -> go.Figure:
    """Reads `month` ('2026-10') and `value`, oldest first. Values are written at both ends, in the currency."""
    fig = base(tone, height, l=LEFT, r=RIGHT, t=22, b=30)
    at, values = list(range(len(rows))), rows["value"].tolist()
    if limits:
        box: dict[str, Any] = {"x0": -0.4, "x1": len(rows) - 0.6, "y0": limits.lower, "y1": limits.upper}
        shape(fig, type="rect", line_width=0, fillcolor=tone["normal"], layer="below", **box)
        line(fig, -0.4, limits.centre, len(rows) - 0.6, limits.centre, tone["ink3"], "dot", 1)
    months = [formats.month(last_day(str(month))) for month in rows["month"]]
    texts = [f"{month}: {formats.money(value)} a person" for month, value in zip(months, values, strict=True)]
    hover = {"hovertext": texts, "hoverinfo": "text"}
    dots = {"size": [6] * (len(at) - 1) + [10], "color": tone["ink"]}
    fig.add_scatter(x=at, y=values, mode="lines+markers", line={"color": tone["ink"], "width": 2}, marker=dots, **hover)
    if goal is not None:
        line(fig, -0.4, goal, len(rows) - 0.6, goal, tone["ink"], width=3)
        note(fig, 1, goal, f"goal {formats.money(goal)}", tone["ink"], xref="paper", xshift=8)
    _ends(fig, values, goal, tone, formats)
    _axes(fig, months, [*values, *([goal] if goal is not None else []), *_edges(limits)])
    return finish(fig)


def _ends(fig: Any, values: list[float], goal: float | None, tone: Tone, formats: Formats) -> None:
    """The first value over its point, the last one beside it unless the goal's label is there already."""
    note(fig, 0, values[0], formats.money(values[0]), tone["ink2"], xanchor="center", yanchor="bottom", yshift=8)
    if len(values) > 1:
        note(fig, 1, values[-1], f"<b>{formats.money(values[-1])}</b>", tone["ink"], xref="paper", xshift=8)


def _edges(limits: Limits | None) -> list[float]:
    return [limits.lower, limits.upper] if limits else []


def _axes(fig: Any, months: list[str], shown: list[float]) -> None:
    """Months along the foot, about six of them; the heights hold everything drawn with some air."""
    air = (max(shown) - min(shown)) * 0.14 or abs(shown[0]) * 0.1 or 1
    step = max(1, round(len(months) / 6))
    ticks = list(range(len(months) - 1, -1, -step))[::-1]
    fig.update_xaxes(range=[-0.5, len(months) - 0.5], tickvals=ticks, ticktext=[months[i] for i in ticks])
    fig.update_yaxes(range=[min(shown) - air, max(shown) + air], visible=False)


def alt(rows: pd.DataFrame, limits: Limits | None, goal: float | None, formats: Formats) -> str:
    """What the picture shows, in words."""
    first, last = rows.iloc[0], rows.iloc[-1]
    said = [
        f"Return on People over trailing twelve months: {formats.money(float(first['value']))} in "
        f"{formats.month(last_day(str(first['month'])))}, {formats.money(float(last['value']))} in "
        f"{formats.month(last_day(str(last['month'])))}."
    ]
    if limits:
        said.append(f"Normal range {formats.money(limits.lower)} to {formats.money(limits.upper)}.")
    if goal is not None:
        said.append(f"Goal {formats.money(goal)}.")
    return " ".join(said)
