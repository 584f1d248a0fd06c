"""What moved Return on People: profit, or the number of people it is divided by."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from metrics.people.returns import MONTHS, Return


@dataclass(frozen=True)
class Split:
    """The change against a year before, in its two parts; they add up to it exactly."""

    before: Return
    now: Return
    was: Fraction
    value: Fraction
    profit_effect: Fraction
    """(P1 − P0) ÷ F0: what the change of profit would have moved it by, had the headcount stayed."""
    headcount_effect: Fraction
    """P1 × (1 ÷ F1 − 1 ÷ F0): what the change of headcount moved it by."""

    @property
    def change(self) -> Fraction:
        return self.value - self.was

    @property
    def is_by_headcount(self) -> bool:
        """Whether it rose, and more by headcount than by profit: cutting staff to lift it is not an option."""
        return self.change > 0 and self.headcount_effect > self.profit_effect

    @property
    def is_with_fewer(self) -> bool:
        """Whether fewer people work here than a year before."""
        return (self.now.fte or 0) < (self.before.fte or 0)


def split(found: Sequence[Return]) -> Split | str:
    """The split of the newest return against that of the same month a year before; or words for why there is none."""
    if not found or found[-1].value is None:
        return found[-1].missing or "" if found else "no month of finance is over"
    now = found[-1]
    year, month = now.month.split("-")
    wanted = f"{int(year) - 1:04}-{month}"
    before = next((each for each in found if each.month == wanted), Return(wanted, missing=f"finance has no {wanted}"))
    if before.value is None:
        return f"a change needs {2 * MONTHS} months in a row: {before.missing}"
    assert now.value is not None and now.profit is not None and now.fte is not None
    assert before.profit is not None and before.fte is not None
    return Split(
        before,
        now,
        was=before.value,
        value=now.value,
        profit_effect=(now.profit - before.profit) / before.fte,
        headcount_effect=now.profit * (1 / now.fte - 1 / before.fte),
    )
