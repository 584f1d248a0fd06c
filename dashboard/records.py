"""Rows of a small frame for a template: plain values, None for what is missing, dates as dates."""

from typing import Any

import pandas as pd


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """One dict per row."""
    columns = {str(name): _plain(frame[name]) for name in frame.columns}
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _plain(column: "pd.Series[Any]") -> list[Any]:
    if pd.api.types.is_datetime64_any_dtype(column):
        return [None if pd.isna(value) else _day(value) for value in column]
    return [None if value is None or value is pd.NA or value != value else value for value in column.tolist()]


def _day(value: pd.Timestamp) -> Any:
    """A date where there is no time of day, else the moment."""
    return value.date() if value == value.normalize() else value.to_pydatetime()
