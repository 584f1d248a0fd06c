"""The customer profitability diamond as shapes: slices whose areas are shares of accounts, with lines to labels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

WIDTH, HEIGHT = 380.0, 264.0
"""Of the diamond, in the units of the drawing; the labels stand right of it, in rows of equal height."""
REACH = 440.0
TYPICAL = (0.2, 0.8)
"""Where the cuts of the split 20 : 60 : 20 lie, which was published as typical."""
NARROW = 0.03
"""Least share a slice is drawn with where anybody is in it, so that it can be seen."""


@dataclass(frozen=True)
class Slice:
    """One group: its corners, and the line from its right edge to its label, as SVG points."""

    group: str
    share: float
    points: str
    leader: str


def slices(counts: Mapping[str, int]) -> list[Slice]:
    """One slice per group from top to bottom, none for a group without accounts; empty where all are.

    The area of a slice is its group's share of the accounts in any, except that the thinnest are widened to be seen.
    """
    total = sum(counts.values())
    if not total:
        return []
    areas = {group: max(n / total, NARROW) if n else 0.0 for group, n in counts.items()}
    whole, above, made = sum(areas.values()), 0.0, []
    for nth, (group, n) in enumerate(counts.items()):
        low, high = above / whole, min((above + areas[group]) / whole, 1.0)
        above += areas[group]
        if n:
            middle = (depth(low) + depth(high)) / 2
            label = HEIGHT * (nth + 0.5) / len(counts)
            ends = [(WIDTH / 2 + half_width(middle) + 4, middle), (WIDTH + 20, label), (REACH, label)]
            made.append(Slice(group, n / total, _points(_corners(depth(low), depth(high))), _points(ends)))
    return made


def depth(share: float) -> float:
    """How far from the top one must cut to have this share of the area above."""
    share = min(max(share, 0.0), 1.0)
    part = sqrt(share / 2) if share <= 0.5 else 1 - sqrt((1 - share) / 2)
    return part * HEIGHT


def half_width(y: float) -> float:
    """Half of the diamond's width at a depth."""
    return WIDTH / 2 * (1 - abs(y / HEIGHT * 2 - 1))


def _corners(top: float, bottom: float) -> list[tuple[float, float]]:
    """The outline between two depths, with the widest corners where they lie between."""
    ys = [top, *([HEIGHT / 2] if top < HEIGHT / 2 < bottom else []), bottom]
    right = [(WIDTH / 2 + half_width(y), y) for y in ys]
    return right + [(WIDTH - x, y) for x, y in reversed(right)]


def _points(corners: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
