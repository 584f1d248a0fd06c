"""Lifetime value in the article's way, by margin and discounted, and by survival, each against three times CAC."""

from collections.abc import Mapping
from dataclasses import dataclass

from metrics.value.acquisition import Margin
from metrics.value.figure import Figure, none
from metrics.value.survival import Life

FLOOR = 3
"""Three times CAC: a floor that may take time, not an optimum."""
CEILING = 5
"""Above it, many read a company as investing too little in winning accounts."""
INTEREST = 0.1
"""A year's discount rate where nobody says another."""
NOBODY_LEFT = "nobody left in the 12 months, so the years have no end yet"


@dataclass(frozen=True)
class LifetimeValue:
    """One way to a lifetime value. `gross` is before CAC, `net` after; the ratio that is read is gross over CAC."""

    name: str
    label: str
    formula: str
    gross: Figure
    net: Figure
    ratio: Figure
    net_ratio: Figure

    @property
    def reads(self) -> str:
        """What the ratio says against three times CAC, gross first, then net; or why it cannot be said."""
        if self.ratio.value is None:
            return self.ratio.missing or ""
        against = "below" if self.ratio.value < FLOOR else "at or above"
        words = f"{self.ratio.value:.1f} × CAC gross, {self.net_ratio.value or 0:.1f} × net"
        rich = f"; above {CEILING}, which many read as investing too little" if self.ratio.value > CEILING else ""
        return f"{words}: gross is {against} the floor of {FLOOR}{rich}"


@dataclass(frozen=True)
class RatioChange:
    """How a ratio of LTV to CAC moved, split without rest: `ltv_effect` + `cac_effect` = `change`."""

    before: float
    after: float
    ltv_effect: float
    cac_effect: float

    @property
    def change(self) -> float:
        return self.after - self.before


def article_value(revenue: float, years: float, cac: float) -> float:
    """Yearly revenue × years − CAC, as the article has it: after CAC, before any cost of serving."""
    return revenue * years - cac


def discounted_value(margin: float, retention: float, interest: float = INTEREST, at_once: bool = False) -> float:
    """Present value of a yearly margin that is kept with a constant retention: m·r ÷ (1 + i − r), before CAC.

    The first margin comes at the end of the first year; `at_once`: on the first day, m·(1 + i) ÷ (1 + i − r).
    Raises `ValueError` where retention is not below 1 + interest: the sum has no end.
    """
    if retention >= 1 + interest:
        raise ValueError("retention must be below 1 + interest")
    return margin * (1 + interest if at_once else retention) / (1 + interest - retention)


def ratio_change(ltv_before: float, cac_before: float, ltv_after: float, cac_after: float) -> RatioChange:
    """The change of LTV ÷ CAC as what LTV did at the old CAC, and what CAC did at the new LTV. CACs are above zero."""
    return RatioChange(
        before=ltv_before / cac_before,
        after=ltv_after / cac_after,
        ltv_effect=(ltv_after - ltv_before) / cac_before,
        cac_effect=ltv_after * (1 / cac_after - 1 / cac_before),
    )


def lifetime_values(
    retained: Mapping[str, Figure],
    margin: Margin,
    cac: Figure,
    life: Life | None,
    no_life: str,
    interest: float = INTEREST,
) -> list[LifetimeValue]:
    """The ways to a lifetime value on one card, from the figures of a day.

    `retained` gives `arpa` and `logo_churn`; `no_life` says why there is no survival curve.
    """
    arpa, churn = retained["arpa"], retained["logo_churn"]
    profit = _profit(arpa, margin)
    years = _years(churn)
    return [
        _way("article", "Article", "yearly revenue × years − CAC", _product(arpa, years), cac),
        _way("margin", "Margin", "yearly margin ÷ yearly churn", _product(profit, years), cac),
        _way("discounted", "Discounted", "m·r ÷ (1 + i − r)", _discounted(profit, churn, interest, False), cac),
        _way(
            "discounted_at_once", "Discounted, first margin at once", "m·(1 + i) ÷ (1 + i − r)",
            _discounted(profit, churn, interest, True), cac,
        ),
        _way("survival", "Survival", "yearly margin × years expected", _survival(profit, life, no_life), cac),
    ]  # fmt: skip


def _years(churn: Figure) -> Figure:
    if churn.value is None:
        return churn
    if not churn.value:
        return none(NOBODY_LEFT, churn.n)
    return Figure(1 / churn.value, churn.n, basis=f"{1 / churn.value:.1f} years, one over logo churn")


def _profit(arpa: Figure, margin: Margin) -> Figure:
    if arpa.value is None:
        return arpa
    if margin.value is None:
        return none(margin.words, arpa.n)
    return Figure(arpa.value * margin.value, arpa.n, basis=f"gross margin {margin.value:.1%} {margin.words}")


def _product(amount: Figure, years: Figure) -> Figure:
    if amount.value is None or years.value is None:
        return amount if amount.value is None else years
    return Figure(amount.value * years.value, years.n, basis=_both(amount, years.basis))


def _discounted(profit: Figure, churn: Figure, interest: float, at_once: bool) -> Figure:
    if profit.value is None or churn.value is None:
        return profit if profit.value is None else churn
    if churn.value == 0 and interest <= 0:
        return none(NOBODY_LEFT, churn.n)
    value = discounted_value(profit.value, 1 - churn.value, interest, at_once)
    return Figure(value, churn.n, basis=_both(profit, f"interest {interest:.0%}, retention {1 - churn.value:.1%}"))


def _survival(profit: Figure, life: Life | None, no_life: str) -> Figure:
    if profit.value is None:
        return profit
    if life is None:
        return none(no_life, profit.n)
    low, high = sorted((profit.value * life.low, profit.value * life.high))
    return Figure(profit.value * life.years, profit.n, low, high, basis=_both(profit, life.words))


def _both(figure: Figure, words: str | None) -> str:
    return "; ".join(part for part in (figure.basis, words) if part)


def _way(name: str, label: str, formula: str, gross: Figure, cac: Figure) -> LifetimeValue:
    """A lifetime value before and after CAC, and both over CAC."""
    if gross.value is None or cac.value is None:
        why = none((gross.missing if gross.value is None else cac.missing) or "")
        return LifetimeValue(name, label, formula, gross, why, why, why)
    low, high = (None if end is None else end - cac.value for end in (gross.low, gross.high))
    net = Figure(gross.value - cac.value, gross.n, low, high, gross.missing, gross.basis)
    return LifetimeValue(name, label, formula, gross, net, _over(gross, cac.value), _over(net, cac.value))


def _over(figure: Figure, cac: float) -> Figure:
    if not cac or figure.value is None:
        return none("winning accounts cost nothing in the period")
    low, high = (None if end is None else end / cac for end in (figure.low, figure.high))
    return Figure(figure.value / cac, figure.n, low, high, figure.missing, figure.basis)
