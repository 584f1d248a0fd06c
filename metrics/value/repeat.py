"""Repeat purchase of accounts that never say they leave: BG/NBD for how often, Gamma-Gamma for how much.

Both are fitted by maximum likelihood. For companies without subscriptions only: where an end is written down, a model
that guesses it is wrong to use.
"""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

CONTRACTUAL = (
    "the company has subscriptions: when an account leaves is known, so repeat-purchase models would guess what the "
    "contract says. Read the survival curve instead"
)
FEWEST_REPEATERS = 30
MOST_FITTED = 20_000
"""More accounts would make a build wait and move no parameter that matters: every so manieth is fitted, all valued."""
HORIZON_DAYS = 364
WEEK = 7.0
Values = np.ndarray[Any, np.dtype[np.float64]]


class NoModel(Exception):
    """Purchases that no repeat-purchase model can be fitted to; the message says why."""


@dataclass(frozen=True)
class Buying:
    """BG/NBD: purchases come at a rate drawn from Gamma(r, alpha); after each one an account stops with a probability
    drawn from Beta(a, b). Time is in weeks."""

    r: float
    alpha: float
    a: float
    b: float

    def alive(self, x: Values, last: Values, age: Values) -> Values:
        """Probability that an account still buys, after x repeat purchases, the last one `last` of `age` weeks in."""
        odds = self._odds(x, last, age)
        return np.asarray(1 / (1 + odds))

    def expected(self, weeks: float, x: Values, last: Values, age: Values) -> Values:
        """Repeat purchases expected in the coming weeks, whether an account is alive or not."""
        from scipy.special import hyp2f1

        a = self.a + 1e-6 if abs(self.a - 1) < 1e-6 else self.a
        z = weeks / (self.alpha + age + weeks)
        # Euler's transformation of the published form: its power and its series overflow for frequent buyers
        grown = (1 - z) ** (a - 1) * hyp2f1(a + self.b - 1 - self.r, a - 1, a + self.b + x - 1, z)
        return np.asarray((a + self.b + x - 1) / (a - 1) * (1 - grown) / (1 + self._odds(x, last, age)))

    def _odds(self, x: Values, last: Values, age: Values) -> Values:
        repeats = np.maximum(x, 1)
        logs = (self.r + x) * np.log((self.alpha + age) / (self.alpha + last))
        odds = self.a / (self.b + repeats - 1) * np.exp(np.minimum(logs, 700))
        return np.asarray(np.where(x > 0, odds, 0.0))


@dataclass(frozen=True)
class Spending:
    """Gamma-Gamma: the mean an account spends in a purchase, around which its purchases vary."""

    p: float
    q: float
    v: float

    def expected(self, x: Values, mean: Values) -> Values:
        """Mean revenue of a coming purchase: what the account spent, drawn towards what all do; needs q above 1."""
        weight = self.p * x / (self.p * x + self.q - 1)
        return np.asarray((1 - weight) * self.p * self.v / (self.q - 1) + weight * np.where(x > 0, mean, 0.0))


def fit_buying(purchases: pd.DataFrame) -> Buying:
    """The BG/NBD model of `purchases` (repeats, recency_days, age_days). Raises `NoModel`."""
    from scipy.special import betaln, gammaln

    _check(purchases)
    x, last, age, n = _grouped(_thinned(purchases))

    def loss(logs: Values) -> float:
        r, alpha, a, b = np.exp(logs)
        common = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + betaln(a, b + x) - betaln(a, b)
        alive = -(r + x) * np.log(alpha + age)
        gone = np.log(a) - np.log(b + np.maximum(x, 1) - 1) - (r + x) * np.log(alpha + last)
        return -float(n @ (common + np.where(x > 0, np.logaddexp(alive, gone), alive))) / float(n.sum())

    return Buying(*_best(loss, np.log([0.5, float(np.average(age, weights=n)) / 4 + 1, 0.8, 2.4])))


