"""The bridge of recurring revenue: what a period began with, five movements, and what it ended with, without rest."""

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from dashboard.format import Formats
from dashboard.panels.base import AXIS, Picture, base, finish, line, note
from dashboard.theme import Tone
from dashboard.voice import counted

STEPS = {
    # name in a row: word beneath the bar
    "opening": "Opening",
    "new": "New",
    "reactivation": "Back again",
    "expansion": "Expansion",
    "contraction": "Contraction",
    "churn": "Churn",
    "closing": "Closing",
}
ENDS = ("opening", "closing")
CUT = 0.72
"""The two ends are cut where the moved part would otherwise be lower than a third of the picture."""


def figure(row: Mapping[str, Any], tone: Tone, formats: Formats, chosen: str | None, height: int = 330) -> go.Figure:
    """Reads the columns named in `STEPS` and `n_` and each. A click on a movement asks for the accounts behind it.

    Gains are grey, losses red, the ends ink. Where the ends dwarf what moved their feet are cut, and marked so.
    """
    fig = base(tone, height, l=4, r=8, t=30, b=48)
    names, foot = list(STEPS), floor(row)
    bars = spans(row)
    colour = {name: _colour(name, row, tone) for name in names}
    fig.add_bar(
        x=list(range(len(names))),
        y=[top - max(low, foot) for low, top in bars],
        base=[max(low, foot) for low, _ in bars],
        marker={
            "color": [colour[name] for name in names],
            "line": {"color": tone["ink"], "width": [3 if name == chosen else 0 for name in names]},
        },
        customdata=[None if name in ENDS or not row[f"n_{name}"] else f"?movement={name}" for name in names],
        text=[f"{STEPS[name]} {formats.money(row[name])}, {_accounts(row, name, formats)}" for name in names],
        textposition="none",
        hovertemplate="%{text}<extra></extra>",
    )
    _steps(fig, bars, tone)
    _labels(fig, row, bars, tone, formats)
    _axes(fig, row, bars, foot, tone, formats)
    return finish(fig)


def alt(row: Mapping[str, Any], formats: Formats) -> str:
    """What the picture shows, in words."""
    parts = [
        f"{STEPS[name].lower()} {formats.change(row[name], formats.money)} ({_accounts(row, name, formats)})"
        for name in STEPS
        if name not in ENDS and row[name]
    ] or ["nothing moved"]
    return (
        f"ARR from {formats.money(row['opening'])} to {formats.money(row['closing'])} in {row['period']}: "
        f"{', '.join(parts)}."
    )


def spans(row: Mapping[str, Any]) -> list[tuple[float, float]]:
    """Lower and upper end of every bar, in the order of `STEPS`; each movement begins where the one before ended."""
    made, level = [], 0.0
    for name in STEPS:
        start = 0.0 if name in ENDS else level
        level = start + float(row[name])
        made.append((min(start, level), max(start, level)))
    return made


def floor(row: Mapping[str, Any]) -> float:
    """Where the picture begins: zero, or higher up where the ends are so large that movements could not be seen."""
    bars = spans(row)
    middle = [end for (low, top), name in zip(bars, STEPS, strict=True) if name not in ENDS for end in (low, top)]
    lowest, highest = min(middle), max(middle)
    return max(lowest - (highest - lowest or highest) * 0.5, 0.0) if lowest > CUT * highest else 0.0


def _colour(name: str, row: Mapping[str, Any], tone: Tone) -> str:
    if name in ENDS:
        return tone["ink"]
    return tone["red"] if row[name] < 0 else tone["py"]


def _accounts(row: Mapping[str, Any], name: str, formats: Formats) -> str:
    return counted(int(row[f"n_{name}"]), "account", formats)


def _steps(fig: Picture, bars: list[tuple[float, float]], tone: Tone) -> None:
    """Thin lines that carry a level from one bar to the next."""
    level = bars[0][1]
    for nth in range(len(bars) - 1):
        if nth:
            low, top = bars[nth]
            level = top if low == level else low
        line(fig, nth + 0.36, level, nth + 0.64, level, tone["ink3"], width=1)


def _labels(
    fig: Picture, row: Mapping[str, Any], bars: list[tuple[float, float]], tone: Tone, formats: Formats
) -> None:
    for nth, (name, (_, top)) in enumerate(zip(STEPS, bars, strict=True)):
        ends = name in ENDS
        text = formats.money(row[name]) if ends else formats.change(row[name], formats.money)
        colour = tone["red-t"] if row[name] < 0 else tone["ink"]
        note(fig, nth, top, f"<b>{text}</b>", colour, 16, xanchor="center", yanchor="bottom", yshift=2)


def _axes(
    fig: Picture,
    row: Mapping[str, Any],
    bars: list[tuple[float, float]],
    foot: float,
    tone: Tone,
    formats: Formats,
) -> None:
    highest = max(top for _, top in bars) or 1.0
    fig.update_yaxes(range=[foot, highest + (highest - foot) * 0.1], visible=False)
    words = [f"{word}<br>{_accounts(row, name, formats)}" for name, word in STEPS.items()]
    fig.update_xaxes(
        tickvals=list(range(len(words))),
        ticktext=words,
        range=[-0.5, len(words) - 0.5],
        tickfont={"color": tone["ink2"], "size": AXIS},
    )
    line(fig, -0.5, foot, len(words) - 0.5, foot, tone["ink"], width=1)
    if foot:
        for nth in (0, len(words) - 1):
            at = foot + (highest - foot) * 0.09
            line(fig, nth - 0.45, at, nth + 0.45, at + (highest - foot) * 0.03, tone["paper"], width=5)
