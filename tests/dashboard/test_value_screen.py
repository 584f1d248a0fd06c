"""Every part of *Value*, opened as the app opens it: whole companies, companies without contracts, odd addresses."""

import re
from pathlib import Path

import pandas as pd
import pytest

from dashboard.address import parse
from dashboard.look import Look
from dashboard.reads import Warehouse
from dashboard.reads import value as reads
from dashboard.screens import value_lifetime, value_movements, value_renewals
from dashboard.screens.value_top import PARTS, part_of
from tests.companies import built_company
from tests.conftest import DATASETS
from tests.edge_companies import built_edge
from tests.opened import close_all, downloads, look_at, open_screen, troubles

EDGES = ("accounts_only", "empty", "one_account", "gone", "refunded", "few_views", "hostile")
ALL = tuple(f"value?part={part}" for part in PARTS)


@pytest.fixture(autouse=True, scope="module")
def closed():
    yield
    close_all()


@pytest.fixture
def sampled(sample_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    look_at(sample_folder, monkeypatch)
    return sample_folder


def look(folder: Path, href: str) -> Look:
    return Look(Warehouse(folder).generation(), parse(href))


def headings(path: str) -> list[str]:
    return [" ".join(tag.text.split()) for tag in open_screen(path).tags if tag.name in ("h1", "h2")]


@pytest.mark.parametrize("path", ALL)
def test_every_part_of_the_sample(sampled, path):
    screen = open_screen(path)
    assert troubles(screen) == []
    assert len(screen.title) <= 95
    assert all(f"part={part}" in " ".join(screen.links) for part in list(PARTS)[1:])
    assert len(screen.figures) == len(screen.alts) == {"lifetime": 0, "cohorts": 2}.get(path.split("=")[1], 1)


@pytest.mark.parametrize("name", EDGES)
def test_every_part_of_a_company_at_an_edge(name, tmp_path_factory, monkeypatch):
    look_at(built_edge(name, tmp_path_factory.getbasetemp()), monkeypatch)
    assert {path: wrong for path in ALL if (wrong := troubles(open_screen(path)))} == {}


@pytest.mark.skipif(not DATASETS.is_dir(), reason=f"no data sets at {DATASETS} (set SEVENVIEWS_DATASETS)")
@pytest.mark.parametrize("name", ["ravenstack", "ibm_telco_churn", "ecommerce_marketing_insights", "superstore"])
def test_every_part_of_a_company_others_made(name, tmp_path_factory, monkeypatch):
    look_at(built_company(name, tmp_path_factory.getbasetemp(), DATASETS), monkeypatch)
    assert {path: wrong for path in ALL if (wrong := troubles(open_screen(path)))} == {}


@pytest.mark.parametrize(
    "path",
    [
        "value?part=nothing&interest=99&horizon=x&way=y",
        "value?interest=0&horizon=10&way=article&segment=Enterprise",
        "value?segment=nowhere",
        "value?part=movements&by=month&period=2026-03&movement=churn",
        "value?part=movements&by=century&period=1066&movement=<b>",
        "value?part=movements&segment=nowhere",
        "value?part=movements&week=2026-10-25",
        "value?part=cohorts&keep=arr&region=nowhere",
        "value?part=renewals&view=client_maturity&quarter=2027 Q1&page=3",
        "value?part=renewals&view=vendor_expansion&quarter=never&page=%C2%B2",
        "value?part=renewals&csm=nobody",
    ],
)
def test_what_an_address_can_ask_for(sampled, path):
    assert troubles(open_screen(path)) == []


def test_an_unknown_part_is_the_first(sample_folder):
    assert part_of(look(sample_folder, "value?part=nothing")) == "lifetime"


@pytest.mark.skipif(not DATASETS.is_dir(), reason=f"no data sets at {DATASETS} (set SEVENVIEWS_DATASETS)")
def test_without_contracts_repeat_purchase_stands_in_the_place_of_lifetime(tmp_path_factory, monkeypatch):
    look_at(built_company("ecommerce_marketing_insights", tmp_path_factory.getbasetemp(), DATASETS), monkeypatch)
    words = open_screen("value").words
    assert "BG/NBD r =" in words and "Gamma-Gamma p =" in words and "734 bought again" in words
    assert "Not connected: subscriptions" in words and "what it may have cost" not in words
    assert "The bridge of recurring revenue will stand here" in headings("value?part=movements")
    assert "The survival curve will stand here" in headings("value?part=cohorts")
    assert "The renewal calendar will stand here" in headings("value?part=renewals")


def test_with_contracts_repeat_purchase_is_refused_with_words(sampled):
    words = open_screen("value").words
    assert "refused; the company has subscriptions" in words and "BG/NBD r =" not in words


def test_without_costs_cac_has_a_place_that_says_what_to_connect(tmp_path_factory, monkeypatch):
    look_at(built_edge("one_account", tmp_path_factory.getbasetemp()), monkeypatch)
    words = open_screen("value").words
    assert "Not connected: acquisition_costs" in words
    assert "no CAC: not connected: acquisition_costs" in words


def test_a_choice_of_interest_moves_the_discounted_way_alone(sample_folder):
    def card(href: str) -> dict[str, float | None]:
        return {way.name: way.gross.value for way in value_lifetime.Book(look(sample_folder, href)).card.ways}

    cheap, dear = card("value?interest=5"), card("value?interest=15")
    assert cheap["discounted"] > dear["discounted"]
    assert (cheap["article"], cheap["survival"]) == (dear["article"], dear["survival"])
    assert card("value?horizon=3")["survival"] < card("value?horizon=10")["survival"]


def test_the_channels_of_the_card_add_up_to_the_whole(sample_folder):
    book = value_lifetime.Book(look(sample_folder, "value"))
    rows = value_lifetime.channel_rows(book)
    assert sum(row["cost"] for row in rows) == pytest.approx(float(book.quarters["cost"].sum()))
    assert sum(row["won"] for row in rows) == book.card.cac.n
    assert book.card.cac.value == pytest.approx(sum(row["cost"] for row in rows) / sum(row["won"] for row in rows))
    for row in rows:
        assert row["cost"] == pytest.approx(sum(row[name] for name in value_lifetime.PARTS))


def test_the_bridge_shows_the_last_whole_quarter_and_its_movers_add_up_to_it(sample_folder):
    book = value_movements.Book(look(sample_folder, "value?part=movements"))
    assert book.row is not None and book.row["is_whole"] and book.row["closes_on"] <= book.look.week
    table = value_movements.movers_table(book.look, book)
    for name in reads.MOVEMENTS:
        part = table[table["movement"] == name]
        assert len(part) == book.row[f"n_{name}"]
        assert float(part["amount"].sum()) == pytest.approx(book.row[name], abs=0.01)


def test_an_earlier_week_sees_no_later_period_and_its_own_figures(sample_folder):
    late = value_movements.Book(look(sample_folder, "value?part=movements"))
    first = late.look.weeks[-1]
    early = value_movements.Book(look(sample_folder, f"value?part=movements&week={first}"))
    assert early.bridges["opens_on"].max() < pd.Timestamp(first) < late.bridges["opens_on"].max()
    assert early.row["closes_on"] < first < late.row["closes_on"]
    assert early.now["arr"].value != late.now["arr"].value


def test_a_months_loss_is_what_churned_and_shrank_of_what_it_began_with(sample_folder):
    found = look(sample_folder, "value?part=movements")
    rows = value_movements.lost_by_month(found)
    bridges = reads.bridges(found.generation, found.scope, "month").set_index("period")
    last = bridges.loc[rows["period"].iloc[-1]]
    assert rows["share"].iloc[-1] == pytest.approx(-(last["churn"] + last["contraction"]) / last["opening"])
    assert (rows["share"] >= 0).all() and rows["closes_on"].max() <= pd.Timestamp(found.week)


def test_the_comparison_with_others_names_year_population_and_source(sampled):
    words = open_screen("value?part=movements").words
    assert re.search(r"NRR of others: median .+, \d{4}, .*SaaS.* \(.+\)", words)
    assert "Compared with" in open_screen("value").words


def test_views_stand_side_by_side_and_nothing_adds_them_up(sampled):
    screen = open_screen("value?part=renewals")
    assert "an account is in every view, so nothing adds up" in screen.words
    heads = [tag.text for tag in screen.tags if tag.name == "th"]
    assert not [head for head in heads if "total" in head.lower()]


def test_pages_of_lines_hold_every_line_once(sample_folder):
    book = value_renewals.Book(look(sample_folder, "value?part=renewals"))
    table = value_renewals.lines_table(book.look, book)
    total = reads.renewals_count(book.look.generation, book.look.scope, None)
    assert len(table) == total > value_renewals.ROWS
    assert not table.duplicated(["account_code", "product_id", "renews_on", "arr"]).all()
    second = look(sample_folder, "value?part=renewals&page=2")
    shown = value_renewals.lines(second, value_renewals.Book(second))
    assert f"11 to 20 of {total}" in str(shown)


def test_every_picture_has_its_numbers_as_a_table(sampled):
    offered = {offer.name.rsplit("-2026", 1)[0]: offer.make() for offer in downloads(ALL)}
    wanted = {
        "lifetime-value", "ltv-to-cac", "cac-by-channel", "cac-by-month", "arr-bridges", "movers", "cohorts",
        "survival", "renewal-calendar", "revenue-at-risk", "renewals",
    }  # fmt: skip
    assert wanted <= set(offered)
    assert all(len(table) for name, table in offered.items() if name in wanted)
    assert not [name for name, table in offered.items() if name in wanted and "account_id" in table]
    bridges = offered["arr-bridges"]
    moved = bridges[list(reads.BRIDGE[:-1])].sum(axis=1)
    assert moved.tolist() == pytest.approx(bridges["closing"].tolist())
