"""CSV files as they come: encodings, delimiters, quotes, number and date forms, and files that change."""

import re
from datetime import date, datetime

import pytest

from data.errors import SourceError
from tests.data.made import loaded, put

LATIN = "account_id,name\nA1,Søren\nB2,Zoë\n"


def names(result):
    return result.column("select name from accounts order by account_id")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding(tmp_path, encoding):
    assert names(loaded(put(tmp_path, {"accounts": LATIN.encode(encoding)}))) == ["Søren", "Zoë"]


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16-le", "cp1252"])
def test_without_a_mark_the_declared_encoding_counts(tmp_path, encoding):
    company = put(tmp_path, {"accounts": LATIN.encode(encoding)}, f'[sources.accounts]\nencoding = "{encoding}"')
    assert names(loaded(company)) == ["Søren", "Zoë"]


def test_a_mark_wins_over_the_declared_encoding(tmp_path):
    company = put(tmp_path, {"accounts": LATIN.encode("utf-16")}, '[sources.accounts]\nencoding = "latin-1"')
    assert names(loaded(company)) == ["Søren", "Zoë"]


def test_what_is_not_utf_8_is_kept_as_a_mark_and_counted(tmp_path):
    result = loaded(put(tmp_path, {"accounts": LATIN.encode("latin-1")}))
    assert names(result) == ["S\ufffdren", "Zo\ufffd"]
    assert "2 characters could not be read as utf-8" in result.notes("accounts")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_first_line_decides_the_delimiter(tmp_path, delimiter):
    text = "account_id,name,csm\nA1,Ada,Kim\n".replace(",", delimiter)
    assert loaded(put(tmp_path, {"accounts": text})).rows("select name, csm from accounts") == [("Ada", "Kim")]


def test_a_declared_delimiter_is_used_whatever_the_first_line_says(tmp_path):
    files = {"accounts": "account_id|name|a,b,c,d,e\nA1|Ada|x\n"}
    assert names(loaded(put(tmp_path, files, '[sources.accounts]\ndelimiter = "|"'))) == ["Ada"]


def test_a_delimiter_within_a_quoted_name_does_not_count(tmp_path):
    assert names(loaded(put(tmp_path, {"accounts": 'account_id;name;"a,b,c,d"\nA1;Ada;x\n'}))) == ["Ada"]


def test_quotes_delimiters_and_line_ends_within_a_field_are_part_of_it(tmp_path):
    text = 'account_id,name\nA1,"Ada, ""the first""\nand only"\nB2,5" pipe\n'
    assert names(loaded(put(tmp_path, {"accounts": text}))) == ['Ada, "the first"\nand only', '5" pipe']


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do_and_the_last_line_needs_none(tmp_path, line_end):
    text = "account_id,name\nA1,Ada\n\nB2,Bo".replace("\n", line_end)
    assert names(loaded(put(tmp_path, {"accounts": text}))) == ["Ada", "Bo"]


def test_leading_zeros_of_an_id_stay(tmp_path):
    result = loaded(put(tmp_path, {"accounts": "account_id,name\n007,Bond\n7,Seven\n"}))
    assert result.rows("select account_id, account_code from accounts") == [(1, "007"), (2, "7")]


def test_blank_lines_and_rows_without_any_value_are_no_rows(tmp_path):
    result = loaded(put(tmp_path, {"accounts": "\n\naccount_id,name\n\nA1,Ada\n,\n\n\nB2,\n"}))
    assert result.counts("accounts") == (2, 1, 1, 0, 0)
    assert result.reasons == [(9, "name", None, "is empty, and every row needs one")]


def test_too_many_fields_refuse_a_row_and_too_few_are_empty(tmp_path):
    text = "account_id,name,csm\nA1,Ada\nB2,Bo,Kim,x\nC3,Cy,Kim,x,y,z\nD4\nE5,Eve,Kim,\n"
    result = loaded(put(tmp_path, {"accounts": text}))
    assert result.column("select account_code from accounts") == ["A1", "E5"]
    assert [(line, column) for line, column, *_ in result.reasons] == [(3, ""), (4, ""), (5, "name")]
    assert "more fields than the first row names columns" in result.reasons[1][3]


