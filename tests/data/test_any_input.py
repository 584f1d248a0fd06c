"""Whatever a source file holds, every row is accounted for, or a sentence says why the file can't be loaded."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.contract import SOURCES
from data.errors import SourceError
from tests.data.made import ACCOUNTS, loaded, put

MANY = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

HEADER = b"ticket_id,account_id,opened_at,priority,csat\n"
PIECES = st.sampled_from(
    [b",", b";", b"\n", b"\r\n", b"\r", b'"', b'""', b"\t", b"\0", b"\x01", b"\xff", b"A1", b"B2", b"2026-01-05", b"9",
     b"\xef\xbb\xbf", b"\xff\xfe", b"low", b" ", b"nan", b"-", b"\xe2\x80\xa6", b"ticket_id,account_id,opened_at\n"]
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "company"


def holds(folder: Path, files: dict[str, str | bytes], source: str, toml: str = "") -> None:
    shutil.rmtree(folder, ignore_errors=True)
    company = put(folder, files, toml)
    try:
        result = loaded(company)
    except SourceError as trouble:
        assert "sources/" in str(trouble)
        return
    for trouble in result.report.troubles:
        assert "sources/" in trouble
    rows_in, *parts = result.counts(source)
    assert rows_in == sum(parts)
    assert len(result.reasons) == sum(parts[1:])
    lines = (folder / "sources" / f"{source}.csv").read_bytes().count(b"\n") + 1
    assert all(1 <= line for line, *_ in result.reasons)
    assert lines


@MANY
@given(st.lists(PIECES, max_size=60).map(b"".join))
def test_any_bytes_after_a_header_are_accounted_for(folder, body):
    holds(folder, {"tickets": HEADER + body}, "tickets")


@MANY
@given(st.binary(max_size=300))
def test_any_bytes_as_a_file_are_accounted_for(folder, body):
    holds(folder, {"tickets": body}, "tickets")


@MANY
@given(st.lists(PIECES, max_size=40).map(b"".join))
def test_any_bytes_as_accounts_are_accounted_for(folder, body):
    holds(folder, {"accounts": b"account_id,name,joined_on,employees\n" + body, "tickets": ""}, "accounts")


FIELD = st.text(st.sampled_from('ab ,;"\n\u00e9'), max_size=6)
RECORD = st.one_of(st.just([]), st.lists(FIELD, min_size=3, max_size=9))


@MANY
@given(st.lists(RECORD, max_size=12), st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]), st.sampled_from(["\n", "\r\n"]))
def test_the_line_of_a_refused_row_is_where_it_begins_in_the_file(folder, records, encoding, line_end):
    text, expected = "ticket_id,account_id,opened_at,comment,more\n", []
    for nth, fields in enumerate(records):
        if fields:
            expected.append((text.count("\n") + 1, f"T{nth}"))
            text += ",".join(f'"{field}"' for field in [f"T{nth}", *(field.replace('"', '""') for field in fields)])
        text += "\n"
    shutil.rmtree(folder, ignore_errors=True)
    result = loaded(put(folder, {"tickets": text.replace("\n", line_end).encode(encoding)}))
    assert [line for line, *_ in result.reasons] == [line for line, _ in expected]
