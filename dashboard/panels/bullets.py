"""Goals as bullet graphs: where a goal began, how far it is, and the target agreed, in one hue, drawn for any paper.

Every goal has its own scale, which starts at zero: goals differ in their units. Bars need that zero, so a goal with a
value below it is drawn as a dot.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from dashboard.format import Formats, missing

WIDTH, HEIGHT = 220, 22
ROOM = 1.06
"""How far the scale reaches beyond its largest value, so that the target's mark is not cut."""


def figure(goal: Mapping[str, Any], formats: Formats, width: int = WIDTH, height: int = HEIGHT) -> Markup:
    """Reads `objective`, `unit`, `baseline`, `target`, `actual`. In tokens of the look, so it follows any theme."""
    parts = [_rail(width, height)]
    low, high = _reach([goal["baseline"], goal["target"], goal["actual"]])
    scale = _Scale(low, high, width)
    if not missing(goal["baseline"]):
        parts.append(_began(goal["baseline"], scale, height))
    if not missing(goal["actual"]):
        parts.append(_now(goal["actual"], scale, height))
    if not missing(goal["target"]):
        x = scale.at(goal["target"])
        parts.append(f'<rect x="{x - 1.5:.1f}" y="1" width="3" height="{height - 2}" fill="var(--ink)"/>')
    label = escape(alt(goal, formats))
    opening = f'<svg class="bullet" role="img" aria-label="{label}" viewBox="0 0 {width} {height}"'
    size = f'width="{width}" height="{height}" preserveAspectRatio="xMinYMid"'
    return Markup(f"{opening} {size}><title>{label}</title>{''.join(parts)}</svg>")


def alt(goal: Mapping[str, Any], formats: Formats) -> str:
    """What the picture shows, in words."""
    said = [
        f"{word} {amount(goal[name], goal['unit'], formats)}"
        for name, word in (("baseline", "began at"), ("actual", "now"), ("target", "target"))
        if not missing(goal[name])
    ]
    if missing(goal["actual"]):
        said.append("not measured yet")
    return f"{goal['objective']}: {', '.join(said)}"


def amount(value: float | None, unit: str | None, formats: Formats) -> str:
    """A goal's value in the unit it was agreed in."""
    text = formats.value(value, "")
    return text if missing(value) or missing(unit) or not unit else f"{text} {unit}"


class _Scale:
    """From a value to its place in the picture."""

    def __init__(self, low: float, high: float, width: int) -> None:
        self.low, self.high, self.width = low, high, width

    @property
    def has_bars(self) -> bool:
        return self.low >= 0

    def at(self, value: float) -> float:
        return 2 + (self.width - 4) * (float(value) - self.low) / (self.high - self.low)


def _reach(values: Sequence[float | None]) -> tuple[float, float]:
    known = [float(value) for value in values if value is not None and not missing(value)]
    low, high = min([0.0, *known]), max([0.0, *known])
    room = (high - low) * (ROOM - 1) or 1.0
    return (low - room if low < 0 else 0.0), high + room


def _rail(width: int, height: int) -> str:
    y = height / 2
    return f'<path d="M0 {y}H{width}" stroke="var(--rule)" stroke-width="1"/>'


def _began(value: float, scale: _Scale, height: int) -> str:
    """Where the goal began: the pale bar behind, as last year stands behind this one."""
    x = scale.at(value)
    if not scale.has_bars:
        ring = f'<circle cx="{x:.1f}" cy="{height / 2}" r="5" fill="var(--normal)" stroke="var(--py)"/>'
        return ring
    start = scale.at(0)
    return (
        f'<rect x="{start:.1f}" y="3" width="{max(x - start, 1):.1f}" height="{height - 6}" fill="var(--normal)"'
        f' stroke="var(--py)" stroke-width=".6"/>'
    )


def _now(value: float, scale: _Scale, height: int) -> str:
    x, y = scale.at(value), height / 2
    if not scale.has_bars:
        return f'<circle cx="{x:.1f}" cy="{y}" r="4" fill="var(--ink)"/>'
    start = scale.at(0)
    return f'<rect x="{start:.1f}" y="{y - 3.5}" width="{max(x - start, 1.5):.1f}" height="7" fill="var(--ink)"/>'
