"""Whatever a source holds, every row is accounted for, or a sentence says why the file can't be loaded."""

import shutil
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.errors import SourceError
from tests.data.made import loaded, put

MANY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

TICKETS = b"ticket_id,account_id,opened_at,priority,csat\n"
PIECES = st.sampled_from(
    [b",", b";", b"\n", b"\r\n", b"\r", b'"', b'""', b"\t", b"\0", b"\x01", b"\xff", b"A1", b"B2", b"2026-01-05", b"9",
     b"\xef\xbb\xbf", b"\xff\xfe", b"low", b" ", b"nan", b"-", b"\xe2\x80\xa6", b"ticket_id,account_id,opened_at\n"]
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "company"


def accounted_for(folder: Path, files: dict[str, str | bytes], source: str) -> None:
    """Every row of the source is in one place, and what is set aside has its line and its reason."""
    try:
        result = loaded(put(folder, files))
    except SourceError as trouble:
        assert str(trouble).startswith("sources/")
        return
    finally:
        shutil.rmtree(folder / "sources", ignore_errors=True)
    assert all(trouble.startswith("sources/") for trouble in result.report.troubles)
    rows_in, *parts = result.counts(source)
    assert rows_in == sum(parts)
    assert len(result.reasons) == sum(parts[1:])
    assert all(line >= 1 and reason for line, _, _, reason in result.reasons)


@MANY
@given(st.lists(PIECES, max_size=60).map(b"".join))
def test_any_bytes_behind_a_header_are_accounted_for(folder, body):
    accounted_for(folder, {"tickets": TICKETS + body}, "tickets")


@MANY
@given(st.binary(max_size=300))
def test_any_bytes_as_a_file_are_accounted_for(folder, body):
    accounted_for(folder, {"tickets": body}, "tickets")


@MANY
@given(st.lists(PIECES, max_size=40).map(b"".join))
def test_any_bytes_as_accounts_are_accounted_for(folder, body):
    accounted_for(folder, {"accounts": b"account_id,name,joined_on,employees\n" + body, "tickets": ""}, "accounts")


TEXTS = st.one_of(st.text(max_size=6), st.sampled_from(["A1", "B2", "nps", "2026-01-05", "7", "USD"]))
VALUES = [
    (pa.string(), TEXTS),
    (pa.int64(), st.integers(-(2**63), 2**63 - 1)),
    (pa.float64(), st.floats()),
    (pa.bool_(), st.booleans()),
    (pa.date32(), st.dates()),
    (pa.timestamp("us"), st.datetimes(datetime(1, 1, 1), datetime(9999, 1, 1))),
    (pa.timestamp("us", "UTC"), st.datetimes(datetime(1800, 1, 1), datetime(2300, 1, 1))),
    (pa.list_(pa.int64()), st.lists(st.integers(0, 9), max_size=2)),
]
COLUMNS = ["response_id", "account_id", "contact_id", "kind", "answered_on", "score", "score_max"]


@st.composite
def tables(draw: st.DrawFn) -> pa.Table:
    """A table of the columns of surveys with values of any types."""
    rows = draw(st.integers(0, 5))
    columns = {}
    for name in COLUMNS:
        kind, value = draw(st.sampled_from(VALUES))
        columns[name] = pa.array(draw(st.lists(st.one_of(st.none(), value), min_size=rows, max_size=rows)), kind)
    return pa.table(columns)


@MANY
@given(tables())
def test_any_table_of_values_is_accounted_for(folder, table):
    put(folder, {})
    pq.write_table(table, folder / "sources" / "surveys.parquet")
    accounted_for(folder, {}, "surveys")


FIELD = st.text(st.sampled_from('ab ,;"\n\u00e9'), max_size=6)
RECORD = st.one_of(st.just([]), st.lists(FIELD, min_size=3, max_size=9))


@MANY
@given(
    st.lists(RECORD, max_size=12), st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]), st.sampled_from(["\n", "\r\n"])
)
def test_the_line_of_a_refused_row_is_where_it_begins_in_the_file(folder, records, encoding, line_end):
    text, expected = "ticket_id,account_id,opened_at,comment,more\n", []
    for nth, fields in enumerate(records):
        if fields:
            expected.append(text.count("\n") + 1)
            text += ",".join(f'"{field}"' for field in [f"T{nth}", *(field.replace('"', '""') for field in fields)])
        text += "\n"
    result = loaded(put(folder, {"tickets": text.replace("\n", line_end).encode(encoding)}))
    assert [line for line, *_ in result.reasons] == expected
