"""Money in the reporting currency: each row at the rate of its own day, a subscription at that of its start."""

import duckdb

from data.columns import Source
from data.sql import run, text
from data.staging import SCRATCH, staged

RATE_DAYS = f"{SCRATCH}.rate_days"


def rate_day(source: Source) -> str:
    """The day whose rate a row of the source takes, as SQL."""
    days = ", ".join(f"cast(s.{column} as date)" for column in source.rate_on)
    return f"coalesce({days})" if len(source.rate_on) > 1 else days


def is_foreign(currency: str) -> str:
    """Whether a row's money has to be converted, as SQL."""
    return f"upper(coalesce(s.currency, {text(currency)})) <> {text(currency)}"


def find_rates(connection: duckdb.DuckDBPyConnection, source: Source, currency: str) -> None:
    """Make `loading.rate_days`: the rate of every foreign currency on every day the staged source needs it.

    A rate is valid until the next. Days are few, so rows can be joined to them by equality.
    """
    run(
        connection,
        f"""
        create or replace table {RATE_DAYS} as
        with wanted as (
            select distinct upper(s.currency) as currency, {rate_day(source)} as day_on
            from {staged(source)} as s
            where s.is_row and s.trouble is null and {is_foreign(currency)}
        ),
        spans as (
            select
                currency,
                rate,
                valid_from,
                lead(valid_from) over (partition by currency order by valid_from) as valid_until
            from rates
        )
        select w.currency, w.day_on, s.rate
        from wanted as w
        join spans as s
            on s.currency = w.currency
            and s.valid_from <= w.day_on
            and (s.valid_until is null or s.valid_until > w.day_on)
        """,
    )


def converted(column: str) -> str:
    """A money column in the reporting currency, as SQL: rows that join no rate are in it already."""
    exact = f"cast(round(cast(s.{column} as double) * r.rate, 4) as decimal(18,4))"
    return f"case when r.rate is null then s.{column} else {exact} end"
