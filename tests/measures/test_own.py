"""A measure of the company's own: rows in `measurements`, one entry in a scorecard, no SQL."""

import pytest

from metrics.catalog import CatalogError, read_scorecard
from tests.conftest import REPOSITORY
from tests.measures.conftest import days_before, weeks_to
from tests.metrics.folders import built

OWN = [{"measure": "portal_page_views"}]


def views(day, value, account="a", measure="portal_page_views"):
    return {"account_id": account, "measure": measure, "measured_on": day, "value": value}


def test_the_last_value_counts_from_its_day_until_the_next(measured):
    rows = measured(
        "own_measurement",
        weeks=weeks_to("2026-06-28", 3),
        own_measures=OWN,
        measurements=[views(days_before(8), 40), views(days_before(0), 70)],
    )
    assert [str(day)[:10] for day in rows["as_of"]] == ["2026-06-21", "2026-06-28"]
    assert rows["value"].tolist() == [40, 70]
    assert [str(day)[:10] for day in rows["evidence_on"]] == [days_before(8), days_before(0)]


def test_accounts_are_measured_apart_and_keep_their_zeros(measured):
    rows = measured(
        "own_measurement",
        own_measures=OWN,
        measurements=[views(days_before(5), 0), views(days_before(3), 8, account="b"), views(days_before(400), 3)],
    )
    assert rows["value"].to_dict() == {"a": 0, "b": 8}


def test_only_measures_that_a_scorecard_declares_are_read(measured):
    rows = measured(
        "own_measurement",
        own_measures=OWN,
        measurements=[views(days_before(5), 1), views(days_before(5), 2, measure="tonnes")],
    )
    assert rows["item"].tolist() == ["portal_page_views"]


CARD = """
title = "Client Engagement"
question = "Do they take part?"
side = "client"
audience = "Marketing"

[[groups]]
name = "portal"
title = "Portal"

[[groups.measures]]
name = "own_measurement"
item = "portal_page_views"
label = "Portal page views"
unit = "views"
owner = "Digital"
red = 0
green = 100
valid_days = 60
why = "Ours: a hundred a week"

[[groups.measures]]
name = "own_measurement"
item = "tonnes"
label = "Tonnes moved"
unit = "tonnes"
owner = "Digital"
says = "{value} tonnes moved, was {before}"
red = 10
green = 0
valid_days = 7
why = "Ours"

[[groups.measures]]
name = "own_measurement"
item = "never counted"
label = "Never counted"
unit = "acts"
owner = "Digital"
red = 0
green = 1
valid_days = 7
why = "Ours"
"""


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    accounts = [{"account_id": one, "name": one, "joined_on": "2024-01-01"} for one in ("a", "b")]
    measurements = [
        views("2026-06-21", 40), views("2026-06-28", 70), views("2026-04-20", 90, account="b"),
        views("2026-06-25", 4, measure="tonnes"), views("2026-06-25", 9, measure="undeclared"),
    ]  # fmt: skip
    folder = tmp_path_factory.mktemp("own") / "company"
    return built(folder, {"client_engagement": CARD}, accounts=accounts, measurements=measurements)


def entries(company):
    rows = company.execute("select * from scorecard where view = 'client_engagement'").df()
    return rows.set_index("item").to_dict("index")


def test_its_values_are_scored_like_any_other(company):
    """70 of 100 views are 70 points, 4 of 10 tonnes are 60: 65, amber. Views of b are 69 days old: stale."""
    rows = company.execute(
        """
        select a.account_code, r.entry, r.value, r.points, r.status
        from account_recent as r join accounts as a on a.account_id = r.account_id
        where r.as_of = date '2026-06-28' and r.view = 'client_engagement' order by all
        """
    ).fetchall()
    assert rows == [
        ("a", "own_measurement:portal_page_views", 70, 70, "amber"), ("a", "own_measurement:tonnes", 4, 60, "amber"),
        ("b", "own_measurement:portal_page_views", 90, None, "stale"),
    ]  # fmt: skip
    scores = company.execute(
        """
        select v.points, v.status, v.n_measures, v.n_connected
        from view_scores as v join accounts as a on a.account_id = v.account_id
        where v.as_of = date '2026-06-28' and v.view = 'client_engagement' order by a.account_code
        """
    ).fetchall()
    assert scores == [(65, "amber", 2, 2), (None, "stale", 0, 2)]


