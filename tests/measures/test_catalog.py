"""Measures and scorecards as checked objects, and errors that name the file, the trouble and the way out."""

from collections.abc import Callable
from pathlib import Path

import pytest

from data.company import VIEWS
from metrics.catalog import CatalogError, measures, read_measure, read_scorecard, scorecards

HEAD = """\
-- label  = "Open cases"
-- unit   = "cases"
-- owner  = "Support"
-- rollup = "mean"
-- absent = "zero"
-- source = "tickets"
-- reads  = ["weeks"]
-- needs  = ["tickets.closed_at"]
-- says   = "cases open {value}, was {before}"
"""
BODY = """\
--
-- Cases open on the week end,
-- whatever came later.
--
-- grain  one row per account_id and as_of

select 1
"""
CARD = """\
title = "Vendor Risk"
question = "What could make them leave?"
side = "vendor"
audience = "heads of functions"

[[groups]]
name = "support"
title = "Support"

[[groups.measures]]
name = "open_cases"
red = 5
green = 1

[[groups.measures]]
name = "case_age_days"
red = 14
green = 3
"""
Written = Callable[[str], Path]


@pytest.fixture
def head(tmp_path: Path) -> Written:
    def write(text: str) -> Path:
        path = tmp_path / "open_cases.sql"
        path.write_text(text)
        return path

    return write


@pytest.fixture
def card(tmp_path: Path) -> Written:
    def write(text: str) -> Path:
        path = tmp_path / "vendor_risk.toml"
        path.write_text(text)
        return path

    return write


def test_a_measure_is_its_head_its_words_and_its_select(head: Written) -> None:
    measure = read_measure(head(HEAD + BODY))
    assert (measure.name, measure.label, measure.needs) == ("open_cases", "Open cases", ("tickets.closed_at",))
    assert measure.comment == "Cases open on the week end,\nwhatever came later."
    assert measure.sql == "-- grain  one row per account_id and as_of\n\nselect 1"


@pytest.mark.parametrize(
    ("written", "instead", "words"),
    [
        ("owner ", "onwer ", "there is no key 'onwer'. Did you mean 'owner'? Keys are label, unit, owner,"),
        ('-- unit   = "cases"\n', "", "the key 'unit' is missing."),
        ('"cases"', '"case"', "'unit' can't be 'case'. Did you mean 'cases'? It is one of 'ratio', 'money',"),
        ('["weeks"]', "[]", "'reads' can't be []"),
        ('"Support"', "Support", "this is not TOML"),
        ("{before}", "before", "'says' has no {before}."),
    ],
)
def test_a_wrong_head_is_an_error(head: Written, written: str, instead: str, words: str) -> None:
    path = head(HEAD.replace(written, instead) + BODY)
    with pytest.raises(CatalogError) as error:
        read_measure(path)
    assert str(error.value).startswith(f"{path}: ")
    assert words in str(error.value)


def test_a_head_without_an_end_is_an_error(head: Written) -> None:
    with pytest.raises(CatalogError, match=r"no line `--` ends the head"):
        read_measure(head(HEAD + "select 1"))


def test_a_need_is_met_by_either_of_two_columns() -> None:
    measure = measures()["product_penetration"]
    assert measure.missing({"products.product_id", "invoices.product_id", "invoices.quantity"}) == []
    assert measure.missing({"products.product_id", "invoices.product_id"}) == [
        "subscriptions.seats or invoices.quantity"
    ]


def test_the_seven_scorecards_in_their_fixed_order() -> None:
    assert tuple(scorecards()) == VIEWS


def test_an_entry_is_called_as_its_measure_and_item() -> None:
    names = [entry.name for entry in scorecards()["client_maturity"].entries]
    assert names == [f"maturity_level:{item}" for item in ("people", "process", "data", "use_cases", "governance")]


def test_exceptions_are_read_in_their_order() -> None:
    utilisation = next(e for e in scorecards()["vendor_outcomes"].entries if e.name == "utilisation")
    first, second = utilisation.exceptions
    assert (first.age_to_days, first.na) == (60, True)
    assert (second.age_from_days, second.age_to_days, second.red, second.green) == (60, 180, 0.1, None)


def test_views_that_are_switched_off_are_left_out() -> None:
    assert list(scorecards(views=("client_maturity", "vendor_risk"))) == ["vendor_risk", "client_maturity"]


