"""The Pareto of an amount: bars of equally many accounts, largest first, the running share, and the cut at 80 %."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from dashboard.format import NBSP, Formats
from dashboard.panels.base import Picture, base, finish, line, note, plain
from dashboard.panels.whale import LEFT, RIGHT, ranks
from dashboard.theme import Tone
from metrics.profit import Pareto

PER_PAGE = 24


@dataclass(frozen=True)
class Kind:
    """What a Pareto is of: its noun, how an amount is written, and the order of *Accounts* that has its ranks."""

    noun: str
    write: Callable[[float], str]
    order: str | None = None


def figure(
    pareto: Pareto,
    tone: Tone,
    formats: Formats,
    names: Mapping[int, tuple[str, str]],
    height: int = 346,
    kind: Kind | None = None,
) -> go.Figure:
    """Bars up to the cut are ink, the tail beyond it grey. A bar of one account opens it, of several their list.

    `kind` is revenue unless told otherwise.
    """
    kind = kind or Kind("revenue", formats.money, "revenue")
    fig = base(tone, height, l=LEFT, r=RIGHT, t=22, b=44)
    _bars(fig, pareto, tone, formats, names, kind)
    curve = pareto.curve
    fig.add_scatter(
        x=curve["nth"].tolist(),
        y=(curve["running_share"] * 100).tolist(),
        yaxis="y2",
        mode="lines",
        line={"color": tone["ink2"], "width": 2},
        hoverinfo="skip",
    )
    if pareto.cut:
        _cut(fig, pareto, tone, formats)
    edge: dict[str, Any] = {"xref": "paper", "xshift": 8, "yref": "y2"}
    note(fig, 1, 80, f"80{NBSP}%", tone["ink2"], **edge)
    note(fig, 1, 100, f"100{NBSP}%, {kind.write(pareto.revenue)}", tone["ink2"], **edge)
    top = float(pareto.bars["revenue"].max()) if len(pareto.bars) else 1.0
    axis = {"visible": False, "fixedrange": True}
    fig.update_layout(yaxis={"range": [0, top / 0.62], **axis}, yaxis2={"overlaying": "y", "range": [0, 109], **axis})
    per = "one account to a bar" if pareto.per_bar == 1 else f"{formats.count(pareto.per_bar)} to a bar"
    line(fig, 0, 0, pareto.accounts, 0, tone["ink"], width=1)
    ranks(fig, pareto.accounts, tone, formats, f"accounts by {kind.noun}, {per}")
    return finish(fig)


def alt(pareto: Pareto, formats: Formats, kind: Kind | None = None) -> str:
    """What the picture shows, in words."""
    kind = kind or Kind("revenue", formats.money, "revenue")
    if not pareto.accounts:
        return f"No account has {kind.noun}."
    return (
        f"{kind.noun[:1].upper()}{kind.noun[1:]} of {formats.count(pareto.accounts)} accounts, largest first: "
        f"{formats.count(pareto.cut)} bring "
        f"{formats.share(pareto.cut_share, 1)}, the other {formats.count(pareto.tail_accounts)} "
        f"{kind.write(pareto.tail_revenue)} together."
    )


def _bars(
    fig: Picture, pareto: Pareto, tone: Tone, formats: Formats, names: Mapping[int, tuple[str, str]], kind: Kind
) -> None:
    """One bar per group of accounts, as wide as its accounts are many."""
    bars = pareto.bars
    opens, texts = [], []
    for first, last, account, revenue in zip(
        bars["first"], bars["last"], bars["account_id"], bars["revenue"], strict=True
    ):
        code, name = names.get(int(account), ("", "")) if account == account and account is not None else ("", "")
        page = (int(first) - 1) // PER_PAGE + 1
        opens.append(code or (f"?sort={kind.order}%3Adesc&page={page}" if kind.order else ""))
        who = plain(name) if code else f"accounts {formats.count(first)} to {formats.count(last)}"
        texts.append(f"{who}, {kind.write(revenue)}")
    widths = (bars["last"] - bars["first"] + 1).astype(float)
    fig.add_bar(
        x=((bars["first"] + bars["last"] - 1) / 2).tolist(),
        y=bars["revenue"].tolist(),
        width=(widths * 0.84).tolist(),
        marker={"color": [tone["py"] if part == "tail" else tone["ink"] for part in bars["part"]]},
        customdata=opens,
        text=texts,
        textposition="none",
        hovertemplate="%{text}<extra></extra>",
    )
    if len(bars):
        what = texts[0].rsplit(", ", 1)[0] if pareto.per_bar == 1 else f"top {formats.count(bars['last'].iloc[0])}"
        short = what if len(what) <= 30 else what[:29] + "…"
        note(
            fig,
            float(bars["last"].iloc[0]),
            float(bars["revenue"].iloc[0]),
            f"{kind.write(bars['revenue'].iloc[0])}, {short}",
            tone["ink2"],
            yanchor="top",
            xshift=6,
        )


def _cut(fig: Picture, pareto: Pareto, tone: Tone, formats: Formats) -> None:
    """Down from where the running share reaches 80 %, and across to its axis."""
    share = float(pareto.cut_share or 0.8) * 100
    line(fig, pareto.cut, 0, pareto.cut, share, tone["ink"], "dot", yref="y2")
    line(fig, pareto.cut, 80, pareto.accounts, 80, tone["ink"], "dot", yref="y2")
    fig.add_scatter(
        x=[pareto.cut],
        y=[share],
        yaxis="y2",
        mode="markers",
        hoverinfo="skip",
        marker={"size": 10, "color": tone["paper"], "opacity": 1, "line": {"color": tone["ink"], "width": 2}},
    )
    word = "account brings" if pareto.cut == 1 else "accounts bring"
    of = formats.share(pareto.cut / pareto.accounts)
    wide = pareto.cut > pareto.accounts * 0.62
    note(
        fig,
        pareto.cut,
        68,
        f"<b>{formats.count(pareto.cut)}</b> {word} 80{NBSP}%, {of} of all",
        tone["ink"],
        yref="y2",
        xshift=-8 if wide else 8,
        xanchor="right" if wide else "left",
    )
