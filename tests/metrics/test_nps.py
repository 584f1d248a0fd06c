"""Net promoter score: the score, and how far it can be trusted."""

import pytest

from metrics.nps import net_promoter_score


def test_the_score_is_promoters_minus_detractors_in_points():
    assert net_promoter_score(promoters=5, detractors=2, n=10).value == 30


@pytest.mark.parametrize(("n", "margin"), [(20, 32), (50, 21), (100, 15), (200, 11), (400, 8)])
def test_margins_of_the_published_table_at_55_and_19_percent(n, margin):
    score = net_promoter_score(promoters=round(0.55 * n), detractors=round(0.19 * n), n=n)
    assert (score.high - score.low) / 2 == pytest.approx(margin, abs=0.9)


def test_one_answer_has_an_interval_almost_as_wide_as_the_scale():
    score = net_promoter_score(promoters=1, detractors=0, n=1)
    assert score.value == 100
    assert score.low < 0 < score.high


def test_without_an_answer_there_is_no_score():
    with pytest.raises(ValueError, match="at least one answer"):
        net_promoter_score(0, 0, 0)
