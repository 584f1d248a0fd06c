"""Atoms of the look: pure functions from values to HTML and SVG. The same marks serve screen and paper.

Everything here is markup made of numbers and of words from this file; a customer's text never passes through.
"""

from collections.abc import Callable, Mapping, Sequence
from math import isnan

from markupsafe import Markup

EXPANSION = "vendor_expansion"
Height = Callable[[float], float]

# status in the warehouse: (shape, word)
STATES: dict[str, tuple[str, str]] = {
    "green": ("green", "Green"),
    "amber": ("amber", "Amber"),
    "red": ("red", "Red"),
    "na": ("na", "NA"),
    "stale": ("stale", "Stale"),
    "no data": ("none", "No data"),
    "not connected": ("off", "Not connected"),
    "insufficient data": ("thin", "Insufficient data"),
    "untapped": ("x0", "Untapped"),
    "partial": ("x1", "Partial"),
    "penetrated": ("x2", "Penetrated"),
}
IN_EXPANSION = {"red": "untapped", "amber": "partial", "green": "penetrated"}
SCORED = ("green", "amber", "red")
KEY = ("green", "amber", "red", "na", "stale", "no data", "not connected", "insufficient data")
KEY_EXPANSION = ("untapped", "partial", "penetrated")

SMALL = 40
"""A sparkline lower than this stands inside a row: its marks are finer."""
_INK3 = "var(--ink3)"
_DIAMOND = '<path d="M8 1.4 14.6 8 8 14.6 1.4 8z" fill="none" stroke="var(--blue)" stroke-width="1.7"/>'
_RING = f'<circle cx="8" cy="8" r="5.4" fill="none" stroke="{_INK3}" stroke-width="1.6"/>'
# One 16-unit square each. Weight follows need for attention: small dot, outlined triangle, full square.
SHAPES: dict[str, str] = {
    "green": '<circle cx="8" cy="8" r="5.2" fill="var(--green)"/>',
    "amber": '<path d="M8 1.6 15 14.2H1z" fill="var(--amber)" stroke="var(--amber-e)" stroke-width="1.5"'
    ' stroke-linejoin="round"/>',
    "red": '<rect x="1" y="1" width="14" height="14" fill="var(--red)"/>',
    "na": _RING,
    "stale": f'<circle cx="8" cy="8" r="5.6" fill="none" stroke="{_INK3}" stroke-width="1.2"/>'
    f'<path d="M4 10.5 10.5 4M5.6 12.6 12.6 5.6M3 8 8 3M8 13l5-5" stroke="{_INK3}" stroke-width="1.1"/>',
    "none": f'<path d="M3 8h10" stroke="{_INK3}" stroke-width="2"/>',
    "off": f'<rect x="1.6" y="1.6" width="12.8" height="12.8" fill="none" stroke="{_INK3}" stroke-width="1.2"'
    f' stroke-dasharray="2.4 1.9"/><path d="M4.6 8h6.8" stroke="{_INK3}" stroke-width="1.8"/>',
    "thin": f'<circle cx="8" cy="8" r="5.6" fill="none" stroke="{_INK3}" stroke-width="1.2"/>'
    f'<path d="M2.6 9.4h10.8M3.6 11.6h8.8" stroke="{_INK3}" stroke-width="1.3"/>',
    "x0": _DIAMOND,
    "x1": _DIAMOND + '<path d="M1.4 8h13.2L8 14.6z" fill="var(--blue)"/>',
    "x2": '<path d="M8 1 15 8 8 15 1 8z" fill="var(--blue)"/>',
}


def shown_as(state: str | None, expansion: bool = False) -> str:
    """The state a reader sees: Expansion speaks of untapped, partial and penetrated; nothing known is no data."""
    known = state if state in STATES else "no data"
    return IN_EXPANSION.get(known, known) if expansion else known


def word(state: str | None, expansion: bool = False) -> str:
    """The state's word, with a capital."""
    return STATES[shown_as(state, expansion)][1]


def glyph(state: str | None, size: float = 14, expansion: bool = False) -> Markup:
    """The state as a shape, drawn, never a font character."""
    shape = SHAPES[STATES[shown_as(state, expansion)][0]]
    return Markup(f'<svg class="g" width="{size}" height="{size}" viewBox="0 0 16 16" aria-hidden="true">{shape}</svg>')


def status(state: str | None, size: float = 14, expansion: bool = False) -> Markup:
    """Shape and word together."""
    slug, text = STATES[shown_as(state, expansion)]
    return Markup(f'<span class="st st-{slug}">{glyph(state, size, expansion)} <em>{text}</em></span>')


