"""Open reds by owner and age: one square per account, its size the ARR, filled when it is later than promised."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.format import Formats
from dashboard.panels.base import AXIS, Picture, base, finish, line, note, plain, shape
from dashboard.records import records
from dashboard.theme import Tone

OWNERS = 7
PER_OWNER = 60
LEFT, RIGHT, TOP, BOTTOM = 200, 8, 26, 40
NOMINAL = 480
"""Width in pixels for which squares are packed: a narrow laptop; a wider picture has more air, never an overlap."""
LEAST, GAP = 5.0, 2.5
OLDER_ROOM = 4
"""Weeks of width for the squares older than the history: there are often many."""
SIDES = (24.0, 20.0, 17.0, 14.0, 12.0, 10.0, 8.0, 6.5, 5.0, 4.0)
"""Sides in pixels the largest square may have, tried in turn."""
Placed = tuple[float, float, float]
"""Centre of a square (x to the right, y up) and its side."""


def figure(reds: pd.DataFrame, tone: Tone, formats: Formats, promise: int, height: int = 346) -> go.Figure:
    """Reads `account_code`, `name`, `weight_arr`, `owner`, `department`, `age` (weeks red), largest first.

    At most seven owners, those with most ARR, and sixty squares each, the largest where they crowd.
    """
    names = owners(reds)
    fig = base(tone, height, l=LEFT, r=RIGHT, t=TOP, b=BOTTOM)
    most = _reach(reds)
    rows = {name: len(names) - 1 - i for i, name in enumerate(names)}
    shape(
        fig,
        type="rect",
        x0=promise + 0.5,
        x1=most,
        y0=-0.6,
        y1=max(len(names) - 0.4, 0.4),
        line_width=0,
        fillcolor=tone["wash"],
        layer="below",
    )
    by_owner = dict(iter(reds.groupby("owner", sort=False)))
    for name, row in rows.items():
        _lane(fig, name, row, by_owner[name], promise, most, tone, formats, len(names) > 5)
    lane = (height - TOP - BOTTOM) / (max(len(names), 1) + 0.2)
    _squares(fig, reds, rows, most, lane, promise, tone, formats)
    line(fig, promise + 0.5, -0.6, promise + 0.5, max(len(names) - 0.4, 0.4), tone["ink"], "dot")
    note(
        fig,
        promise + 0.5,
        max(len(names) - 0.4, 0.4),
        f"later than the {promise} weeks promised",
        tone["ink"],
        yanchor="bottom",
        xshift=2,
    )
    fig.update_yaxes(range=[-0.6, max(len(names) - 0.4, 0.4)], visible=False)
    ticks: list[float] = [float(week) for week in range(0, int(most) + 1, 4)]
    texts = [str(int(week)) for week in ticks]
    if len(reds) and bool(reds["is_older"].any()):
        longest = int(reds["age"].max())
        ticks = [week for week in ticks if week <= longest - 3] + [longest + OLDER_ROOM / 2]
        texts = [str(int(week)) for week in ticks[:-1]] + [f"{longest} or more"]
    title = {"text": "weeks red", "font": {"size": AXIS, "color": tone["ink3"]}, "standoff": 4}
    fig.update_xaxes(range=[0, most], tickvals=ticks, ticktext=texts, title=title)
    return finish(fig)


def alt(reds: pd.DataFrame, promise: int, formats: Formats) -> str:
    """What the picture shows, in words."""
    if reds.empty:
        return "No account is red in this view."
    ages = dict(iter(reds.groupby("owner", sort=False)["age"]))
    parts = [
        f"{name}: {formats.count((own > promise).sum())} of {formats.count(len(own))} later than {promise} weeks"
        for name in owners(reds)
        for own in [ages[name]]
    ]
    return "Open reds by owner. " + "; ".join(parts) + "."


def owners(reds: pd.DataFrame) -> list[str]:
    """The owners drawn, most ARR first."""
    if reds.empty:
        return []
    sums = reds.groupby("owner", sort=False)["weight_arr"].sum().sort_values(ascending=False, kind="stable")
    return [str(name) for name in sums.index[:OWNERS]]


def packed(areas: Sequence[float], lane: float, largest: float, most: float) -> list[Placed]:
    """Squares of one age in one lane (pixels around its middle), none on another, largest first.

    They stand in columns no higher than `lane`; `most` is the side of an area of `largest`. Where the columns come
    out wider than there is room, ask again with smaller squares.
    """
    sides = [max(most * float(np.sqrt(max(area, 0.0) / largest)), min(LEAST, most)) for area in areas]
    columns: list[list[float]] = []
    for side in sides:
        if not columns or sum(columns[-1]) + GAP * len(columns[-1]) + side > lane:
            columns.append([])
        columns[-1].append(side)
    widths = [max(column) + GAP for column in columns]
    placed, x = [], -sum(widths) / 2
    for column, width in zip(columns, widths, strict=True):
        y = (sum(column) + GAP * (len(column) - 1)) / 2
        for side in column:
            placed.append((x + width / 2, y - side / 2, side))
            y -= side + GAP
        x += width
    return placed


def _fitted(groups: Sequence[Sequence[float]], lane: float, rooms: Sequence[float]) -> list[list[Placed]]:
    """Every group packed, with the largest squares that keep each within its own room.

    Where even the smallest squares do not fit, a group keeps as many of its largest as do.
    """
    largest = max((area for group in groups for area in group), default=1.0) or 1.0
    for most in SIDES:
        found = [packed(group, lane, largest, most) for group in groups]
        if all(_fits(group, room) for group, room in zip(found, rooms, strict=True)):
            return found
    return [
        _largest_of(made, group, lane, largest, room) for made, group, room in zip(found, groups, rooms, strict=True)
    ]


def _largest_of(made: list[Placed], group: Sequence[float], lane: float, largest: float, room: float) -> list[Placed]:
    """As many of a group's largest, at the smallest size, as fit their room; one at least."""
    fitting, beyond = 1, len(group) + 1
    while not _fits(made, room) and beyond - fitting > 1:
        middle = (fitting + beyond) // 2
        tried = packed(group[:middle], lane, largest, SIDES[-1])
        fitting, beyond = (middle, beyond) if _fits(tried, room) else (fitting, middle)
    return made if _fits(made, room) else packed(group[:fitting], lane, largest, SIDES[-1])


