"""Files whose columns have types of their own: Parquet, workbooks, and selects over foreign files."""

from datetime import date, datetime
from pathlib import Path

import duckdb
import openpyxl
import pytest

from data.errors import SourceError
from tests.data.made import loaded, put


def parquet(folder: Path, source: str, select: str) -> None:
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    duckdb.sql(f"copy ({select}) to '{folder}/sources/{source}.parquet'")


def test_parquet_values_keep_their_types_and_are_checked(tmp_path):
    parquet(
        tmp_path,
        "tickets",
        """
        select * from (values
            (1, 'A1', timestamp '2026-01-05 10:00', true, 5.0),
            (2, 'A1', timestamp '2026-01-05 10:00', null, null),
            (3, 'A1', null, false, 5.0),
            (4, 'A1', timestamp '2026-01-05 10:00', false, 4.5),
            (5, 'A1', timestamp '2026-01-05 10:00', false, 'nan'::double),
            (6, 'A1', 'infinity'::timestamp, false, 5.0),
            (7, 'nobody', timestamp '2026-01-05 10:00', false, 5.0)
        ) as t(ticket_id, account_id, opened_at, is_repeat, csat)
        """,
    )
    result = loaded(put(tmp_path, {}))
    assert result.rows("select ticket_id, opened_at, is_repeat, csat from tickets order by 1") == [
        ("1", datetime(2026, 1, 5, 10), True, 5),
        ("2", datetime(2026, 1, 5, 10), None, None),
        ("5", datetime(2026, 1, 5, 10), False, None),
    ]
    assert [(line, column) for line, column, *_ in result.reasons] == [
        (3, "opened_at"),
        (4, "csat"),
        (6, "opened_at"),
        (7, "account_id"),
    ]


def test_a_type_that_does_not_say_such_a_thing_is_refused(tmp_path):
    select = "select 1 as ticket_id, 'A1' as account_id, 20260105 as opened_at, 3 as is_repeat"
    parquet(tmp_path, "tickets", select)
    assert loaded(put(tmp_path, {})).reasons == [
        (1, "opened_at", "20260105", "not a moment; expected 2026-12-31 16:05:00")
    ]


def test_ids_that_came_as_decimals_are_whole(tmp_path):
    parquet(tmp_path, "usage", "select 7.0::double as account_id, date '2026-01-05' as used_on, 2::bigint as uses")
    result = loaded(put(tmp_path, {"accounts": "account_id,name\n7,Seven\n"}))
    assert result.rows("select account_id, used_on, uses from usage") == [(1, date(2026, 1, 5), 2)]


def test_moments_with_a_zone_become_local_time(tmp_path):
    parquet(
        tmp_path, "tickets", "select 1 as ticket_id, 'A1' as account_id, timestamptz '2026-01-05 23:30+00' as opened_at"
    )
    result = loaded(put(tmp_path, {}, 'time_zone = "Europe/Berlin"'))
    assert result.column("select opened_at from tickets") == [datetime(2026, 1, 6, 0, 30)]


def test_a_folder_of_parquet_files_is_one_source(tmp_path):
    (tmp_path / "sources" / "products.parquet").mkdir(parents=True)
    for nth in (1, 2):
        parquet(tmp_path, f"products.parquet/part-{nth}", f"select 'P{nth}' as product_id, 'n' as name")
    assert loaded(put(tmp_path, {})).counts("products") == (2, 2, 0, 0, 0)


def test_what_is_no_parquet_file_is_named(tmp_path):
    result = loaded(put(tmp_path, {"products.parquet": "not parquet"}))
    assert result.report.troubles[0].startswith("sources/products.parquet: can't be read as Parquet")


def workbook(path: Path, **sheets: list[list[object]]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)


def test_a_workbook_is_read_from_the_sheet_of_its_name(tmp_path):
    header = ["Ticket ID", "Account ID", "opened_at", "csat", "is_repeat"]
    rows = [
        [],
        header,
        [1001, "A1", datetime(2026, 1, 5, 3, 12), 5, True],
        [],
        ["007", "A1", date(2026, 1, 5), None, False],
        [1002, "A1", "soon", 5, None],
    ]
    workbook(tmp_path / "sources" / "tickets.xlsx", Notes=[["x"]], Tickets=rows)
    result = loaded(put(tmp_path, {}))
    assert result.counts("tickets") == (3, 2, 1, 0, 0)
    assert result.rows("select ticket_id, opened_at, csat, is_repeat from tickets order by 1") == [
        ("007", datetime(2026, 1, 5), None, False),
        ("1001", datetime(2026, 1, 5, 3, 12), 5, True),
    ]
    assert result.reasons == [(6, "opened_at", "soon", "not a moment; expected 2026-12-31 16:05:00")]


def test_what_is_no_workbook_is_named(tmp_path):
    result = loaded(put(tmp_path, {"tickets.xlsx": "not a workbook"}))
    assert result.report.troubles[0].startswith("sources/tickets.xlsx: can't be opened as a workbook")


def test_an_empty_workbook_has_no_rows(tmp_path):
    workbook(tmp_path / "sources" / "tickets.xlsx", Sheet1=[])
    assert loaded(put(tmp_path, {})).counts("tickets") == (0, 0, 0, 0, 0)