def test_a_quote_inside_quotes_that_is_not_doubled_refuses_the_row(tmp_path):
    result = loaded(put(tmp_path, {"accounts": 'account_id,name\nA1,"Ada"x,\nB2,"B""o"\n'}))
    assert result.counts("accounts") == (2, 1, 1, 0, 0)
    assert result.reasons[0][0] == 2
    assert "a quote stands inside quotes" in result.reasons[0][3]


def test_a_quote_that_is_never_closed_is_named_by_its_line(tmp_path):
    with pytest.raises(SourceError, match=r"sources/accounts.csv: a quote is opened in line 3 and never closed"):
        loaded(put(tmp_path, {"accounts": 'account_id,name\nA1,Ada\nB2,"Bo\nC3,Cy\nD4,Di\n'}))


def test_nul_bytes_are_left_out_and_counted(tmp_path):
    result = loaded(put(tmp_path, {"accounts": b"account_id,name\nA1,A\0da\0\n"}))
    assert names(result) == ["Ada"]
    assert "2 unprintable characters were left out" in result.notes("accounts")


def test_an_empty_file_and_one_with_only_a_header_have_no_rows(tmp_path):
    files = {"accounts": "account_id,name\n", "tickets": "", "usage": "account_id,used_on,uses"}
    result = loaded(put(tmp_path, files))
    assert [result.counts(name) for name in ("accounts", "tickets", "usage")] == [(0, 0, 0, 0, 0)] * 3
    assert "is empty" in result.notes("tickets")
    assert result.report.is_good


def test_headers_are_matched_whatever_their_case_and_spaces(tmp_path):
    assert names(loaded(put(tmp_path, {"accounts": " Account ID ,NAME,Joined-On\nA1,Ada,2026-01-05\n"}))) == ["Ada"]


def test_unknown_columns_are_left_out_with_a_note(tmp_path):
    result = loaded(put(tmp_path, {"accounts": "account_id,mood,name\nA1,fine,Ada\n"}))
    assert names(result) == ["Ada"]
    assert "columns the contract does not know were left out: mood" in result.notes("accounts")


def test_a_missing_column_is_named_with_the_nearest_one_there(tmp_path):
    expected = "sources/accounts.csv: the column 'name' is missing. Is it called 'Nam'? The first row names the columns"
    with pytest.raises(SourceError, match=re.escape(expected)):
        loaded(put(tmp_path, {"accounts": "account_id,Nam\nA1,Ada\n"}))


def test_a_column_that_stands_twice_is_an_error(tmp_path):
    with pytest.raises(SourceError, match="the column 'name' stands there twice"):
        loaded(put(tmp_path, {"accounts": "account_id,name,Name\nA1,Ada,Bo\n"}))


INVOICES = "invoice_line_id;account_id;invoiced_on;net_revenue;quantity\n"


@pytest.mark.parametrize(
    ("decimal", "written", "read"),
    [
        (".", "1,234,567.50", 1234567.5),
        (".", "1 234.5", 1234.5),
        (".", "-1'234", -1234),
        (".", "+12.", 12),
        (",", "1.234.567,50", 1234567.5),
        (",", "1 234,5", 1234.5),
        (",", "1.234", 1234),
        (",", "1234,5", 1234.5),
        (",", "-1\u00a0234,5", -1234.5),
    ],
)
def test_numbers_are_read_with_the_declared_decimal_sign(tmp_path, decimal, written, read):
    files = {"invoices": f"{INVOICES}1;A1;2026-01-05;{written};{written}\n"}
    result = loaded(put(tmp_path, files, f'[sources.invoices]\ndecimal = "{decimal}"'))
    assert [(float(net), quantity) for net, quantity in result.rows("select net_revenue, quantity from invoices")] == [
        (read, read)
    ]


@pytest.mark.parametrize(
    ("decimal", "written"),
    [
        (".", "1,23"),
        (".", "12,34,567"),
        (".", "nan"),
        (".", "inf"),
        (".", "12 €"),
        (",", "1.5"),
        (",", "1,2,3"),
        (".", "0x1F"),
    ],
)
def test_what_is_no_number_by_the_declared_sign_is_refused(tmp_path, decimal, written):
    files = {"invoices": f"{INVOICES}1;A1;2026-01-05;{written};\n"}
    result = loaded(put(tmp_path, files, f'[sources.invoices]\ndecimal = "{decimal}"'))
    example = "1234.5" if decimal == "." else "1234,5"
    assert result.reasons == [(2, "net_revenue", written, f"not a number; expected {example}")]