def fit_spending(purchases: pd.DataFrame) -> Spending:
    """The Gamma-Gamma model of those who bought again (repeats, mean_repeat). Raises `NoModel`."""
    from scipy.special import gammaln

    rows = purchases[(purchases["repeats"] > 0) & (purchases["mean_repeat"] > 0)]
    _check(rows)
    rows = _thinned(rows)
    x, mean = rows["repeats"].to_numpy(dtype=float), rows["mean_repeat"].to_numpy(dtype=float)
    unit = float(mean.mean())
    mean = mean / unit

    def loss(logs: Values) -> float:
        p, q, v = np.exp(logs)
        terms = gammaln(p * x + q) - gammaln(p * x) - gammaln(q) + q * np.log(v)
        terms = terms + (p * x - 1) * np.log(mean) + p * x * np.log(x) - (p * x + q) * np.log(x * mean + v)
        return -float(terms.mean())

    p, q, v = _best(loss, np.log([2.0, 3.0, 1.0]))
    if q <= 1:
        raise NoModel(
            "spending varies so much between accounts that its mean has no limit (Gamma-Gamma q is at most 1)"
        )
    return Spending(p, q, v * unit)


def repeat_values(
    purchases: pd.DataFrame, buying: Buying, spending: Spending, days: int = HORIZON_DAYS
) -> pd.DataFrame:
    """What each account is expected to bring in so many days.

    `account_id`, `alive` (probability), `purchases`, `mean_value` of one of them, `revenue`, in the rows' order.
    """
    x, last, age = (
        purchases[name].to_numpy(dtype=float) / unit
        for name, unit in (("repeats", 1), ("recency_days", WEEK), ("age_days", WEEK))
    )
    expected = buying.expected(days / WEEK, x, last, age)
    mean = spending.expected(x, purchases["mean_repeat"].to_numpy(dtype=float))
    return pd.DataFrame(
        {
            "account_id": purchases["account_id"],
            "alive": buying.alive(x, last, age),
            "purchases": expected,
            "mean_value": mean,
            "revenue": expected * mean,
        }
    )


def frequency_spend_correlation(purchases: pd.DataFrame) -> float:
    """Pearson's r between how often and how much an account buys again; Gamma-Gamma supposes there is none."""
    rows = purchases[purchases["repeats"] > 0]
    return float(rows["repeats"].astype(float).corr(rows["mean_repeat"].astype(float)))


def _check(purchases: pd.DataFrame) -> None:
    again = int((purchases["repeats"] > 0).sum())
    if again < FEWEST_REPEATERS:
        raise NoModel(f"{again} accounts have bought again; a model needs {FEWEST_REPEATERS}")


def _thinned(purchases: pd.DataFrame) -> pd.DataFrame:
    return purchases.iloc[:: -(-len(purchases) // MOST_FITTED)]


def _grouped(purchases: pd.DataFrame) -> tuple[Values, Values, Values, Values]:
    """Equal histories once, with how many accounts have them."""
    names = ["repeats", "recency_days", "age_days"]
    counts = purchases.groupby(names, as_index=False).size()
    x, last, age, n = (counts[name].to_numpy(dtype=float) for name in (*names, "size"))
    return x, last / WEEK, age / WEEK, n


def _best(loss: Any, start: Values) -> tuple[float, ...]:
    """The parameters (all above zero) with the least loss, from logarithms of a first guess."""
    from scipy.optimize import minimize

    found = minimize(loss, start, method="L-BFGS-B", bounds=[(-9, 14)] * len(start))
    if not found.success or not np.isfinite(found.fun):
        raise NoModel("the purchases do not settle on one model")
    return tuple(float(value) for value in np.exp(found.x))


def models(purchases: pd.DataFrame, is_contractual: bool) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`clv_model`, one row with both models or the words why there is none, and `account_clv`, one row per account."""
    row: dict[str, Any] = dict.fromkeys(("r", "alpha", "a", "b", "p", "q", "v", "correlation"), np.nan)
    row |= {"accounts": len(purchases), "repeaters": int((purchases["repeats"] > 0).sum()), "refused": None}
    values = purchases[["account_id"]].iloc[:0].assign(**dict.fromkeys(EXPECTED, pd.Series(dtype=float)))
    try:
        if is_contractual:
            raise NoModel(CONTRACTUAL)
        if purchases.empty:
            raise NoModel("not connected: invoices")
        buying, spending = fit_buying(purchases), fit_spending(purchases)
        row |= asdict(buying) | asdict(spending) | {"correlation": frequency_spend_correlation(purchases)}
        values = repeat_values(purchases, buying, spending)
    except NoModel as trouble:
        row["refused"] = str(trouble)
    return pd.DataFrame([row]).astype({"refused": "string"}), values


EXPECTED = ("alive", "purchases", "mean_value", "revenue")
