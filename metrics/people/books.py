"""The months of the books as the source `finance` has them, and which of them are over."""

from datetime import date, timedelta
from decimal import Decimal

import pandas as pd

from metrics.people.returns import Month

BOOKS = """
    select
        year(month) as year,
        month(month) as month,
        cast(net_income as varchar) as net_income,
        cast(fte as varchar) as fte
    from finance
    order by 1, 2
    """
"""A select of every month, amounts as text: a decimal that passes through a float is no longer exact."""


def months(rows: pd.DataFrame) -> list[Month]:
    """The months of a result of `BOOKS`, oldest first."""
    return [
        Month(f"{row.year:04}-{row.month:02}", Decimal(str(row.net_income)), Decimal(str(row.fte)))
        for row in rows.itertuples()
    ]


def last_month(day: date) -> str:
    """The newest month that is over by the end of a day."""
    after = day + timedelta(days=1)
    return f"{after.replace(day=1) - timedelta(days=1):%Y-%m}"


def last_day(month: str) -> date:
    """The last day of a month."""
    year, nth = (int(part) for part in month.split("-"))
    return date(year + nth // 12, nth % 12 + 1, 1) - timedelta(days=1)