def test_a_select_maps_foreign_files_beside_the_company(tmp_path):
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "crm.csv").write_text("Id,Firm,Since\nA1,Ada,05/01/2026\n")
    sql = """
        -- Our CRM writes day/month/year.
        select Id as account_id, Firm as name, strptime(Since, '%d/%m/%Y') as joined_on, 1 as ignored
        from read_csv('raw/crm.csv', all_varchar = true);
        """
    company = put(tmp_path, {"accounts.sql": sql})
    (tmp_path / "sources" / "accounts.csv").unlink()
    result = loaded(company)
    assert result.rows("select account_code, name, joined_on from accounts") == [("A1", "Ada", date(2026, 1, 5))]


def test_a_select_reads_workbooks_as_raw_tables(tmp_path):
    workbook(
        tmp_path / "raw" / "2026" / "Online Sales.xlsx",
        **{"Order lines": [["Order", "Paid "], [17850, 12.5], ["X1", 3]]},
    )
    sql = (
        "select \"Order\" as invoice_line_id, 'A1' as account_id, date '2026-01-05' as invoiced_on, Paid as net_revenue"
    )
    result = loaded(put(tmp_path, {"invoices.sql": f"{sql} from raw_Online_Sales_Order_lines"}))
    assert [(line, float(net)) for line, net in result.rows("select invoice_line_id, net_revenue from invoices")] == [
        ("17850", 12.5),
        ("X1", 3),
    ]


def test_workbooks_of_one_name_are_told_apart_by_their_folder(tmp_path):
    for folder in ("north", "south"):
        workbook(tmp_path / "raw" / folder / "sales.xlsx", rows=[["product_id", "name"], [folder, "x"]])
    both = loaded(put(tmp_path, {"products.sql": "from raw_sales_rows"})).report.troubles[0]
    assert "are both called raw_sales_rows. Write the name of the folder as well: raw_south_sales_rows" in both
    result = loaded(put(tmp_path, {"products.sql": "from raw_north_sales_rows"}))
    assert result.column("select product_id from products") == ["north"]


@pytest.mark.parametrize(
    ("sql", "trouble"),
    [
        ("selec 1", "syntax error"),
        ("select product_id from raw_prices_sheet1", "Tables made of workbooks: raw_sales_rows."),
        ("from 'raw/nothing.csv'", "Paths start at the company folder"),
        ("select 1 as product_id", "the column 'name' is missing"),
        ("select 'P1' as product_id, cast('x' as int) as name", "Could not convert string 'x'"),
        ("select 1; select 2", "must be one select and nothing else; it has 2 statements"),
        ("copy (select 1) to 'stolen.csv'", "must be one select"),
        ("", "must be one select and nothing else; it has 0 statements"),
        ("from read_xlsx('raw/sales.xlsx')", "select from raw_FILE_SHEET"),
    ],
)
def test_what_is_wrong_with_a_select_is_said_with_its_file(tmp_path, sql, trouble):
    workbook(tmp_path / "raw" / "sales.xlsx", rows=[["product_id"], ["P1"]])
    found = loaded(put(tmp_path, {"products.sql": sql})).report.troubles
    assert len(found) == 1
    assert found[0].startswith("sources/products.sql: ")
    assert trouble in found[0]


def test_a_select_that_fails_on_a_late_row_is_named(tmp_path):
    sql = "select 'P' || i as product_id, if(i = 99999, error('no price'), 'x') as name from range(100000) as t(i)"
    found = loaded(put(tmp_path, {"products.sql": sql})).report.troubles
    assert found[0].startswith("sources/products.sql: ")
    assert "no price" in found[0]


def test_two_files_of_one_source_are_an_error_unless_one_is_an_empty_form(tmp_path):
    parquet(tmp_path, "products", "select 'P1' as product_id, 'n' as name")
    assert loaded(put(tmp_path, {"products": "product_id,name\n"})).counts("products") == (1, 1, 0, 0, 0)
    with pytest.raises(SourceError, match=r"products.csv and products.parquet are both products. Keep one"):
        loaded(put(tmp_path, {"products": "product_id,name\nP1,n\n"}))


def test_a_file_that_is_no_source_is_left_out_with_a_note(tmp_path):
    notes = loaded(put(tmp_path, {"acounts": "x\n", "COLUMNS.md": "x", "notes.txt": "x"})).notes("")
    assert "acounts.csv is not a source and was left out. Did you mean 'accounts'?" in notes
    assert "notes.txt is not a source and was left out." in notes
    assert "COLUMNS" not in notes


def test_without_accounts_or_a_folder_nothing_is_loaded(tmp_path):
    company = put(tmp_path, {})
    (tmp_path / "sources" / "accounts.csv").unlink()
    with pytest.raises(SourceError, match="there is no accounts file, the one source that is required"):
        loaded(company)
    (tmp_path / "sources").rmdir()
    with pytest.raises(SourceError, match=r"sources: there is no such folder. `sevenviews init .*` makes one"):
        loaded(company)


def test_every_file_that_cannot_be_loaded_is_named_at_once(tmp_path):
    found = loaded(put(tmp_path, {"tickets": "x\n1\n", "usage": "y\n1\n"})).report.troubles
    assert [trouble.split(":")[0] for trouble in found] == ["sources/usage.csv", "sources/tickets.csv"]
