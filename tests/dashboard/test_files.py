"""CSV links: formulas neutralised, tables made when they are fetched, links nobody can guess."""

import csv as reader
import io

import pandas as pd
import pytest
from starlette.requests import Request
from starlette.responses import Response

from dashboard import files
from dashboard.app_asgi import fetch


def followed(href: str) -> Response:
    _, token, name = href.split("/")
    return fetch(Request({"type": "http", "headers": [], "path_params": {"token": token, "name": name}}))


def cells(table: pd.DataFrame) -> list[list[str]]:
    return list(reader.reader(io.StringIO(files.csv(table))))


@pytest.mark.parametrize("text", ["=cmd()", "+1", "-1+2", "@SUM(A1)", "\tx", "\rx"])
def test_a_cell_a_spreadsheet_would_run_starts_with_an_apostrophe(text):
    assert cells(pd.DataFrame({"name": [text, "plain"]}))[1:] == [["'" + text], ["plain"]]


def test_numbers_and_dates_stay_what_they_are():
    table = pd.DataFrame({"profit": [-5.5, None], "day_on": pd.to_datetime(["2026-11-15", None])})
    assert cells(table)[1:] == [["-5.5", "2026-11-15"], ["", ""]]


def test_quotes_newlines_and_commas_come_back_as_they_went():
    hostile = 'a "quoted", b\nsecond line'
    assert cells(pd.DataFrame({"name": [hostile]}))[1] == [hostile]


def test_the_same_question_has_the_same_link_and_another_has_another():
    def make() -> pd.DataFrame:
        return pd.DataFrame({"a": [1]})

    one = files.offer("t.csv", "week 46", make)
    assert one == files.offer("t.csv", "week 46", make)
    assert one != files.offer("t.csv", "week 45", make)
    assert len(one.split("/")[1]) == 40


def test_a_link_is_followed_once_it_is_asked_for_and_not_before():
    made = []

    def make() -> pd.DataFrame:
        made.append(1)
        return pd.DataFrame({"name": ["=x"]})

    href = files.offer("moves.csv", "followed", make)
    assert not made
    answer = followed(href)
    assert answer.status_code == 200 and made == [1]
    assert answer.headers["content-disposition"] == 'attachment; filename="moves.csv"'
    assert bytes(answer.body).decode("utf-8-sig").splitlines() == ["name", "'=x"]


def test_a_made_up_link_opens_nothing():
    assert followed("file/0000/x.csv").status_code == 404


def test_the_oldest_offers_are_forgotten(monkeypatch):
    monkeypatch.setattr(files, "KEPT", 3)
    first = files.offer("t.csv", "oldest", pd.DataFrame)
    for nth in range(3):
        files.offer("t.csv", f"newer {nth}", pd.DataFrame)
    assert files.taken(first.split("/")[1]) is None
