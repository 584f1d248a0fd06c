"""The page handed to a client holds the goals and the measures of Client Outcomes, and nothing else of ours."""

import re
from dataclasses import replace

import duckdb
import pytest
from starlette.requests import Request

from dashboard import app_asgi, files
from dashboard.address import parse
from dashboard.findings import client_page as told
from dashboard.format import Formats
from dashboard.look import Look
from dashboard.reads import Card, Warehouse
from dashboard.screens import client_page
from tests.dashboard.kinds import HOSTILE
from tests.dashboard.made import VIEWS
from tests.dashboard.pages import html, text

OURS = (
    "ARR", "profit", "margin", "revenue", "churn", "renewal", "risk", "segment", "owner", "accountable", "points",
    "weight", "threshold", "red", "amber", "green", "untapped", "csm", "success lead", "sales rep", "score",
)  # fmt: skip
"""Words that only we use; the page speaks to the client."""


def words_of(page: str) -> str:
    """What a reader sees, the style left out."""
    return text(re.sub(r"<style>.*?</style>", "", page, flags=re.S))


def handed_out(look: Look, code: str = "001000") -> str:
    return client_page.page(look, 1, code)


def test_the_page_shows_the_goals_with_baseline_target_actual_value_and_rating(looking):
    words = words_of(handed_out(looking("usual")))
    assert "1 of 3 goals is reached, worth $21K to you" in words
    for part in ("Overtime", "hours", "160", "80", "76", "$21K", "4 of 5", "late by 15 days", "Night shift"):
        assert part in words
    assert "Goals reached" in words and "of the goals that are due are reached" in words


def test_the_page_of_a_made_company_says_no_word_of_ours(looking):
    page = handed_out(looking("usual"))
    found = [word for word in OURS if re.search(rf"\b{word}s?\b", words_of(page), re.I)]
    assert not found


def facts(look: Look, code: str) -> dict[str, str]:
    """Everything we hold of an account that is not for the client, as the page would write it."""
    ask, f = look.generation.ask, look.f
    row = ask("select * from view_now where account_code = $code order by as_of desc limit 1", {"code": code}).iloc[0]
    people = ask("select distinct csm, sales_rep from accounts")
    entries = ask("select distinct label, view from scorecard")
    money = ask("select * from account_profit where account_id = $id", {"id": int(row["account_id"])}).iloc[-1]
    ours = set(entries.loc[entries["view"] == client_page.VIEW, "label"])
    found = {f"person {name}": name for column in people for name in people[column].dropna()}
    found |= {f"owner {name}": name for name in look.company.owners.values()}
    found |= {f"measure {label}": label for label in entries["label"] if label not in ours}
    found |= {view: view.replace("_", " ").title() for view in VIEWS if view != client_page.VIEW}
    found |= {"arr": f.money(row["arr"]), "profit": f.money(abs(money["profit"])), "revenue": f.money(money["revenue"])}
    return {name: value for name, value in found.items() if value and value != "–"}


def test_the_page_of_the_sample_company_holds_nothing_we_keep_to_ourselves(sample_folder):
    look = Look(Warehouse(sample_folder).generation(), parse("accounts"))
    row = look.generation.ask(
        "select a.account_id, a.account_code from accounts as a join goals as g using (account_id) order by 1 limit 1"
    ).iloc[0]
    page = client_page.page(look, int(row["account_id"]), str(row["account_code"]))
    words = words_of(page)
    kept = facts(look, str(row["account_code"]))
    assert len(kept) > 60
    assert not [name for name, value in kept.items() if value in words]
    assert not [word for word in OURS if re.search(rf"\b{word}s?\b", words, re.I)]
    table = files.csv(client_page.table(look, int(row["account_id"])))
    assert not [name for name, value in kept.items() if value in table]


def test_the_page_needs_nothing_beside_it_and_runs_nothing(looking):
    page = handed_out(looking("usual"))
    assert "<script" not in page and "<img" not in page and "<link" not in page and "src=" not in page
    assert not re.search(r"url\((?!data:)", page) and not re.search(r'(href|action)="', page)
    assert page.startswith("<!doctype html>") and "@page" in page


def test_every_bullet_of_the_page_has_a_text(looking):
    page = handed_out(looking("usual"))
    alts = re.findall(r'role="img" aria-label="([^"]+)"', page)
    assert len(alts) == 3 and "Overtime: began at 160 hours, now 76 hours, target 80 hours" in alts


def test_what_a_customer_is_called_is_text_on_the_page(looking):
    for name in HOSTILE:
        assert "<" not in name or name not in handed_out(looking("hostile"))


def test_the_table_has_the_goals_and_the_measures(looking):
    table = client_page.table(looking("usual"), 1)
    assert list(table["kind"]) == ["goal"] * 3 + ["measure"] * 2
    assert set(table.columns) == {
        "kind", "objective", "unit", "baseline", "target", "actual", "state", "agreed_on", "due_on", "reached_on",
        "value", "your_rating",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("side", "audience", "leaves"),
    [
        ("client", "account managers and the client", True),
        ("client", "Clients", True),
        ("client", "Customer Success leads", False),
        ("client", "all who work for clients", False),
        ("client", "internal and board", False),
        ("vendor", "the client", False),
    ],
)
def test_only_a_client_view_whose_scorecard_names_the_client_leaves_the_house(looking, side, audience, leaves):
    card = looking("usual").card("client_outcomes")
    assert client_page.may_leave(replace(card, side=side, audience=audience)) is leaves


def test_every_other_view_we_ship_stays_in_the_house():
    from metrics.catalog import scorecards

    named = []
    for name, card in scorecards().items():
        places = Card(name, card.title, card.question, card.side, card.audience, False, card.is_expansion, ())
        named += [name] if client_page.may_leave(places) else []
    assert named == ["client_outcomes"]


def test_an_audience_without_the_client_says_so_instead_of_a_link(tmp_path):
    from tests.dashboard.made import Made, make

    folder = make(tmp_path / "company", Made(accounts=3))
    with duckdb.connect(str(Warehouse(folder).generation().path)) as con:
        con.execute("update scorecard set audience = 'our own people'").fetchall()
    page = html(Look(Warehouse(folder).generation(), parse("accounts?account=001000")))
    assert "the scorecard says Client Outcomes is for our own people" in text(page)
    assert "page to print" not in page


def test_the_link_hands_the_page_out_as_a_sealed_download(looking):
    page = html(looking("usual", "accounts?account=001000"))
    href = re.search(r'href="(file/[^"]+\.html)"', page).group(1)
    token = href.split("/")[1]
    answer = app_asgi.fetch(Request({"type": "http", "headers": [], "path_params": {"token": token}}))
    assert answer.media_type == "text/html; charset=utf-8" and "client-outcomes-001000" in href
    assert "attachment" in answer.headers["content-disposition"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert b"worth $21K to you" in answer.body


def test_without_a_goal_the_page_still_says_something_true():
    assert told.title([], Formats()) == "No goal is agreed yet"
    assert told.title([{"state": "late", "value": None}], Formats()) == "1 goal is agreed, none reached yet"
