"""What all figures share: no gridlines, no legend, labels at the right end, marks drawn as shapes."""

from typing import Any

import plotly.graph_objects as go

from dashboard.theme import SANS, Tone

CONFIG: dict[str, Any] = {"displayModeBar": False, "responsive": True, "scrollZoom": False, "doubleClick": False}
TEXT = 15
AXIS = 14


class Picture:
    """Traces, layout, labels and shapes of a figure, gathered by the library's own names until `finish`.

    Added to a figure one by one, each makes the library check anew what is there already: a third of a screen's time.
    """

    def __init__(self, layout: dict[str, Any]) -> None:
        self.layout = layout
        self.traces: list[dict[str, Any]] = []
        self.labels: list[dict[str, Any]] = []
        self.shapes: list[dict[str, Any]] = []

    def add_scatter(self, **trace: Any) -> None:
        self.traces.append({"type": "scatter"} | trace)

    def add_bar(self, **trace: Any) -> None:
        self.traces.append({"type": "bar"} | trace)

    def update_layout(self, **parts: Any) -> None:
        """Set parts of the layout; a part that has parts of its own keeps those not named."""
        for name, part in parts.items():
            own = self.layout.get(name)
            self.layout[name] = own | part if isinstance(own, dict) and isinstance(part, dict) else part

    def update_xaxes(self, **parts: Any) -> None:
        self.update_layout(xaxis=parts)

    def update_yaxes(self, **parts: Any) -> None:
        self.update_layout(yaxis=parts)


def base(tone: Tone, height: int, **margin: int) -> Picture:
    """An empty sheet of the given height, with the look's type and no furniture."""
    axis = {
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "ticks": "",
        "fixedrange": True,
        "automargin": False,
        "tickfont": {"color": tone["ink3"], "size": AXIS},
    }
    font = {"family": SANS, "size": TEXT, "color": tone["ink"]}
    return Picture(
        layout={
            "height": height,
            "margin": {"l": 0, "r": 0, "t": 8, "b": 26, "pad": 0} | margin,
            "showlegend": False,
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "font": font,
            "bargap": 0.14,
            "xaxis": axis,
            "yaxis": axis,
            "dragmode": False,
            "clickmode": "event",
            "hoverlabel": {"bgcolor": tone["paper"], "bordercolor": tone["ink"], "font": font},
        }
    )


def note(fig: Picture, x: Any, y: Any, text: str, colour: str, size: int = TEXT, **more: Any) -> None:
    """A label in the picture, left of its text unless told otherwise."""
    fig.labels.append(
        {
            "x": x,
            "y": y,
            "text": text,
            "showarrow": False,
            "font": {"color": colour, "size": size},
            "xanchor": "left",
            "yanchor": "middle",
            "align": "left",
        }
        | more
    )


def line(
    fig: Picture,
    x0: Any,
    y0: Any,
    x1: Any,
    y1: Any,
    colour: str,
    dash: str = "solid",
    width: float = 1.2,
    **more: Any,
) -> None:
    """A straight line."""
    ends = {"x0": x0, "y0": y0, "x1": x1, "y1": y1}
    shape(fig, type="line", line={"color": colour, "width": width, "dash": dash}, **ends, **more)


def shape(fig: Picture, **more: Any) -> None:
    """A shape in the picture, as the library's `add_shape` takes it."""
    fig.shapes.append(more)


def mark(fig: Picture, state: str, tone: Tone, y: Any, yref: str, xshift: int) -> None:
    """A state's shape beside the right end of the picture: drawn, not a font character, at the height `y`."""
    at = {"xref": "paper", "xanchor": 1, "yref": yref, "yanchor": y, "xsizemode": "pixel", "ysizemode": "pixel"}
    blue = {"color": tone["blue"], "width": 1.6}
    if state == "red":
        shape(fig, type="rect", x0=xshift - 6, x1=xshift + 6, y0=-6, y1=6, fillcolor=tone["red"], line_width=0, **at)
    elif state == "amber":
        path = f"M{xshift},7 L{xshift + 7},-6 L{xshift - 7},-6 Z"
        shape(fig, type="path", path=path, fillcolor=tone["amber"], line={"color": tone["amber-e"], "width": 1.4}, **at)
    elif state == "green":
        shape(
            fig, type="circle", x0=xshift - 5, x1=xshift + 5, y0=-5, y1=5, fillcolor=tone["green"], line_width=0, **at
        )
    else:
        whole = f"M{xshift},7 L{xshift + 7},0 L{xshift},-7 L{xshift - 7},0 Z"
        shape(fig, type="path", path=whole, line=blue, fillcolor=tone["blue"] if state == "penetrated" else None, **at)
        if state == "partial":
            half = f"M{xshift - 7},0 L{xshift + 7},0 L{xshift},-7 Z"
            shape(fig, type="path", path=half, fillcolor=tone["blue"], line_width=0, **at)


def finish(fig: Picture) -> go.Figure:
    """The figure, checked by the library once as a whole."""
    return go.Figure(data=fig.traces, layout=fig.layout | {"annotations": fig.labels, "shapes": fig.shapes})


def plain(text: str) -> str:
    """Text for a figure, which reads a few tags: nothing a source holds is one."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
