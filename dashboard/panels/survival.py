"""How long accounts stay: Kaplan–Meier curves by segment as steps, each with its 95 % interval."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.format import Formats
from dashboard.panels.base import AXIS, Picture, base, finish, line, note, plain
from dashboard.theme import Tone
from metrics.value.survival import YEAR_DAYS

MOST = 4
"""Curves that can be told apart in one picture."""
AT_RISK = 5
"""A curve ends where fewer accounts are left to learn from."""
POINTS = 160
STYLES = (("ink", "solid"), ("py", "solid"), ("ink2", "dash"), ("ink3", "dot"))
GAP = 0.075
"""Least distance of two labels, as a part of the picture's height."""


def figure(curves: Mapping[str, pd.DataFrame], tone: Tone, formats: Formats, height: int = 330) -> go.Figure:
    """Reads the columns of `metrics.value.curve` of each segment, the most important first, four at most."""
    fig = base(tone, height, l=44, r=150, t=12, b=44)
    drawn = {name: shown(curve) for name, curve in list(curves.items())[:MOST]}
    low = min((float(part["low"].fillna(part["kept"]).min()) for part in drawn.values()), default=0.0)
    foot = max(0.0, np.floor((low - 0.02) * 10) / 10)
    last = max((float(part["days"].max()) / YEAR_DAYS for part in drawn.values()), default=1.0) or 1.0
    for part in drawn.values():
        _interval(fig, part, tone)
    for (name, part), (colour, dash) in zip(drawn.items(), STYLES, strict=False):
        _curve(fig, name, part, tone[colour], dash, formats)
    _labels(fig, drawn, foot, tone, formats)
    _axes(fig, foot, last, tone, formats)
    return finish(fig)


def alt(curves: Mapping[str, pd.DataFrame], formats: Formats) -> str:
    """What the picture shows, in words."""
    parts = []
    for name, curve in list(curves.items())[:MOST]:
        end = shown(curve).iloc[-1]
        n, left = int(curve["at_risk"].max()), int(curve["ended"].sum())
        interval = "" if pd.isna(end["low"]) else f" ({formats.share(end['low'])} to {formats.share(end['high'])})"
        years = formats.number(end["days"] / YEAR_DAYS, 1)
        parts.append(
            f"{name}: {formats.share(end['kept'])}{interval} stay longer than {years} years, "
            f"{formats.count(left)} of {formats.count(n)} have left"
        )
    return f"Share of accounts that stay, by years since the first paid day. {'; '.join(parts)}."


def shown(curve: pd.DataFrame) -> pd.DataFrame:
    """The steps that are drawn: from the first day on, while enough accounts are left, not more than can be seen."""
    start = pd.DataFrame({"days": [0], "kept": [1.0], "low": [np.nan], "high": [np.nan]})
    kept = curve[curve["at_risk"] >= AT_RISK]
    kept = kept if len(kept) else curve.head(1)
    picked = kept.iloc[np.unique(np.linspace(0, len(kept) - 1, min(len(kept), POINTS)).astype(int))]
    return pd.concat([start, picked[["days", "kept", "low", "high"]]], ignore_index=True)


def _interval(fig: Picture, part: pd.DataFrame, tone: Tone) -> None:
    known = part.dropna(subset=["low"])
    if known.empty:
        return
    years = (known["days"] / YEAR_DAYS).tolist()
    steps: dict[str, Any] = {"mode": "lines", "hoverinfo": "skip"}
    edge = {"shape": "hv", "width": 0.6, "color": tone["ink3"]}
    fig.add_scatter(x=years, y=(known["low"] * 100).tolist(), line=edge, **steps)
    fig.add_scatter(
        x=years, y=(known["high"] * 100).tolist(), line=edge, fill="tonexty", fillcolor=_pale(tone), **steps
    )


def _pale(tone: Tone) -> str:
    """The normal range's colour, half seen through, so that intervals that overlap show it."""
    red, green, blue = (int(tone["normal"][at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.5)"


def _curve(fig: Picture, name: str, part: pd.DataFrame, colour: str, dash: str, formats: Formats) -> None:
    years = part["days"] / YEAR_DAYS
    said = [
        f"{plain(name)}: {formats.share(kept, 1)} stay longer than {formats.number(at, 1)} years"
        for kept, at in zip(part["kept"], years, strict=True)
    ]
    fig.add_scatter(
        x=years.tolist(),
        y=(part["kept"] * 100).tolist(),
        mode="lines",
        line={"shape": "hv", "width": 2.4, "color": colour, "dash": dash},
        text=said,
        hovertemplate="%{text}<extra></extra>",
    )


def _labels(fig: Picture, drawn: Mapping[str, pd.DataFrame], foot: float, tone: Tone, formats: Formats) -> None:
    """Name and last share of each curve at the right end, moved apart where they would overlap."""
    ends = sorted(((float(part["kept"].iloc[-1]), name) for name, part in drawn.items()), reverse=True)
    colours = {name: colour for name, (colour, _) in zip(drawn, STYLES, strict=False)}
    heights = apart([share for share, _ in ends], (1.02 - foot) * GAP)
    for (share, name), at in zip(ends, heights, strict=True):
        short = name if len(name) <= 16 else f"{name[:15]}…"
        text = f"<b>{formats.share(share)}</b> {plain(short)}"
        colour = tone["ink"] if colours[name] == "ink" else tone["ink2"]
        note(fig, 1, at * 100, text, colour, xref="paper", xshift=8)


def apart(values: Sequence[float], gap: float) -> list[float]:
    """Falling heights moved so that neighbours are at least a gap apart, the group kept around where it was."""
    made: list[float] = []
    for value in values:
        made.append(min(value, made[-1] - gap) if made else value)
    shift = sum(value - height for value, height in zip(values, made, strict=True)) / len(made) if made else 0.0
    return [height + shift for height in made]


def _axes(fig: Picture, foot: float, last: float, tone: Tone, formats: Formats) -> None:
    ticks = np.arange(1, foot - 0.001, -0.1 if foot >= 0.4 else -0.2)
    fig.update_yaxes(
        range=[foot * 100, 102],
        tickvals=[float(share) * 100 for share in ticks],
        ticktext=[formats.share(float(share)) for share in ticks],
    )
    step = 1 if last <= 12 else 5
    years = list(range(step, int(last) + 1, step))
    fig.update_xaxes(
        range=[0, last],
        tickvals=years,
        ticktext=[formats.count(year) for year in years],
        title={
            "text": "years since the first paid day",
            "font": {"size": AXIS, "color": tone["ink3"]},
            "standoff": 4,
        },
    )
    line(fig, 0, foot * 100, last, foot * 100, tone["ink"], width=1)
