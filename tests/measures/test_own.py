"""A measure of the company's own: rows in `measurements`, one entry in a scorecard, no SQL."""

from tests.measures.conftest import days_before, weeks_to

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
