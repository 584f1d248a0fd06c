"""The whale curve: running profit over the accounts, the most profitable first, in money."""

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go

from dashboard.format import Formats
from dashboard.panels.base import AXIS, Picture, base, finish, line, note, plain
from dashboard.theme import Tone
from metrics.profit import Whale

LEFT, RIGHT = 8, 150
"""The Pareto beneath uses the same, so that an account's rank stands at the same place in both."""


def figure(
    whale: Whale, tone: Tone, formats: Formats, names: Mapping[int, tuple[str, str]], height: int = 346
) -> go.Figure:
    """`names` gives code and name by account_id; a click on a point opens the account that adds it."""
    fig = base(tone, height, l=LEFT, r=RIGHT, t=26, b=44)
    points, peak, end = whale.points, whale.peak, whale.end
    up, down = points[points["nth"] <= peak.nth], points[points["nth"] >= peak.nth]
    for part, colour, width in ((up, tone["ink"], 2.6), (down, tone["red"], 3.0)):
        if len(part) > 1:
            fig.add_scatter(
                x=part["nth"].tolist(),
                y=part["running"].tolist(),
                mode="lines",
                line={"color": colour, "width": width},
                hoverinfo="skip",
            )
    _clickable(fig, points, names, formats)
    marks = [
        (peak.nth, peak.running, tone["ink"]),
        (end.nth, end.running, tone["red"] if end.nth > peak.nth else tone["ink"]),
    ]
    fig.add_scatter(
        x=[m[0] for m in marks],
        y=[m[1] for m in marks],
        mode="markers",
        hoverinfo="skip",
        marker={"color": [m[2] for m in marks], "size": 9, "opacity": 1},
    )
    _labels(fig, whale, tone, formats)
    _axes(fig, whale, tone, formats)
    return finish(fig)


def alt(whale: Whale, formats: Formats) -> str:
    """What the picture shows, in words."""
    if whale.end.nth == 0:
        return "No account has a profit to add up."
    lost = whale.peak.running - whale.end.running
    return (
        f"Running profit over {formats.count(whale.end.nth)} accounts, most profitable first: it climbs to "
        f"{formats.money(whale.peak.running)} after {formats.count(whale.peak.nth)} accounts, "
        f"loses {formats.money(lost)} again and ends at {formats.money(whale.end.running)}."
    )


def _clickable(fig: Picture, points: Any, names: Mapping[int, tuple[str, str]], formats: Formats) -> None:
    """An unseen mark on every point, for the pointer: which account it adds, and how much."""
    known = points[points["account_id"].notna()]
    codes, texts = [], []
    for account, profit, nth in zip(known["account_id"], known["profit"], known["nth"], strict=True):
        code, name = names.get(int(account), ("", ""))
        codes.append(code)
        texts.append(f"{formats.count(nth)}. {plain(name)}, {formats.money(profit)}")
    fig.add_scatter(
        x=known["nth"].tolist(),
        y=known["running"].tolist(),
        mode="markers",
        customdata=codes,
        text=texts,
        hovertemplate="%{text}<extra></extra>",
        marker={"size": 12, "color": "rgba(0,0,0,0)", "line": {"width": 0}},
    )


def _labels(fig: Picture, whale: Whale, tone: Tone, formats: Formats) -> None:
    peak, end, half = whale.peak, whale.end, whale.half
    lost = peak.running - end.running
    edge: dict[str, Any] = {"xref": "paper", "xshift": 8}
    reach = _reach(whale)
    if lost > 0:
        line(fig, peak.nth, peak.running, end.nth * 1.01, peak.running, tone["ink3"], "dot", 1)
        line(fig, end.nth * 1.005, end.running, end.nth * 1.005, peak.running, tone["red"], width=5)
        middle = max((end.running + peak.running) / 2, end.running + reach * 0.13)
        of = f"<br>{formats.share(lost / end.running)} of profit" if end.running > 0 else ""
        note(fig, 1, middle, f"<b>{formats.money(-lost)}</b> lost again{of}", tone["red-t"], 16, **edge)
    whole = f", {formats.share(1)}" if end.running > 0 and lost > 0 else ""
    note(
        fig,
        1,
        end.running - (reach * 0.03 if lost > 0 else 0),
        f"<b>{formats.money(end.running)}</b> kept{whole}",
        tone["ink"],
        16,
        **edge,
    )
    share = f", {formats.share(peak.running / end.running)} of profit" if end.running > 0 and lost > 0 else ""
    if peak.nth:
        text = f"peak <b>{formats.money(peak.running)}</b>{share}, after {formats.count(peak.nth)} accounts"
        note(
            fig,
            peak.nth,
            peak.running,
            text,
            tone["ink"],
            yanchor="bottom",
            yshift=8,
            xanchor="right" if peak.nth > end.nth * 0.4 else "left",
        )
    if half and 0 < half.nth < end.nth * 0.8:
        fig.add_scatter(
            x=[half.nth],
            y=[half.running],
            mode="markers",
            hoverinfo="skip",
            marker={"color": tone["paper"], "size": 9, "opacity": 1, "line": {"color": tone["ink"], "width": 2}},
        )
        word = "account" if half.nth == 1 else "accounts"
        note(
            fig,
            half.nth,
            half.running,
            f"half of all profit from {formats.count(half.nth)} {word}",
            tone["ink2"],
            xshift=12,
            yshift=-6,
        )


def _reach(whale: Whale) -> float:
    return max(whale.peak.running, 0.0) - min(whale.end.running, 0.0) or 1.0


def _axes(fig: Picture, whale: Whale, tone: Tone, formats: Formats) -> None:
    reach = _reach(whale)
    low = min(whale.end.running, 0.0)
    fig.update_yaxes(
        range=[low - (0.04 * reach if low < 0 else 0), max(whale.peak.running, 0.0) + 0.14 * reach], visible=False
    )
    line(fig, 0, 0, whale.end.nth, 0, tone["ink"], width=1)
    ranks(fig, whale.end.nth, tone, formats, "accounts, most profitable first")


def ranks(fig: Picture, last: int, tone: Tone, formats: Formats, title: str) -> None:
    """The axis of ranks, the same in both curves: about five ticks, the last account among them."""
    step = next(s for k in range(9) for s in (10**k, 2 * 10**k, 5 * 10**k) if last <= s * 5 or k == 8)
    ticks = [t for t in range(0, last + 1, step) if last - t >= step * 0.35 or t == 0] + ([last] if last else [])
    fig.update_xaxes(
        tickvals=ticks,
        ticktext=[formats.count(t) for t in ticks],
        range=[-last * 0.006 - 0.2, last * 1.012 + 0.3],
        title={"text": title, "font": {"size": AXIS, "color": tone["ink3"]}, "standoff": 4},
    )