def test_files_of_a_company_replace_the_shipped_ones(card: Written) -> None:
    folder = card(CARD).parent
    cards = scorecards(folder)
    assert [entry.name for entry in cards["vendor_risk"].entries] == ["open_cases", "case_age_days"]
    assert len(cards) == 7


def test_a_file_called_like_no_view_is_an_error(card: Written) -> None:
    folder = card(CARD).rename(card(CARD).with_name("vendor_riks.toml")).parent
    with pytest.raises(CatalogError, match=r"no view is called 'vendor_riks'. Did you mean 'vendor_risk'\?"):
        scorecards(folder)


WRONG_CARDS = {
    "measure": (
        '"open_cases"',
        '"open_case"',
        "no measure is called 'open_case'. Did you mean 'open_cases'? Measures are",
    ),
    "key": (
        "green = 1\n",
        "grean = 1\n",
        "in 'support', in 'open_cases', there is no key 'grean'. Did you mean 'green'?",
    ),
    "keys": (
        "green = 1\n",
        "grean = 1\n",
        "Keys are name, item, owner, weight, red, green, valid_days, why, label, unit, says, is_subjective,",
    ),
    "missing": ("red = 5\n", "", "in 'support', in 'open_cases', the key 'red' is missing."),
    "text": ("red = 5\n", 'red = "five"\n', "in 'support', in 'open_cases', 'red' can't be 'five'"),
    "same": ("red = 5\n", "red = 1\n", "red and green of 'open_cases' are both 1. They must differ"),
    "no weight": ("red = 5\n", "red = 5\nweight = 0\n", "'weight' can't be 0"),
    "some weights": ("red = 5\n", "red = 5\nweight = 20\n", "some of 'support' have a weight and some have none."),
    "item": ("red = 5\n", 'red = 5\nitem = "x"\n', "'open_cases' has no items"),
    "twice": ('"case_age_days"', '"open_cases"', "'open_cases' stands here more than once."),
    "side": ('"vendor"', '"seller"', "'side' can't be 'seller'. It is one of 'vendor' or 'client'."),
    "unnamed group": ('name = "support"\n', "", "in group 1, the key 'name' is missing."),
    "not TOML": ("title", "title = ", "this is not TOML"),
}
WRONG_EXCEPTIONS = {
    "segmant = 'Small'": "in 'open_cases', in exception 1, there is no key 'segmant'. Did you mean 'segment'?",
    "segment = 'Small'\nred = 1": "red and green of 'open_cases' are both 1",
    "segment = 'Small'": "an exception of 'open_cases' changes nothing",
    "na = true": "an exception of 'open_cases' fits every account",
    "item = 'p'\nred = 9": "it can't have the item 'p'",
}


@pytest.mark.parametrize(("written", "instead", "words"), WRONG_CARDS.values(), ids=WRONG_CARDS)
def test_a_wrong_scorecard_is_an_error(card: Written, written: str, instead: str, words: str) -> None:
    path = card(CARD.replace(written, instead, 1))
    with pytest.raises(CatalogError) as error:
        read_scorecard(path)
    assert str(error.value).startswith(f"{path}: ")
    assert words in str(error.value)


@pytest.mark.parametrize(("exception", "words"), WRONG_EXCEPTIONS.items())
def test_a_wrong_exception_is_an_error(card: Written, exception: str, words: str) -> None:
    path = card(CARD.replace("green = 1\n", f"green = 1\n[[groups.measures.exceptions]]\n{exception}\n"))
    with pytest.raises(CatalogError) as error:
        read_scorecard(path)
    assert words in str(error.value)


def test_a_shipped_file_is_named_from_the_top_of_the_project() -> None:
    assert str(CatalogError(measures()["open_cases"].path, "x")) == "metrics/measures/open_cases.sql: x"


def test_a_scorecard_saved_elsewhere_is_read_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "vendor_risk.toml"
    path.write_bytes(b"\xef\xbb\xbf" + CARD.replace("\n", "\r\n").encode())
    assert read_scorecard(path).title == "Vendor Risk"
    path.write_bytes(CARD.replace("Vendor Risk", "Größe").encode("latin-1"))
    with pytest.raises(CatalogError, match="Save it as UTF-8"):
        read_scorecard(path)
