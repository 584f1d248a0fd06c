"""The declared contract holds together; walked, so that a new source is covered when it is declared."""

import pytest

from data.contract import SOURCES, contract_markdown

EACH = pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)


@EACH
def test_the_columns_a_source_speaks_of_are_its_own(source):
    names = [column.name for column in source.columns]
    spoken_of = {*source.key, *source.rate_on, *(name for span in source.spans for name in span)}
    assert spoken_of | ({source.known_on} - {None}) <= set(names)
    assert len(set(names)) == len(names)


@EACH
def test_names_tell_dates_moments_and_claims(source):
    for column in source.columns:
        if column.name.endswith("_on"):
            assert column.kind == "date"
        if column.name.endswith("_at"):
            assert column.kind == "timestamp"
        if column.name.startswith("is_"):
            assert column.kind == "boolean"


@EACH
def test_a_row_with_money_of_another_currency_has_a_day_for_its_rate(source):
    assert bool(source.money) == bool(source.rate_on)


@EACH
def test_an_event_has_the_day_it_happened(source):
    assert source.known_on or not source.is_event


def test_the_documentation_names_every_source_and_column():
    text = contract_markdown()
    for source in SOURCES.values():
        assert f"## {source.name}\n" in text
    assert "| net_revenue* | an amount of money, as 1234.50 | below zero for a credit note |" in text
    assert "| csat | a whole number, as 12 | 1 to 5 |" in text
