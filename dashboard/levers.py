"""The levers of a what-if as an address has them, and in words."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.format import NBSP, Formats
from dashboard.voice import counted, joined
from metrics.what_if import Lever, Levers

NAMES: tuple[Lever, ...] = ("price", "serve", "restore", "double", "retention")
MOST = {"price": 50.0, "serve": 50.0, "double": 95.0, "retention": 50.0}
"""How far a lever goes, in % (retention: points)."""
CHOICES: Mapping[Lever, tuple[float, ...]] = {
    "price": (-5, -2, 0, 1, 2, 5),
    "serve": (-20, -10, -5, 0, 5, 10),
    "restore": (0, 1),
    "double": (0, 50, 60, 80),
    "retention": (-5, -2, 0, 1, 2, 5),
}
TITLES: Mapping[Lever, str] = {
    "price": "Price",
    "serve": "Cost to serve",
    "restore": "Loss-makers",
    "double": "Top group doubled",
    "retention": "Retention",
}
NUMBER = re.compile(r"[+-]?\d{1,3}(\.\d{1,2})?", re.ASCII)


@dataclass(frozen=True)
class Choice:
    """One way to set a lever."""

    text: str
    value: str | None
    """What the address says; None for a lever left alone."""
    is_on: bool


def read(more: Mapping[str, str]) -> Levers:
    """The levers an address asks for; what can't be read, or goes too far, is left alone."""
    found = {name: _number(more.get(name, ""), name) for name in MOST}
    shares = {name: round(value / 100, 6) for name, value in found.items()}
    return Levers(
        price=shares["price"],
        serve=shares["serve"],
        restore=more.get("restore") == "1",
        double=shares["double"] if shares["double"] > 0 else 0.0,
        retention=shares["retention"],
    )


def written(levers: Levers) -> dict[str, str]:
    """The levers as an address has them: those that are pulled."""
    return {lever: _text(levers, lever) for lever in NAMES if getattr(levers, lever)}


def choices(levers: Levers, lever: Lever, f: Formats) -> list[Choice]:
    """The usual ways to set a lever, with the way it is set now among them."""
    now = 100 * float(getattr(levers, lever)) if lever != "restore" else float(levers.restore)
    every = sorted({*CHOICES[lever], round(now, 2)})
    return [
        Choice(_label(value, lever, f), f"{value:g}" if value else None, math.isclose(value, now, abs_tol=1e-6))
        for value in every
    ]


def words(levers: Levers, f: Formats, losing: int | None = None) -> list[str]:
    """What is assumed, one phrase for each lever that is pulled."""
    said = []
    if levers.price:
        said.append(f"{f.share(abs(levers.price), _digits(levers.price))} {'on' if levers.price > 0 else 'off'} price")
    if levers.serve:
        way = "more" if levers.serve > 0 else "less"
        said.append(f"{f.share(abs(levers.serve), _digits(levers.serve))} {way} cost to serve")
    if levers.restore:
        who = "every loss-maker" if losing is None else counted(losing, "loss-maker", f) if losing else "no loss-maker"
        said.append(f"break-even for {who}")
    if levers.double:
        said.append(f"doubling the top {f.share(levers.double, _digits(levers.double))}")
    if levers.retention:
        points = f.number(abs(levers.retention) * 100, _digits(levers.retention))
        said.append(f"{points}{NBSP}pts {'more' if levers.retention > 0 else 'less'} retention")
    return said


def sentence(levers: Levers, f: Formats, losing: int | None = None) -> str:
    """The phrases joined; what it says when no lever is pulled."""
    return joined(words(levers, f, losing)) or "nothing assumed"


def _number(text: str, name: str) -> float:
    if not NUMBER.fullmatch(text):
        return 0.0
    value = float(text)
    return value if abs(value) <= MOST[name] else 0.0


def _text(levers: Levers, lever: Lever) -> str:
    return "1" if lever == "restore" else f"{100 * float(getattr(levers, lever)):.6g}"


def _label(value: float, lever: Lever, f: Formats) -> str:
    if lever == "restore":
        return "to break-even" if value else "as they are"
    digits = 0 if float(value).is_integer() else 2
    if lever == "double":
        return f.share(value / 100, digits) if value else "as it is"
    unit = f"{NBSP}pts" if lever == "retention" else f"{NBSP}%"
    return f.change(value, lambda size: f.number(size, digits)) + unit if value else "0"


def _digits(share: float) -> int:
    return 0 if math.isclose(share * 100, round(share * 100), abs_tol=1e-6) else 2
