"""The renewal calendar: ARR whose terms end, by fiscal quarter, stacked by how the accounts stand in one view."""

from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.format import Formats
from dashboard.panels.base import AXIS, base, finish, line, note
from dashboard.records import records
from dashboard.theme import Tone

PARTS = ("red", "amber", "green", "other")
HALF = 0.27
"""Half the width of a bar, in steps from bar to bar."""
WORDS = {"red": "red", "amber": "amber", "green": "green", "other": "without a score"}


def by_quarter(rows: pd.DataFrame) -> pd.DataFrame:
    """One row per quarter of the calendar: `quarter`, `quarter_on`, ARR in `PARTS`, `arr`, and ARR `cancelled`.

    Reads the columns of the read `renewals`. A status that is no score counts as other.
    """
    dated = rows[rows["quarter"].notna()]
    part = dated["status"].where(dated["status"].isin(PARTS[:3]), "other")
    cancelled = dated["arr"].where(dated["state"] == "cancelled", 0.0)
    wide = dated.assign(**{name: dated["arr"].where(part == name, 0.0) for name in PARTS}, cancelled=cancelled)
    sums = wide.groupby(["quarter_on", "quarter"], as_index=False)[[*PARTS, "arr", "cancelled"]].sum()
    return sums.sort_values("quarter_on").reset_index(drop=True)


def figure(
    quarters: pd.DataFrame, tone: Tone, formats: Formats, chosen: str | None, as_of: date, height: int = 300
) -> go.Figure:
    """Reads the rows of `by_quarter`; of the quarter that runs on `as_of` only the rest is left.

    Red lies on the zero line; a click on a bar asks for the lines of its quarter."""
    fig = base(tone, height, l=4, r=118, t=26, b=48)
    rows = records(quarters)
    places = list(range(len(rows)))
    for part in PARTS:
        fig.add_bar(
            x=places,
            y=[row[part] for row in rows],
            marker=_marker(part, [row["quarter"] == chosen for row in rows], tone),
            customdata=[f"?quarter={row['quarter']}" for row in rows],
            text=[f"{row['quarter']}: {formats.money(row[part])} {WORDS[part]}" for row in rows],
            textposition="none",
            hovertemplate="%{text}<extra></extra>",
        )
    fig.update_layout(barmode="stack", bargap=1 - 2 * HALF)
    most = max((row["arr"] for row in rows), default=0.0) or 1.0
    for nth, row in enumerate(rows):
        note(fig, nth, row["arr"], f"<b>{formats.money(row['arr'])}</b>", tone["ink"], 16, **_above())
        if row["red"] > most * 0.01 and nth < len(rows) - 1:
            note(fig, nth + HALF, row["red"] / 2, formats.money(row["red"]), tone["red-t"], xshift=5)
    _right(fig, rows, most, tone, formats)
    _axes(fig, rows, most, as_of, tone, formats)
    return finish(fig)


def alt(quarters: pd.DataFrame, view: str, formats: Formats) -> str:
    """What the picture shows, in words."""
    if quarters.empty:
        return "No term ends within the calendar."
    parts = [
        f"{row['quarter']} {formats.money(row['arr'])}, {formats.money(row['red'])} of it red"
        + (f" and {formats.money(row['cancelled'])} cancelled" if row["cancelled"] else "")
        for row in records(quarters)
    ]
    return f"ARR whose terms end, by fiscal quarter and status in {view}: {'; '.join(parts)}."


def _marker(part: str, is_chosen: list[bool], tone: Tone) -> dict[str, Any]:
    edge = {"red": tone["red"], "amber": tone["amber-e"], "green": tone["green"], "other": tone["py"]}[part]
    fill = {"red": tone["red"], "amber": tone["amber-f"], "green": tone["green-f"], "other": tone["paper"]}[part]
    line_ = {
        "color": [tone["ink"] if on else edge for on in is_chosen],
        "width": [2.5 if on else 1 for on in is_chosen],
    }
    hatch = {"pattern": {"shape": "/", "fgcolor": tone["ink3"], "size": 7, "solidity": 0.15}} if part == "other" else {}
    return {"color": fill, "line": line_} | hatch


def _above() -> dict[str, Any]:
    return {"xanchor": "center", "yanchor": "bottom", "yshift": 2}


def _right(fig: Any, rows: list[dict[str, Any]], most: float, tone: Tone, formats: Formats) -> None:
    """Amounts and names of the parts beside the last bar, in its order, moved apart where they are thin."""
    if not rows:
        return
    at, below = 0.0, -1.0
    for part in PARTS:
        share = rows[-1][part]
        if share:
            middle = max((at + share / 2) / most, below + 0.085)
            colour = tone[f"{part}-t"] if part != "other" else tone["ink3"]
            text = f"{formats.money(share)} {WORDS[part]}"
            note(fig, len(rows) - 1 + HALF, middle * most, text, colour, xshift=8)
            below = middle
        at += share


def _axes(fig: Any, rows: list[dict[str, Any]], most: float, as_of: date, tone: Tone, formats: Formats) -> None:
    words = [
        f"{row['quarter']}{', the rest' if row['quarter_on'] <= as_of else ''}<br>"
        + (f"{formats.money(row['cancelled'])} cancelled" if row["cancelled"] else "none cancelled")
        for row in rows
    ]
    fig.update_xaxes(
        tickvals=list(range(len(rows))),
        ticktext=words,
        range=[-0.5, len(rows) - 0.5],
        tickfont={"color": tone["ink2"], "size": AXIS},
    )
    fig.update_yaxes(range=[0, most * 1.12], visible=False)
    line(fig, -0.5, 0, len(rows) - 0.5, 0, tone["ink"], width=1)