def key(states: Sequence[str]) -> Markup:
    """All states of a screen, once, at the right end of the line under the title."""
    return Markup("").join(Markup(f"<span>{glyph(s, 13)} {STATES[s][1]}</span>") for s in states)


def seven(states: Mapping[str, str | None], titles: Mapping[str, str], size: float = 13) -> Markup:
    """The seven-mark: one shape per view in fixed order, a gap between vendor and client. Never summed."""
    x, marks, words, before = 0.0, [], [], ""
    for view, state in states.items():
        side = view.split("_")[0]
        x += 7 if before not in ("", side) else 0
        before = side
        shape = SHAPES[STATES[shown_as(state, view == EXPANSION)][0]]
        marks.append(f'<g transform="translate({x:g},0) scale({size / 16:g})">{shape}</g>')
        words.append(Markup("{} {}").format(titles[view], word(state, view == EXPANSION)))
        x += size + 4
    label, width = Markup(", ").join(words), max(x - 4, 1)
    opening = Markup('<svg class="g" role="img" aria-label="{}"').format(label)
    box = f' width="{width:g}" height="{size:g}" viewBox="0 0 {width:g} {size:g}">'
    return opening + Markup(box) + Markup("<title>{}</title>").format(label) + Markup("".join(marks) + "</svg>")


def spark(
    values: Sequence[float | None],
    limits: tuple[float, float, float] | None = None,
    is_signal: bool = False,
    width: int = 240,
    height: int = 84,
) -> Markup:
    """A line for the pattern, not the size: its own scale, the normal range in grey, a ring on a signal.

    `limits` are lower, centre and upper. A week without a value is a gap in the line.
    """
    known = [v for v in values if v is not None and _known(v)]
    if not known:
        return blank(width, height)
    y = _scale(known, limits, height)
    step = (width - 11) / max(len(values) - 1, 1)
    dots = [(round(2 + step * i, 1), y(v), v) for i, v in enumerate(values) if v is not None and _known(v)]
    parts = [_range(limits, y, width)] if limits else []
    fine = 0.7 if height < SMALL else 1.0
    stroke = (
        f'fill="none" stroke="var(--ink)" stroke-width="{(2.4 if is_signal else 1.7) * fine:g}" stroke-linejoin="round"'
    )
    parts += [f'<polyline points="{run}" {stroke}/>' for run in _runs(values, step, y)]
    if is_signal and limits:
        parts += [
            f'<circle cx="{x}" cy="{v}" r="{3 * fine:g}" fill="var(--ink)"/>'
            for x, v, raw in dots
            if _outside(raw, limits)
        ]
    if _known(values[-1]):
        x, v, _ = dots[-1]
        parts.append(f'<circle cx="{x}" cy="{v}" r="{3.4 * fine:g}" fill="var(--ink)"/>')
        if is_signal:
            ring = f'r="{6.5 * fine:g}" fill="none" stroke="var(--ink)" stroke-width="1.6"'
            parts.append(f'<circle cx="{x}" cy="{v}" {ring}/>')
    return _svg("spark", width, height, "".join(parts))


def dated(values: Sequence[float | None], days: Sequence[int], width: int = 200, height: int = 26) -> Markup:
    """A line over days that lie unevenly: each value stands where its day does; one without a value is left out."""
    known = [(day, value) for day, value in zip(days, values, strict=True) if value is not None and _known(value)]
    if len(known) < 2:
        return blank(width, height)
    y = _scale([value for _, value in known], None, height)
    first, span = known[0][0], known[-1][0] - known[0][0] or 1
    dots = [(round(4 + (width - 10) * (day - first) / span, 1), y(value)) for day, value in known]
    run = " ".join(f"{x},{height_}" for x, height_ in dots)
    line = f'<polyline points="{run}" fill="none" stroke="var(--ink)" stroke-width="1.4" stroke-linejoin="round"/>'
    return _svg(
        "spark", width, height, f'{line}<circle cx="{dots[-1][0]}" cy="{dots[-1][1]}" r="2.6" fill="var(--ink)"/>'
    )


def blank(width: int = 240, height: int = 84) -> Markup:
    """The place of a sparkline that has nothing to draw yet: a dotted line, so that the row keeps its shape."""
    middle = height / 2
    line = f'<path d="M2 {middle}H{width - 9}" stroke="{_INK3}" stroke-width="1" stroke-dasharray="2 4"/>'
    return _svg("spark", width, height, line)