def days(result):
    return result.column("select joined_on from accounts")


@pytest.mark.parametrize(
    "written",
    ["2026-01-05", "2026-1-5", "2026/01/05", "2026-01-05 3:12:00", "2026-01-05T03:12:00.5", "2026-01-05T03:12Z"],
)
def test_dates_are_read_as_year_month_day_by_default(tmp_path, written):
    result = loaded(put(tmp_path, {"accounts": f"account_id,name,joined_on\nA1,Ada,{written}\n"}))
    assert days(result) == [date(2026, 1, 5)]


@pytest.mark.parametrize(
    "written", ["05/01/2026", "2026-13-01", "20260105", "5 Jan 2026", "epoch", "infinity", "2026-01"]
)
def test_other_dates_are_refused_until_their_format_is_declared(tmp_path, written):
    result = loaded(put(tmp_path, {"accounts": f"account_id,name,joined_on\nA1,Ada,{written}\n"}))
    assert result.reasons == [(2, "joined_on", written, "not a date; expected 2026-12-31")]


@pytest.mark.parametrize(("date_format", "read"), [("%d/%m/%Y", date(2026, 1, 5)), ("%m/%d/%Y", date(2026, 5, 1))])
def test_the_declared_format_decides_between_day_first_and_month_first(tmp_path, date_format, read):
    files = {"accounts": "account_id,name,joined_on\nA1,Ada,05/01/2026\nB2,Bo,2026-01-05\n"}
    result = loaded(put(tmp_path, files, f'[sources.accounts]\ndate_format = "{date_format}"'))
    assert days(result) == [read]
    assert result.reasons[0][3] == f"not a date as {date_format}; expected {date(2026, 12, 31).strftime(date_format)}"


def test_days_that_can_only_be_slips_are_refused(tmp_path):
    result = loaded(put(tmp_path, {"accounts": "account_id,name,joined_on\nA1,Ada,0206-01-05\nB2,Bo,9999-12-31\n"}))
    assert [reason for *_, reason in result.reasons] == ["outside the years 1900 to 2199"] * 2


TICKETS = "ticket_id,account_id,opened_at\n"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-01-05 3:12:00", datetime(2026, 1, 5, 3, 12)),
        ("2026-01-05", datetime(2026, 1, 5)),
        ("2026-01-05T03:12:00Z", datetime(2026, 1, 5, 4, 12)),
        ("2026-01-05 23:30:00-05:00", datetime(2026, 1, 6, 5, 30)),
    ],
)
def test_moments_with_a_zone_become_local_time_and_others_are_local(tmp_path, written, read):
    result = loaded(put(tmp_path, {"tickets": f"{TICKETS}1,A1,{written}\n"}, 'time_zone = "Europe/Berlin"'))
    assert result.column("select opened_at from tickets") == [read]


def test_half_days_are_refused_not_taken_for_the_morning(tmp_path):
    result = loaded(put(tmp_path, {"tickets": f"{TICKETS}1,A1,2026-01-05 3:12:00 PM\n"}))
    assert result.reasons[0][3] == "not a moment; expected 2026-12-31 16:05:00"


def test_a_month_is_its_first_day(tmp_path):
    text = "month,pool,amount\n2026-05,rent,10\n2026-06-17,rent,10\nMay,rent,10\n"
    result = loaded(put(tmp_path, {"overheads": text}))
    assert result.column("select month from overheads") == [date(2026, 5, 1), date(2026, 6, 1)]
    assert result.reasons == [(4, "month", "May", "not a month; expected 2026-12")]


def test_a_file_that_grows_while_it_is_read_is_cut_at_its_last_whole_line(tmp_path, monkeypatch):
    company = put(tmp_path, {"accounts": "account_id,name\nA1,Ada\nB2,Bo"})
    path = company.sources / "accounts.csv"

    def grow_and_stage(*args, **kwargs):
        if not grown:
            grown.append(True)
            path.write_text(path.read_text() + "\nC3,Cy\n")
        return stage(*args, **kwargs)

    from data import staging_files

    stage, grown = staging_files.stage, []
    monkeypatch.setattr(staging_files, "stage", grow_and_stage)
    result = loaded(company)
    assert names(result) == ["Ada"]
    assert "was written to while it was read; its first 28 bytes were taken" in result.notes("accounts")
