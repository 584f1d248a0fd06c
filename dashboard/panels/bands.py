"""26 weeks of one view: the share that matters from zero with its normal range, and all bands to 100 % beneath."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.format import NBSP, Formats
from dashboard.marks import shown_as, word
from dashboard.panels.base import AXIS, TEXT, Picture, base, finish, line, mark, note, plain, shape
from dashboard.theme import Tone
from metrics.xmr import Limits

PARTS = ("red", "amber", "green", "other")
RIGHT, TOP, BOTTOM = 132, 24, 30
LOWER = 0.33
"""Part of the picture's height that the lower bands take."""
LABEL = 18
"""Height of a label in pixels."""


def figure(
    weekly: pd.DataFrame,
    limits: Limits | None,
    tone: Tone,
    formats: Formats,
    height: int = 346,
    events: Sequence[tuple[date, str]] = (),
    base_word: str = "ARR",
    expansion: bool = False,
) -> go.Figure:
    """Reads `as_of` and the shares `green`, `amber`, `red`, `other` (adding up to one), oldest first.

    Weeks inside the normal range are pale, those outside full and written on. An event is a dotted line with its name.
    """
    fig = base(tone, height, r=RIGHT, l=4, t=TOP, b=BOTTOM)
    hue = "blue" if expansion else "red"
    _above(fig, weekly, limits, tone, formats, hue, base_word, expansion)
    _below(fig, weekly, tone, formats, expansion, LABEL * 100 / (LOWER * (height - TOP - BOTTOM)))
    _events(fig, weekly, events, tone, formats)
    _axes(fig, weekly, limits, tone, formats)
    return finish(fig)


def alt(
    weekly: pd.DataFrame,
    limits: Limits | None,
    formats: Formats,
    title: str,
    expansion: bool = False,
    base_word: str = "ARR",
) -> str:
    """What the picture shows, in words."""
    if weekly.empty:
        return f"{title}: no week has a score."
    last, first = weekly.iloc[-1], weekly.iloc[0]
    state = word("red", expansion).lower()
    text = (
        f"{title}, share of {base_word} that is {state} by week: "
        f"{formats.share(last['red'], 1)} on {formats.day(last['as_of'])}, "
        f"{formats.share(first['red'], 1)} on {formats.day(first['as_of'])}."
    )
    if limits is None:
        return text
    n = int(sum(outside(weekly, limits)))
    weeks = "no week is" if n == 0 else "one week is" if n == 1 else f"{n} weeks are"
    return (
        f"{text} Normal range {formats.share(limits.lower, 1)} to {formats.share(limits.upper, 1)}; {weeks} outside it."
    )


def outside(weekly: pd.DataFrame, limits: Limits | None) -> list[bool]:
    """Which weeks lie outside the normal range; none where there is no range."""
    if limits is None:
        return [False] * len(weekly)
    return [bool(v > limits.upper + 1e-9 or v < limits.lower - 1e-9) for v in weekly["red"]]


def _above(
    fig: Picture,
    weekly: pd.DataFrame,
    limits: Limits | None,
    tone: Tone,
    formats: Formats,
    hue: str,
    base_word: str,
    expansion: bool,
) -> None:
    """The share that matters, from zero, with its normal range behind it."""
    values = [float(v) * 100 for v in weekly["red"]]
    out, n = outside(weekly, limits), len(weekly)
    if limits:
        low, high = limits.lower * 100, limits.upper * 100
        shape(
            fig,
            type="rect",
            x0=-0.5,
            x1=n - 0.5,
            y0=low,
            y1=high,
            line_width=0,
            fillcolor=tone["normal"],
            layer="below",
        )
    said = [formats.share(v / 100, 1) for v in values]
    days = [formats.day(day) for day in weekly["as_of"]]
    fig.add_bar(
        x=list(range(n)),
        y=values,
        marker_color=[tone[hue if o else f"{hue}-f"] for o in out],
        customdata=list(zip(said, days, strict=True)),
        hovertemplate="%{customdata[0]}<extra>%{customdata[1]}</extra>",
    )
    for i in _written(out):
        text = formats.number(values[i], 1)
        note(
            fig,
            i,
            values[i],
            f"<b>{text}</b>" if out[i] else text,
            tone[f"{hue}-t"] if out[i] else tone["ink2"],
            xanchor="center",
            yanchor="bottom",
            yshift=1,
        )
    line(fig, -0.5, 0, n - 0.5, 0, tone["ink"], width=1)
    _right(fig, values[-1] if values else 0.0, limits, tone, formats, hue, base_word, expansion)


def _written(out: Sequence[bool]) -> list[int]:
    """Bars whose value is written: the first, the last, and those outside (not more than fit side by side)."""
    loud = [i for i, o in enumerate(out) if o]
    keep = loud if len(loud) <= 9 else [*loud[:1], *loud[-8:]]
    return sorted({*keep, *([0, len(out) - 1] if out else [])})