def bands(shares: Mapping[str, float], expansion: bool = False) -> Markup:
    """Share bar of 100 %: green quiet, red full; what cannot be scored is hatched and keeps its share."""
    parts = []
    for state in (*SCORED, "other"):
        share = shares.get(state, 0.0)
        if share > 0.0005:
            slug = "other" if state == "other" else STATES[shown_as(state, expansion)][0]
            parts.append(f'<i class="b-{slug}" style="width:{share:.2%}"></i>')
    return Markup('<div class="bands" aria-hidden="true">' + "".join(parts) + "</div>")


def bar(share: float, fill: str = "ink") -> Markup:
    """A bar inside a row, from the column's common zero."""
    width = min(max(share, 0.004), 1.0)
    return Markup(
        f'<div class="bar" aria-hidden="true"><i style="width:{width:.1%};background:var(--{fill})"></i></div>'
    )


def reach(low: float, points: float | None, high: float, width: int = 140, height: int = 22) -> Markup:
    """Where a score could lie from 0 to 100: a box from `low` to `high`, a tick at `points`, small edges of bands."""

    def x(value: float) -> float:
        return round(1 + (width - 2) * min(max(value, 0.0), 100.0) / 100, 1)

    left, right, line = x(low), x(high), height - 5
    parts = [f'<path d="M1 {line}H{width - 1}" stroke="var(--rule)" stroke-width="1"/>']
    parts += [f'<path d="M{x(edge)} {line - 3}v6" stroke="{_INK3}" stroke-width="1"/>' for edge in (50, 75)]
    box = f'x="{left}" y="{line - 9}" width="{max(right - left, 1.5):g}" height="7"'
    parts.append(f'<rect {box} fill="var(--normal)" stroke="{_INK3}" stroke-width=".8"/>')
    if points is not None and _known(points):
        parts.append(f'<path d="M{x(points)} {line - 13}v14" stroke="var(--ink)" stroke-width="2.4"/>')
    return _svg("reach", width, height, "".join(parts))


def both_ways(value: float, most: float, least: float, fill: str = "ink") -> Markup:
    """A bar to the right of a common zero for a gain, to the left for a loss; `most` and `least` set the scale."""
    reach = max(most, 0.0) - min(least, 0.0) or 1.0
    zero = -min(least, 0.0) / reach * 100
    width = max(abs(value) / reach * 100, 0.4)
    left = zero if value >= 0 else zero - width
    line = f'<u style="left:{zero:.2f}%"></u>'
    box = f'<i style="left:{left:.2f}%;width:{width:.2f}%;background:var(--{fill})"></i>'
    return Markup(f'<div class="both" aria-hidden="true">{line}{box}</div>')


def _known(value: float | None) -> bool:
    return value is not None and not isnan(value)


def _outside(value: float, limits: tuple[float, float, float]) -> bool:
    return not limits[0] <= value <= limits[2]


def _scale(known: Sequence[float], limits: tuple[float, float, float] | None, height: int) -> Height:
    """From a value to its height in the picture; a flat line lies in the middle."""
    low, _, high = limits or (min(known), 0, max(known))
    reach = (high - low) * 0.45
    top, bottom = max(high + reach, *known), min(low - reach, *known)
    span = (top - bottom) or 1.0
    if top == bottom:
        bottom -= 0.5
    room = 5 if height < SMALL else 8
    return lambda v: round(room + (height - 2 * room) * (1 - (v - bottom) / span), 1)


def _range(limits: tuple[float, float, float], y: Height, width: int) -> str:
    low, centre, high = (y(v) for v in limits)
    box = f'<rect x="0" y="{high}" width="{width}" height="{max(round(low - high, 1), 1)}" fill="var(--normal)"/>'
    return f'{box}<path d="M0 {centre}H{width}" stroke="{_INK3}" stroke-width=".8" stroke-dasharray="2 3"/>'


def _runs(values: Sequence[float | None], step: float, y: Height) -> list[str]:
    """The stretches of weeks that have a value, as polyline points."""
    runs: list[list[str]] = [[]]
    for i, value in enumerate(values):
        if value is None or not _known(value):
            runs.append([])
        else:
            runs[-1].append(f"{round(2 + step * i, 1)},{y(value)}")
    return [" ".join(run) for run in runs if run]


def _svg(kind: str, width: int, height: int, inside: str) -> Markup:
    return Markup(f'<svg class="{kind}" viewBox="0 0 {width} {height}" aria-hidden="true">{inside}</svg>')
