"""Open reds by owner and age: one square per account, its size the ARR, filled when it is later than promised."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.format import Formats
from dashboard.panels.base import AXIS, base, line, note, plain, quiet_selection
from dashboard.records import records
from dashboard.theme import Tone

OWNERS = 7
PER_OWNER = 60
LEFT, RIGHT, TOP, BOTTOM = 200, 8, 26, 40
NOMINAL = 480
"""Width in pixels for which squares are packed: a narrow laptop; a wider picture has more air, never an overlap."""
LEAST, MOST = 5.0, 22.0


def figure(reds: pd.DataFrame, tone: Tone, formats: Formats, promise: int, height: int = 346) -> go.Figure:
    """Reads `account_code`, `name`, `weight_arr`, `owner`, `department`, `age` (weeks red), largest first.

    At most seven owners, those with most ARR, and sixty squares each; `owners` says what is left out.
    """
    names = owners(reds)
    fig = base(tone, height, l=LEFT, r=RIGHT, t=TOP, b=BOTTOM)
    most = _reach(reds)
    rows = {name: len(names) - 1 - i for i, name in enumerate(names)}
    fig.add_shape(
        type="rect",
        x0=promise + 0.5,
        x1=most,
        y0=-0.6,
        y1=max(len(names) - 0.4, 0.4),
        line_width=0,
        fillcolor=tone["wash"],
        layer="below",
    )
    for name, row in rows.items():
        _lane(fig, name, row, reds[reds["owner"] == name], promise, most, tone, formats)
    lane = (height - TOP - BOTTOM) / max(len(names), 1)
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
    step = 4 if most <= 30 else 13
    fig.update_xaxes(
        range=[0.3, most],
        tickvals=list(range(0, int(most) + 1, step)),
        title={"text": "weeks red", "font": {"size": AXIS, "color": tone["ink3"]}, "standoff": 4},
    )
    quiet_selection(fig)
    return fig


def alt(reds: pd.DataFrame, promise: int, formats: Formats) -> str:
    """What the picture shows, in words."""
    if reds.empty:
        return "No account is red in this view."
    parts = [
        f"{name}: {formats.count((own['age'] > promise).sum())} of {formats.count(len(own))} later than {promise} weeks"
        for name in owners(reds)
        for own in [reds[reds["owner"] == name]]
    ]
    return "Open reds by owner. " + "; ".join(parts) + "."


def owners(reds: pd.DataFrame) -> list[str]:
    """The owners drawn, most ARR first."""
    if reds.empty:
        return []
    sums = reds.groupby("owner", sort=False)["weight_arr"].sum().sort_values(ascending=False, kind="stable")
    return [str(name) for name in sums.index[:OWNERS]]


def packed(sides: Sequence[float], wanted: Sequence[float], half: float) -> list[tuple[float, float]]:
    """Centres for squares (pixels) near the x each wants, inside a lane of ± `half`, none on another.

    Largest first at the middle line; each takes the free place that is nearest to its own.
    """
    placed: list[tuple[float, float, float]] = []
    steps = sorted(
        ((dx, dy) for dx in range(-40, 41, 2) for dy in range(-int(half), int(half) + 1, 2)),
        key=lambda d: d[0] ** 2 * 3 + d[1] ** 2,
    )
    centres = []
    for side, x in zip(sides, wanted, strict=True):
        best = (x, 0.0)
        for dx, dy in steps:
            if abs(dy) + side / 2 <= half and _is_free(x + dx, dy, side, placed):
                best = (x + dx, float(dy))
                break
        placed.append((*best, side))
        centres.append(best)
    return centres


def _is_free(x: float, y: float, side: float, placed: Sequence[tuple[float, float, float]]) -> bool:
    return all(abs(x - px) >= (side + ps) / 2 + 1 or abs(y - py) >= (side + ps) / 2 + 1 for px, py, ps in placed)


def _reach(reds: pd.DataFrame) -> float:
    oldest = float(reds["age"].max()) if len(reds) else 0.0
    return max(oldest + 1.0, 12.5)


def _lane(
    fig: go.Figure, name: str, row: int, own: pd.DataFrame, promise: int, most: float, tone: Tone, formats: Formats
) -> None:
    """One owner: a line, the name, and how many are late."""
    line(fig, 0, row, most, row, tone["rule"], layer="below")
    late = formats.count(int((own["age"] > promise).sum()))
    department = str(own["department"].iloc[0])
    what = "" if department == name else f"{plain(department)} · "
    small = f"{what}{late} of {formats.count(len(own))} late"
    text = f"<b>{plain(_short(name))}</b><br><span style='color:{tone['ink2']};font-size:14px'>{small}</span>"
    note(fig, 0, row, text, tone["ink"], 16, xref="paper", xshift=-LEFT)


def _short(name: str) -> str:
    return name if len(name) <= 24 else name[:23] + "…"


def _squares(
    fig: go.Figure,
    reds: pd.DataFrame,
    rows: Mapping[str, int],
    most: float,
    lane: float,
    promise: int,
    tone: Tone,
    formats: Formats,
) -> None:
    """All squares as one trace: size in pixels, place packed lane by lane."""
    if reds.empty:
        return
    per_week = NOMINAL / most
    shown = reds[reds["owner"].isin(list(rows))].groupby("owner", sort=False).head(PER_OWNER)
    scale = _scale(shown, lane)
    xs, ys, sizes, late, codes, texts = [], [], [], [], [], []
    for name, own in shown.groupby("owner", sort=False):
        sides = [float(np.clip(np.sqrt(v) * scale, LEAST, MOST)) for v in own["weight_arr"].fillna(0)]
        wanted = [float(age) * per_week for age in own["age"]]
        for (x, y), side, row in zip(packed(sides, wanted, lane * 0.42), sides, records(own), strict=True):
            xs.append(x / per_week)
            ys.append(rows[str(name)] + y / lane)
            sizes.append(side)
            late.append(bool(row["age"] > promise))
            codes.append(row["account_code"])
            weeks = f"{'over ' if row['is_older'] else ''}{row['age']} weeks red"
            texts.append(f"{plain(str(row['name']))}, {formats.money(row['weight_arr'])}, {weeks}")
    fig.add_scatter(
        x=xs,
        y=ys,
        mode="markers",
        customdata=codes,
        text=texts,
        hovertemplate="%{text}<extra></extra>",
        marker={
            "symbol": "square",
            "size": sizes,
            "opacity": 1,
            "color": [tone["red"] if one else tone["paper"] for one in late],
            "line": {"color": [tone["red"]] * len(late), "width": 1.4},
        },
    )


def _scale(shown: pd.DataFrame, lane: float) -> float:
    """Pixels per root of ARR, so that the fullest week of the fullest lane has room for its squares."""
    largest = float(shown["weight_arr"].max() or 1) or 1.0
    areas = shown.groupby(["owner", "age"])["weight_arr"].sum()
    room = lane * 0.84 * 34
    return float(min(MOST / np.sqrt(largest), np.sqrt(room * 0.55 / max(float(areas.max()), 1.0))))