def test_screens_show_the_words_of_its_entry(company):
    shown = entries(company)
    assert [shown["portal_page_views"][key] for key in ("label", "unit", "owner", "grp_owner", "says")] == [
        "Portal page views", "views", "Digital", "Digital", "Portal page views {value}, was {before}",
    ]  # fmt: skip
    assert shown["tonnes"]["says"] == "{value} tonnes moved, was {before}"
    assert shown["tonnes"]["is_own"] and shown["tonnes"]["valid_days"] == 7


def test_it_is_not_connected_while_nobody_measured_it(company):
    never = entries(company)["never counted"]
    assert (never["is_connected"], never["missing_columns"]) == (False, "measurements.measure=never counted")
    assert entries(company)["tonnes"]["is_connected"]


def test_without_measurements_the_source_is_what_to_connect(tmp_path):
    accounts = [{"account_id": "a", "name": "a", "joined_on": "2024-01-01"}]
    company = built(tmp_path / "company", {"client_engagement": CARD}, accounts=accounts)
    assert {entry["missing_columns"] for entry in entries(company).values()} == {"measurements"}


WRONG = {
    "item": ('item = "tonnes"\n', "", "'own_measurement' is a measure of your own, so the key 'item' is needed."),
    "label": ('label = "Tonnes moved"\n', "", "so the key 'label' is needed"),
    "owner": ('owner = "Digital"\nsays', "says", "so the key 'owner' is needed"),
    "valid_days": ("valid_days = 60\n", "", "so the key 'valid_days' is needed"),
    "why": ('why = "Ours"\n\n', "\n", "so the key 'why' is needed"),
    "says": ("was {before}", "was more", "'says' of 'own_measurement:tonnes' has no {before}."),
    "twice": ('item = "tonnes"', 'item = "portal_page_views"', "stands here more than once"),
    "a shipped measure": (
        'name = "own_measurement"\nitem = "tonnes"', 'name = "open_cases"',
        "'open_cases' declares its label in open_cases.sql.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("written", "instead", "words"), WRONG.values(), ids=WRONG)
def test_an_entry_that_leaves_something_unsaid_is_an_error(tmp_path, written, instead, words):
    path = tmp_path / "client_engagement.toml"
    assert written in CARD
    path.write_text(CARD.replace(written, instead, 1))
    with pytest.raises(CatalogError) as error:
        read_scorecard(path)
    assert words in str(error.value)


def staff(n, weight):
    """A scorecard in which our own staff enter n measures of this weight beside one of weight 100."""
    heavy = CARD.split("[[groups.measures]]")[1].replace("red = 0", "weight = 100\nred = 0")
    own = "".join(
        f'\n[[groups.measures]]\nname = "own_measurement"\nitem = "gut {k}"\nlabel = "Gut feeling"\nunit = "of 5"\n'
        f'owner = "Sales"\nred = 1\ngreen = 5\nvalid_days = 30\nwhy = "Ours"\nis_subjective = true\nweight = {weight}\n'
        for k in range(n)
    )
    return f"{CARD.split('[[groups.measures]]')[0]}[[groups.measures]]{heavy}{own}"


def read(tmp_path, text):
    path = tmp_path / "client_engagement.toml"
    path.write_text(text)
    return read_scorecard(path)


def test_two_measures_of_15_percent_each_may_be_entered_by_our_own_staff(tmp_path):
    """21 of 142 is 14.8 %."""
    assert len(read(tmp_path, staff(2, 21)).entries) == 3


@pytest.mark.parametrize(
    ("n", "weight", "words"),
    [
        (1, 18, "'own_measurement:gut 0' is entered by our own staff and has 15.3 % of the view, more than 15 %."),
        (3, 1, "are entered by our own staff, and a view has two of those at most. Leave some out, or say why"),
    ],
)
def test_more_of_it_needs_words(tmp_path, n, weight, words):
    with pytest.raises(CatalogError) as error:
        read(tmp_path, staff(n, weight))
    assert words in str(error.value)
    said = 'subjective_why = "a young product: nothing else is measured yet"\n' + staff(n, weight)
    assert read(tmp_path, said).subjective_why == "a young product: nothing else is measured yet"


def test_an_exception_that_gives_it_more_weight_counts(tmp_path):
    rule = '\n[[groups.measures.exceptions]]\nsegment = "Small"\nweight = 60\n'
    with pytest.raises(CatalogError, match=r"has 37.5 % of the view"):
        read(tmp_path, staff(1, 1) + rule)


def test_the_entry_in_contributing_is_one_that_can_be_read(tmp_path):
    text = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (written,) = (block for block in text.split("```") if 'name       = "own_measurement"' in block)
    card = read(tmp_path, CARD.split("[[groups.measures]]")[0] + written.removeprefix("toml"))
    assert card.entries[0].name == "own_measurement:portal_page_views"
