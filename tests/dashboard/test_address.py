"""Addresses: what one looks at survives a link, and nothing a link holds can break a screen."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dashboard.address import Address, parse, read

TEXT = st.text(min_size=0, max_size=60)


@given(TEXT, TEXT, TEXT, st.dates(), TEXT)
def test_a_link_leads_back_to_where_it_was_made(segment, region, csm, week, find):
    address = Address("accounts", week, segment, region, csm, {"find": find, "sort": "name:asc"})
    assert parse(address.href) == address


def test_another_screen_takes_week_and_filters_along_and_leaves_the_rest():
    here = Address("views", date(2026, 11, 8), "Enterprise", more={"sort": "arr:asc", "page": "3"})
    assert here.to("profit") == "profit?week=2026-11-08&segment=Enterprise"
    assert here.to("") == "./?week=2026-11-08&segment=Enterprise"


def test_a_filter_starts_again_on_the_first_page():
    here = Address("views", more={"sort": "arr:asc", "page": "3"})
    assert here.filtered("region", "EMEA") == "views?region=EMEA&sort=arr%3Aasc"


def test_nothing_chosen_leaves_no_trace_in_the_address():
    assert Address("").href == "./"
    assert Address("views", more={"sort": "name:asc"}).here(sort=None) == "views"


def test_an_empty_value_is_a_choice_and_not_the_lack_of_one():
    assert parse(Address("views", csm="").href).csm == ""
    assert Address(csm="").scope.csm == ("",)


def test_what_cannot_be_read_is_left_out():
    address = read("views", {"week": ["tomorrow"], "segment": ["x" * 5000], "sort": []})
    assert address == Address("views")


@given(st.text(max_size=200))
def test_any_text_can_be_followed(text):
    parse(text)
