"""The physical line of a row in its file, told for the rows that were set aside.

A staged row is known by its place among the rows that parsed, from 0. Its line lies further down by the records before
it that did not parse, and by the line ends inside the fields of the records before it. Both are few, so they are held
as gaps: from a place on, up to another, everything is moved by so much.
"""

import duckdb

from data.columns import Source
from data.raw_rows import CsvText, RawRows
from data.sql import one, run
from data.staging import SCRATCH, staged

LINES = f"{SCRATCH}.lines"
END = 2**62


def broken(source: Source) -> str:
    """The name of the table of a source's records that did not parse."""
    return f"{SCRATCH}.{source.name}_broken"


def note_broken_records(connection: duckdb.DuckDBPyConnection, source: Source, csv: CsvText | None) -> None:
    """Make the table of what DuckDB could not parse, by its place among all records from 0."""
    if csv is None:
        rejected, before = "(select 0 as line, 0 as byte_position, '' as csv_line, '' as error_type where false)", 0
    else:
        rejected, before = csv.rejects, csv.header_records + 1
    run(
        connection,
        f"""
        create or replace table {broken(source)} as
        with numbered as (
            select
                line,
                coalesce(csv_line, '') as record,
                cast(error_type as varchar) as trouble,
                row_number() over (partition by line order by byte_position) as nth
            from {rejected}
        )
        select
            cast(line as bigint) - {before} as place,
            record,
            trouble,
            length(record) - length(replace(record, chr(10), '')) as line_ends
        from numbered
        where nth = 1
        """,
    )


def counted_lines(connection: duckdb.DuckDBPyConnection, source: Source) -> int:
    """The physical lines that the staged rows and the broken records take up."""
    return int(
        one(
            connection,
            f"""
            select
                (select count(*) + coalesce(sum(line_ends), 0) from {staged(source)})
                + (select count(*) + coalesce(sum(line_ends), 0) from {broken(source)})
            """,
        )
    )


def make_lines(connection: duckdb.DuckDBPyConnection, source: Source, rows: RawRows, places: str) -> None:
    """Make `loading.lines`: for each `place` of the select `places` of staged rows, its `line`."""
    _make_broken_gaps(connection, source)
    _make_line_end_gaps(connection, source)
    run(
        connection,
        f"""
        create or replace table {LINES} as
        with places as ({places}),
        records as ({_moved("places", "broken_gaps")})
        select place, {rows.first_line} + moved as line from ({_moved("records", "line_end_gaps", "moved")}) as lines
        """,
    )


def broken_line(source: Source, rows: RawRows) -> str:
    """The line of each broken record: a select of `place` and `line`."""
    return f"""
        select place, {rows.first_line} + moved as line
        from ({_moved(broken(source), "line_end_gaps")}) as lines
        """


def _moved(points: str, gaps: str, place: str = "place") -> str:
    """Each place with where it is `moved` by the gaps."""
    return f"""
        select p.place, p.{place} + coalesce(g.shift, 0) as moved
        from {points} as p
        left join {SCRATCH}.{gaps} as g on g.from_place <= p.{place} and p.{place} < g.until_place
        """


def _make_broken_gaps(connection: duckdb.DuckDBPyConnection, source: Source) -> None:
    """Gaps that lead from places among the rows that parsed to places among all records."""
    _make_gaps(
        connection,
        "broken_gaps",
        f"select place - (row_number() over (order by place) - 1) as from_place, 1 as size from {broken(source)}",
    )


def _make_line_end_gaps(connection: duckdb.DuckDBPyConnection, source: Source) -> None:
    """Gaps that lead from places among all records to lines."""
    stretched = f"select rowid as place, line_ends from {staged(source)} where line_ends > 0"
    _make_gaps(
        connection,
        "line_end_gaps",
        f"""
        with stretched as ({stretched}),
        parsed as ({_moved("stretched", "broken_gaps")})
        select p.moved + 1 as from_place, s.line_ends as size
        from parsed as p
        join stretched as s on s.place = p.place
        union all
        select place + 1 as from_place, line_ends as size from {broken(source)} where line_ends > 0
        """,
    )


def _make_gaps(connection: duckdb.DuckDBPyConnection, table: str, sizes: str) -> None:
    """A table of gaps: what a place is moved by is the sum of the sizes up to it."""
    run(
        connection,
        f"""
        create or replace table {SCRATCH}.{table} as
        with sizes as (select from_place, sum(size) as size from ({sizes}) as s group by from_place)
        select
            from_place,
            lead(from_place, 1, {END}) over (order by from_place) as until_place,
            cast(sum(size) over (order by from_place) as bigint) as shift
        from sizes
        """,
    )
