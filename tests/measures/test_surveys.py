"""Measures of surveys."""

import pytest

from tests.measures.conftest import days_before, weeks_to


def answer(number, score, ago, kind="nps", account="a", contact=None, **more):
    return {
        "response_id": f"r{number}", "account_id": account, "kind": kind, "score": score,
        "answered_on": days_before(ago), "contact_id": contact, **more,
    }  # fmt: skip


def test_relationship_nps_is_promoters_less_detractors_per_hundred_answers(measured):
    surveys = [answer(n, score, 10) for n, score in enumerate([10, 9, 8, 7, 6])]
    rows = measured("relationship_nps", surveys=surveys)
    assert rows[["numerator", "denominator"]].values.tolist() == [[100, 5]]
    spread = measured("nps_spread", surveys=surveys)
    assert spread[["numerator", "denominator"]].values.tolist() == [[3, 5]]


def test_two_answers_of_one_person_count_as_the_later(measured):
    surveys = [
        answer(1, 0, 60, contact="p"),
        answer(2, 10, 3, contact="p"),
        answer(3, 0, 60, kind="sales", contact="p"),
    ]
    rows = measured("relationship_nps", weeks=weeks_to("2026-06-28", 2), surveys=surveys)
    assert rows["value"].to_list() == [-100, 100]
    assert rows["denominator"].to_list() == [1, 1]


def test_two_answers_of_one_day_count_once(measured):
    surveys = [answer(1, 10, 3, contact="p"), answer(2, 0, 3, contact="p")]
    assert measured("relationship_nps", surveys=surveys)[["value", "denominator"]].values.tolist() == [[-100, 1]]


def test_answers_without_a_person_are_each_their_own(measured):
    assert measured("relationship_nps", surveys=[answer(1, 10, 3), answer(2, 10, 3)])["denominator"].to_list() == [2]


def test_an_answer_counts_for_52_weeks_and_says_how_old_it_is(measured):
    rows = measured("relationship_nps", surveys=[answer(1, 10, 363), answer(2, 0, 364, account="b")])
    assert [str(day)[:10] for day in rows["evidence_on"]] == [days_before(363)]
    assert rows.index.to_list() == ["a"]


def test_an_answer_without_an_account_is_nobodys(measured):
    assert measured("relationship_nps", surveys=[answer(1, 10, 3, account=None)]).empty


def test_another_scale_is_read_as_0_to_10(measured):
    surveys = [answer(n, score, 3, score_max=5) for n, score in enumerate([5, 4.5, 4, 3])]
    assert measured("relationship_nps", surveys=surveys)[["numerator", "denominator"]].values.tolist() == [[100, 4]]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("sales_expectation", "sales"), ("onboarding_experience", "onboarding"), ("product_quality_rating", "quality")],
)
def test_a_rating_is_the_mean_answer_from_0_to_1(measured, name, kind):
    surveys = [
        answer(1, 5, 3, kind), answer(2, 3, 3, kind), answer(3, 1, 3, kind), answer(4, 1, 3, "support"),
        answer(5, 4, 9, kind, account="b", score_max=7),
    ]  # fmt: skip
    assert measured(name, surveys=surveys)["value"].to_dict() == {"a": 0.5, "b": 0.5}


def test_latest_sentiment_is_the_last_answer_of_anyone(measured):
    surveys = [
        answer(1, 5, 20, "sentiment", contact="p"), answer(2, 2, 5, "sentiment", contact="q"),
        answer(3, 4, 500, "sentiment", account="long ago"),
    ]  # fmt: skip
    rows = measured("latest_sentiment", weeks=weeks_to("2026-06-28", 2), surveys=surveys)
    assert rows.loc["a", "value"].to_list() == [1, 0.25]
    assert [str(day)[:10] for day in rows.loc["long ago", "evidence_on"]] == [days_before(500)] * 2