def _fits(group: Sequence[Placed], room: float) -> bool:
    return max(x + side / 2 for x, _, side in group) <= room / 2


def _reach(reds: pd.DataFrame) -> float:
    if reds.empty:
        return 12.5
    oldest = float(reds["age"].max()) + (OLDER_ROOM if bool(reds["is_older"].any()) else 0)
    return max(oldest + 1.0, 12.5)


def _lane(
    fig: Picture,
    name: str,
    row: int,
    own: pd.DataFrame,
    promise: int,
    most: float,
    tone: Tone,
    formats: Formats,
    is_tight: bool,
) -> None:
    """One owner: a line, the name, and how many are late; in one line of text where lanes are low."""
    line(fig, 0, row, most, row, tone["rule"], layer="below")
    late = f"{formats.count(int((own['age'] > promise).sum()))} of {formats.count(len(own))} late"
    department = str(own["department"].iloc[0])
    small = f"<span style='color:{tone['ink2']};font-size:14px'>"
    if is_tight:
        text = f"<b>{plain(_short(name))}</b> {small}{late}</span>"
    else:
        what = "" if department == name else f"{plain(department)} · "
        text = f"<b>{plain(_short(name))}</b><br>{small}{what}{late}</span>"
    note(fig, 0, row, text, tone["ink"], 16, xref="paper", xshift=-LEFT)


def _short(name: str) -> str:
    return name if len(name) <= 24 else name[:23] + "…"


def placed(
    reds: pd.DataFrame, rows: Mapping[str, int], per_week: float, lane: float
) -> list[tuple[dict[str, Any], float, float, float]]:
    """Reds with place (weeks, lanes) and side (pixels) of their squares: as many as have room, sixty an owner at most.

    `per_week` and `lane` say how many pixels a week is wide and a lane is high.
    """
    groups = _by_age(reds, rows)
    rooms = [per_week * (OLDER_ROOM if group[0]["is_older"] else 1) for group in groups]
    areas = [[float(dot["weight_arr"] or 0) for dot in group] for group in groups]
    return [
        (dot, _at(dot) + x / per_week, rows[str(dot["owner"])] + y / lane, side)
        for group, places in zip(groups, _fitted(areas, lane * 0.86, rooms), strict=True)
        for dot, (x, y, side) in zip(group, places, strict=False)
    ]


def _by_age(reds: pd.DataFrame, rows: Mapping[str, int]) -> list[list[dict[str, Any]]]:
    """The reds drawn, those of one owner and one age together."""
    aged = reds[reds["age"].notna() & reds["owner"].isin(list(rows))]
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for dot in records(aged.groupby("owner", sort=False).head(PER_OWNER)):
        groups.setdefault((dot["owner"], dot["age"], dot["is_older"]), []).append(dot)
    return list(groups.values())


def _squares(
    fig: Picture,
    reds: pd.DataFrame,
    rows: Mapping[str, int],
    most: float,
    lane: float,
    promise: int,
    tone: Tone,
    formats: Formats,
) -> None:
    """All squares as one trace."""
    if reds.empty:
        return
    found = placed(reds, rows, NOMINAL / most, lane)
    fig.add_scatter(
        x=[x for _, x, _, _ in found],
        y=[y for _, _, y, _ in found],
        mode="markers",
        customdata=[dot["account_code"] for dot, _, _, _ in found],
        text=[_told(dot, formats) for dot, _, _, _ in found],
        hovertemplate="%{text}<extra></extra>",
        marker={
            "symbol": "square",
            "size": [side for _, _, _, side in found],
            "opacity": 1,
            "color": [tone["red"] if dot["age"] > promise else tone["paper"] for dot, _, _, _ in found],
            "line": {"color": [tone["red"]] * len(found), "width": 1.4},
        },
    )


def _at(dot: Mapping[str, Any]) -> float:
    """Where a square stands: at its age; those older than the history in a column of their own behind it."""
    return float(dot["age"]) + (OLDER_ROOM / 2 if dot["is_older"] else 0)


def _told(dot: Mapping[str, Any], formats: Formats) -> str:
    """One square in words, for the pointer."""
    weeks = f"{'over ' if dot['is_older'] else ''}{dot['age']} {'week' if dot['age'] == 1 else 'weeks'} red"
    return f"{plain(str(dot['name']))}, {formats.money(dot['weight_arr'])}, {weeks}"
