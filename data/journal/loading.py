"""The journal as one more source of a build: its overrides as a table of the warehouse."""

from dataclasses import asdict

import duckdb
import pyarrow as pa

from data.company import Company
from data.journal.opening import open_journal
from data.journal.overrides import Override, every_override
from data.sql import one, run

_TEXT, _DAY, _MOMENT = pa.string(), pa.date32(), pa.timestamp("us")
COLUMNS = pa.schema(
    {
        "override_id": pa.int64(), "account_code": _TEXT, "view": _TEXT, "made_at": _MOMENT, "made_on": _DAY,
        "week": _DAY, "author": _TEXT, "is_verified": pa.bool_(), "rule_points": pa.float64(), "rule_status": _TEXT,
        "status": _TEXT, "points": pa.float64(), "reason": _TEXT, "expires_on": _DAY, "withdrawn_at": _MOMENT,
        "withdrawn_by": _TEXT, "withdrawn_week": _DAY,
    }
)  # fmt: skip

OVERRIDES = """
    create or replace table overrides as
    with codes as (
        select account_code as code, account_id, 0 as is_alias from accounts
        union all
        select alias as code, account_id, 1 as is_alias from account_aliases
    ),
    numbered as (
        select code, account_id, row_number() over (partition by code order by is_alias) as nth from codes
    ),
    met as (
        select j.*, n.account_id
        from journal_overrides as j
        left join numbered as n on n.code = j.account_code and n.nth = 1
    ),
    later as (
        select
            *,
            min(week) over (
                partition by coalesce(cast(account_id as varchar), '?' || account_code), view
                order by override_id
                rows between 1 following and unbounded following
            ) as replaced_week
        from met
    )
    select
        override_id, account_id, account_code, view, made_at, made_on, week as starts_on,
        least(
            expires_on, coalesce(withdrawn_week, expires_on), coalesce(replaced_week, expires_on)
        ) as ends_on,
        expires_on, withdrawn_at, withdrawn_by, author, is_verified, rule_points, rule_status, status, points, reason
    from later
    order by override_id
    """
"""An override stands in the weeks `starts_on <= as_of and as_of < ends_on`; no two of an account and view overlap."""


def put_overrides(company: Company, connection: duckdb.DuckDBPyConnection) -> int:
    """Make the table `overrides` beside the loaded sources; how many are for accounts that are not there comes back.

    Those are kept, without an `account_id`, and noted. A journal that was never begun gives an empty table and is not
    made. Raises `JournalError`.
    """
    connection.register("journal_overrides", _table(every_override(open_journal(company))))
    try:
        run(connection, OVERRIDES)
    finally:
        connection.unregister("journal_overrides")
    unknown = int(one(connection, "select count(*) from overrides where account_id is null"))
    if unknown:
        some = "1 override is for an account" if unknown == 1 else f"{unknown:,} overrides are for accounts"
        note = f"{some} not among the accounts; kept, and of no effect"
        run(connection, "insert into load_notes values ('overrides', 'the journal', $note)", note=note)
    return unknown


def _table(found: list[Override]) -> pa.Table:
    return pa.Table.from_pylist([asdict(one) for one in found], schema=COLUMNS)
