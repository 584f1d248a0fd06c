"""One figure as it is shown: a value with n and interval, or the words for why there is none."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A value; `missing` says why it is None, or, beside a value, what it leaves out. `basis`: what it rests on."""

    value: float | None
    n: int | None = None
    low: float | None = None
    high: float | None = None
    missing: str | None = None
    basis: str | None = None


def share(over: float, under: float, why: str, n: int | None = None, leaves_out: str | None = None) -> Figure:
    """One amount over another; with nothing to divide by there is no figure, and `why` says so."""
    if not under:
        return Figure(None, n, missing=why)
    return Figure(over / under, n, missing=leaves_out)


def none(why: str, n: int | None = None) -> Figure:
    """No figure, with the reason."""
    return Figure(None, n, missing=why)
