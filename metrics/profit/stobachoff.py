"""The Stobachoff index: how far the accounts that earn carry those that do not. Unverified."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.profit.money import whole

UNVERIFIED = "unverified: the formula is from memory, no published text of it has been seen"


@dataclass(frozen=True)
class Stobachoff:
    """Both things that customer profit is vulnerable by. High subsidising with few profitable accounts is most exposed.

    `area` lies under the whale curve drawn from 0 to 1 in accounts and in profit, `index` = (area − ½) ÷ area: 0 where
    all accounts are equally profitable, towards 1 where few carry many. `dependence` is the share of accounts that earn
    anything. Marked `UNVERIFIED` wherever it is shown.
    """

    area: float
    index: float
    dependence: float


def stobachoff(rows: pd.DataFrame) -> Stobachoff | None:
    """The index of one week end's rows (`profit`; a missing one is left out); None unless their total is above zero."""
    units = np.sort(whole(rows.loc[rows["profit"].notna(), "profit"]))[::-1].astype(float)
    total = units.sum()
    if total <= 0:
        return None
    running = np.cumsum(units)
    area = float((running.sum() - total / 2) / (len(units) * total))
    return Stobachoff(area=area, index=(area - 0.5) / area, dependence=float((units > 0).mean()))
