"""Exact sums of money that arrives as floats: whole ten-thousandths, as many places as the warehouse keeps."""

import numpy as np
import pandas as pd

PLACES = 10_000


def whole(amounts: pd.Series) -> np.ndarray:
    """Amounts (float64 or Decimal) in whole ten-thousandths of the currency; a missing one is zero."""
    return np.rint(amounts.astype(float).fillna(0).to_numpy() * PLACES).astype(np.int64)


def money(units: int) -> float:
    """Ten-thousandths as an amount of money."""
    return int(units) / PLACES
