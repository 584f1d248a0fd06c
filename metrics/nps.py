"""Net promoter score with an interval that holds for the small samples of business customers."""

from dataclasses import dataclass
from math import sqrt

Z_95 = 1.959964


@dataclass(frozen=True)
class NetPromoterScore:
    """A score in points, −100 to 100, the ends of its 95 % interval, and the number of answers behind it."""

    value: float
    low: float
    high: float
    n: int


def net_promoter_score(promoters: int, detractors: int, n: int, z: float = Z_95) -> NetPromoterScore:
    """100 × (promoters − detractors) ÷ answers, with the adjusted Wald interval (Rocks 2016).

    The interval adds three answers, ¾ of them promoters' and ¾ detractors', and centres on that estimate, so an
    interval of few answers leans towards zero and is never empty. Raises `ValueError` without an answer.
    """
    if n <= 0:
        raise ValueError("A net promoter score needs at least one answer.")
    larger = n + 3
    promoted, detracted = (promoters + 0.75) / larger, (detractors + 0.75) / larger
    centre = promoted - detracted
    margin = z * sqrt((promoted + detracted - centre**2) / larger)
    return NetPromoterScore(
        value=100 * (promoters - detractors) / n,
        low=100 * max(-1.0, centre - margin),
        high=100 * min(1.0, centre + margin),
        n=n,
    )
