"""What customers are worth: ARR movements, retention, renewals, the cost of winning accounts, and lifetime value.

A company with any subscription is contractual: it is known who has left. One without is told from its invoices.
"""

from metrics.value.acquisition import CAC, Margin, by_channel, cac_figures, gross_margin, last_quarters
from metrics.value.figure import Figure
from metrics.value.figures import TOO_FEW_LEFT, NamedFigure, value_figures
from metrics.value.lifetime import (
    INTEREST,
    LifetimeValue,
    RatioChange,
    article_value,
    discounted_value,
    lifetime_values,
    ratio_change,
)
from metrics.value.retention import METHOD, RETENTION, SUMS, Sources, retention_figures
from metrics.value.survival import Life, curve, kept_at, life
from metrics.value.tables import VALUE_TABLES, make_value
from metrics.value.trend import ratio_trend

__all__ = [
    "CAC",
    "INTEREST",
    "METHOD",
    "RETENTION",
    "SUMS",
    "TOO_FEW_LEFT",
    "VALUE_TABLES",
    "Figure",
    "Life",
    "LifetimeValue",
    "Margin",
    "NamedFigure",
    "RatioChange",
    "Sources",
    "article_value",
    "by_channel",
    "cac_figures",
    "curve",
    "discounted_value",
    "gross_margin",
    "kept_at",
    "last_quarters",
    "life",
    "lifetime_values",
    "make_value",
    "ratio_change",
    "ratio_trend",
    "retention_figures",
    "value_figures",
]