def _right(
    fig: Picture,
    last: float,
    limits: Limits | None,
    tone: Tone,
    formats: Formats,
    hue: str,
    base_word: str,
    expansion: bool,
) -> None:
    """At the right end: the last share, and the range in words, kept apart where they would meet."""
    top = _top(last, limits, None)
    here = max(last, 0.0)
    state = shown_as("red", expansion)
    middle = (limits.lower + limits.upper) * 50 if limits else 0.0
    apart = top * 0.30
    at = max(here, middle + apart) if limits and abs(here - middle) < apart and here >= middle else here
    at = min(at, top * 0.9)
    mark(fig, state, tone, at, "y", 16)
    edge: dict[str, Any] = {"xref": "paper", "xshift": 28}
    note(
        fig,
        1,
        at,
        f"<b>{formats.number(last, 1)}{NBSP}%</b> {word('red', expansion).lower()}<br>of {base_word}",
        tone[f"{hue}-t"],
        TEXT,
        **edge,
    )
    if limits:
        below = min(middle, at - apart) if abs(at - middle) < apart else middle
        words = (
            f"normal range<br>{formats.number(limits.lower * 100, 1)} to {formats.number(limits.upper * 100, 1)}{NBSP}%"
        )
        note(fig, 1, max(below, top * 0.06), words, tone["ink2"], AXIS, xref="paper", xshift=8)


def _top(last: float, limits: Limits | None, weekly: pd.DataFrame | None) -> float:
    values = [last] if weekly is None else [float(v) * 100 for v in weekly["red"]]
    return max([*values, limits.upper * 100 if limits else 0.0, 0.5]) * 1.24


def _below(fig: Picture, weekly: pd.DataFrame, tone: Tone, formats: Formats, expansion: bool, room: float) -> None:
    """All bands, red at the bottom; what is not scored keeps its place, hatched. A label takes `room` percent."""
    hues = {"red": "red", "amber": "amber-f", "green": "green-f"}
    if expansion:
        hues = {"red": "paper", "amber": "blue-f", "green": "blue"}
    days = [formats.day(day) for day in weekly["as_of"]]
    at, wanted = 0.0, []
    for part in PARTS:
        values = [float(v) * 100 for v in weekly[part]]
        name = "not scored" if part == "other" else word(part, expansion).lower()
        said = [f"{formats.share(v / 100, 1)} {name}" for v in values]
        marker: dict[str, Any] = {"color": tone[hues.get(part, "paper")]}
        if part == "other":
            marker |= {
                "line": {"color": tone["py"], "width": 1},
                "pattern": {"shape": "/", "fgcolor": tone["py"], "size": 5, "solidity": 0.25},
            }
        elif part == "red" and expansion:
            marker |= {"line": {"color": tone["blue"], "width": 1}}
        fig.add_bar(
            x=list(range(len(values))),
            y=values,
            marker=marker,
            yaxis="y2",
            customdata=list(zip(said, days, strict=True)),
            hovertemplate="%{customdata[0]}<extra>%{customdata[1]}</extra>",
        )
        last = values[-1] if values else 0.0
        if part != "other" and last >= 0.5:
            wanted.append((part, at + last / 2, last))
        at += last
    for (part, _, last), height in zip(wanted, apart([middle for _, middle, _ in wanted], room), strict=True):
        mark(fig, shown_as(part, expansion), tone, height, "y2", 16)
        text = f"{formats.number(last)}{NBSP}% {word(part, expansion).lower()}"
        note(fig, 1, height, text, tone["ink2"], AXIS, xref="paper", yref="y2", xshift=28)


def apart(heights: Sequence[float], gap: float = 19.0, most: float = 96.0) -> list[float]:
    """The heights, lowest first, moved so that labels do not touch: up where there is room, else down from the top."""
    placed: list[float] = []
    for height in heights:
        placed.append(max(height, placed[-1] + gap) if placed else max(height, 5.0))
    top = most
    for i in reversed(range(len(placed))):
        placed[i] = min(placed[i], top)
        top = placed[i] - gap
    return placed


def _events(
    fig: Picture, weekly: pd.DataFrame, events: Sequence[tuple[date, str]], tone: Tone, formats: Formats
) -> None:
    """Events as dotted lines between the weeks they lie between; only the last three are named."""
    if weekly.empty:
        return
    first = weekly["as_of"].iloc[0].date()
    for nth, (day, name) in enumerate(list(events)[-3:]):
        x = ((day - first).days - 1) / 7 + 0.5
        if not 0 <= x < len(weekly) - 0.4:
            continue
        line(fig, x, 0, x, 1, tone["ink"], "dot", yref="paper")
        short = name if len(name) <= 34 else name[:33] + "…"
        side = "right" if x > len(weekly) * 0.3 else "left"
        text = f"{plain(short)}, {formats.short_day(day)}"
        note(
            fig,
            x,
            1,
            text,
            tone["ink"],
            AXIS,
            yref="paper",
            xshift=-6 if side == "right" else 6,
            xanchor=side,
            yanchor="top",
            yshift=24 - 17 * nth,
        )


def _axes(fig: Picture, weekly: pd.DataFrame, limits: Limits | None, tone: Tone, formats: Formats) -> None:
    n = len(weekly)
    axis = {"visible": False, "fixedrange": True}
    fig.update_layout(
        barmode="stack",
        yaxis={"domain": [0.42, 1], "range": [0, _top(0, limits, weekly)], **axis},
        yaxis2={"domain": [0, LOWER], "range": [0, 100], "anchor": "x", **axis},
    )
    ticks = list(range(n - 1, -1, -5))[::-1]
    texts = [formats.short_day(weekly["as_of"].iloc[i]) for i in ticks]
    fig.update_xaxes(tickvals=ticks, ticktext=texts, range=[-0.55, max(n, 1) - 0.45], anchor="y2")
