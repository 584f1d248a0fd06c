"""Numbers for ids: accounts, contacts and users have numbers inside the warehouse and keep their text at the edges.

`loading.account_codes` reads any id met in a source, an alias too, as an account: its number and its own id.
`loading.contact_codes` and `loading.user_codes` give numbers to the contacts and users met so far.
"""

import duckdb

from data.contract import SOURCES
from data.sql import one, run
from data.staging import SCRATCH, staged

LONGEST_CHAIN = 10


def make_codes(connection: duckdb.DuckDBPyConnection) -> None:
    """The tables of codes, still without any."""
    run(
        connection,
        f"create table {SCRATCH}.account_codes (code varchar, account_id integer, account_code varchar)",
    )
    run(connection, f"create table {SCRATCH}.contact_codes (code varchar, number integer)")
    run(connection, f"create table {SCRATCH}.user_codes (code varchar, number integer)")
    run(connection, f"create table {SCRATCH}.alias_map (alias varchar, code varchar)")


def map_aliases(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `loading.alias_map` from the staged aliases: each alias with the id at the end of its chain.

    Of two rows for one alias the first counts. A chain that never ends is followed for ten steps.
    """
    run(
        connection,
        f"""
        insert into {SCRATCH}.alias_map
        with recursive numbered as (
            select alias, account_id, row_number() over (partition by alias order by rowid) as nth
            from {staged(SOURCES["account_aliases"])}
            where is_row and trouble is null
        ),
        step as (
            select alias, account_id as code from numbered where nth = 1 and alias <> account_id
        ),
        chain as (
            select alias, code, 1 as steps from step
            union all
            select c.alias, s.code, c.steps + 1
            from chain as c
            join step as s on s.alias = c.code
            where c.steps < {LONGEST_CHAIN}
        ),
        ends as (
            select alias, max(steps) as steps from chain group by alias
        )
        select c.alias, c.code
        from chain as c
        join ends as e on e.alias = c.alias and e.steps = c.steps
        """,
    )


def number_accounts(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `loading.account_codes` from the staged accounts, numbered from 1 in the order of their ids, and aliases."""
    run(
        connection,
        f"""
        insert into {SCRATCH}.account_codes
        with own as (
            select distinct coalesce(m.code, s.account_id) as code
            from {staged(SOURCES["accounts"])} as s
            left join {SCRATCH}.alias_map as m on m.alias = s.account_id
            where s.is_row and s.trouble is null
        ),
        numbered as (
            select code, cast(row_number() over (order by code) as integer) as account_id from own
        )
        select code, account_id, code as account_code from numbered
        union all
        select m.alias, n.account_id, n.code as account_code
        from {SCRATCH}.alias_map as m
        join numbered as n on n.code = m.code
        """,
    )


def lost_parents(connection: duckdb.DuckDBPyConnection) -> int:
    """How many of the loaded accounts name a parent that is no account."""
    named = one(
        connection,
        f"""
        select count(*)
        from {staged(SOURCES["accounts"])} as s
        where s.is_row and s.trouble is null and s.parent_account_id is not null
            and s.parent_account_id not in (select code from {SCRATCH}.account_codes)
        """,
    )
    return int(named)


def number_people(connection: duckdb.DuckDBPyConnection, source: str, column: str, codes: str) -> None:
    """Give a number to every contact or user of a staged source that has none yet, in the order of their ids."""
    run(
        connection,
        f"""
        insert into {SCRATCH}.{codes}
        with met as (
            select distinct {column} as code
            from {SCRATCH}.{source}
            where is_row and trouble is null and {column} is not null
        ),
        before as (
            select coalesce(max(number), 0) as number from {SCRATCH}.{codes}
        )
        select m.code, cast(b.number + row_number() over (order by m.code) as integer) as number
        from met as m
        cross join before as b
        where not exists (select 1 from {SCRATCH}.{codes} as k where k.code = m.code)
        """,
    )
