"""Staging keeps the order of the file, by which a row's line is told."""

from datetime import date

import duckdb
import pytest

from data.company import SourceSettings
from data.contract import SOURCES
from data.csv_files import open_csv
from data.raw_rows import RawColumn, RawRows
from data.staging import stage_select

GERMAN = SourceSettings(decimal=",", date_format="%d.%m.%Y")


@pytest.mark.parametrize("written", [SourceSettings(), GERMAN], ids=["as it comes", "as declared"])
@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_no_step_of_staging_may_shuffle_rows(tmp_path, source, written):
    """DuckDB keeps the order in a batch insert only, and gives that up for any join, also one made of `in (…)`."""
    path = tmp_path / "rows.csv"
    path.write_text(",".join(column.name for column in source.columns) + "\n")
    rows = open_csv(path, path.name, source, written, tmp_path)
    select = stage_select(source, rows, written, "Europe/Berlin", date(2026, 11, 22))
    plan = duckdb.connect().execute(f"explain create table staged as {select}").fetchall()[0][1]
    assert "Batch Create Table As" in plan
    assert "Join" not in plan


@pytest.mark.parametrize("relation", ["parquet", "sheet", "query"])
def test_typed_rows_keep_their_order_too(tmp_path, relation):
    connection = duckdb.connect()
    select = (
        "select i as ticket_id, 'A1' as account_id, now() as opened_at, 'low' as priority from range(300000) as t(i)"
    )
    table = connection.sql(select).to_arrow_table()
    if relation == "parquet":
        connection.execute(f"copy ({select}) to '{tmp_path}/rows.parquet'").fetchall()
        name = f"read_parquet('{tmp_path}/rows.parquet')"
    else:
        name = "given"
        connection.register(name, table if relation == "sheet" else table.to_reader(1000))
    kinds = connection.execute(f"describe select * from {name}").fetchall()
    columns = {column: RawColumn(column, kind) for column, kind, *_ in kinds}
    rows = RawRows(file="rows", relation=name, columns=columns, all_columns=list(columns))
    select = stage_select(SOURCES["tickets"], rows, SourceSettings(), "Europe/Berlin", date(2026, 11, 22))
    assert "Batch Create Table As" in connection.execute(f"explain create table staged as {select}").fetchall()[0][1]
    connection.execute(f"create table staged as {select}").fetchall()
    moved = connection.execute("select count(*) from staged where rowid <> cast(ticket_id as bigint)").fetchall()
    assert moved == [(0,)]
