"""How long accounts stay: tenures from rows, and the curve against scipy's and against sums by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from metrics.value import curve, kept_at, life
from metrics.value.survival import YEAR_DAYS
from tests.value.conftest import line


def tenures(*rows: tuple[int, bool]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["days", "has_ended"])


FIVE = tenures((100, True), (200, False), (300, True), (400, True), (400, False))


def test_who_is_last_seen_leaves_the_accounts_at_risk_without_ending():
    made = curve(FIVE)
    assert made["at_risk"].tolist() == [5, 4, 3, 2]
    assert made["ended"].tolist() == [1, 0, 1, 1]
    assert made["kept"].tolist() == pytest.approx([0.8, 0.8, 0.8 * 2 / 3, 0.8 * 2 / 3 / 2])


def test_equal_tenures_may_stand_in_one_row():
    counted = FIVE.groupby(["days", "has_ended"], as_index=False).size().rename(columns={"size": "n"})
    pd.testing.assert_frame_equal(curve(counted), curve(FIVE))


SAMPLES = st.lists(st.tuples(st.integers(1, 40), st.booleans()), min_size=1, max_size=60)


@pytest.mark.filterwarnings("ignore:The confidence interval is undefined")
@given(SAMPLES)
def test_the_curve_and_its_interval_are_scipy_s(sample):
    days, has_ended = (np.array(part) for part in zip(*sample, strict=True))
    fit = stats.ecdf(stats.CensoredData.right_censored(days.astype(float), ~has_ended)).sf
    band = fit.confidence_interval(method="log-log")
    made = curve(tenures(*sample))
    np.testing.assert_allclose(made["kept"], fit.probabilities, atol=1e-12)
    np.testing.assert_allclose(made["low"], band.low.probabilities, atol=1e-12)
    np.testing.assert_allclose(made["high"], band.high.probabilities, atol=1e-12)


def test_the_share_kept_after_a_time():
    made = curve(FIVE)
    assert kept_at(made, 99) == (1, None, None)
    assert kept_at(made, 100)[0] == pytest.approx(0.8)
    share, low, high = kept_at(made, 399)
    assert low < share < high


TEN = tenures(*[(100 * nth, True) for nth in range(1, 11)])


def test_years_expected_are_the_area_under_the_curve():
    found = life(curve(TEN), 500 / YEAR_DAYS)
    # 100 days of everyone, then of nine, eight, seven and six in ten
    assert found.years == pytest.approx(100 * (1 + 0.9 + 0.8 + 0.7 + 0.6) / YEAR_DAYS)
    assert found.low < found.years < found.high <= found.horizon_years


def test_without_anyone_cut_off_the_mean_and_its_interval_are_the_sample_s():
    found = life(curve(TEN))
    days = TEN["days"]
    assert found.years * YEAR_DAYS == pytest.approx(days.mean())
    assert (found.years - found.low) * YEAR_DAYS == pytest.approx(1.959964 * days.std(ddof=0) / np.sqrt(10))


def test_a_horizon_beyond_the_longest_tenure_is_cut_to_it():
    assert life(curve(TEN), 5).horizon_years == pytest.approx(1000 / YEAR_DAYS)


def test_too_few_accounts_that_left_say_nothing():
    assert life(curve(tenures((10, True), (20, True), (30, True), (40, True), (900, False)))) is None
    assert life(curve(tenures())) is None


def test_a_tenure_runs_from_the_first_paid_day_to_the_last(valued):
    company = valued(
        subscriptions=[
            line("stays", 100, "2026-06-20"),
            line("left", 100, "2026-01-01", "2026-01-31"),
            line("left", 50, "2026-01-31", "2026-03-02"),
            line("was away", 100, "2026-01-01", "2026-02-01"),
            line("was away", 100, "2026-06-01"),
            line("ends today", 100, "2026-06-20", "2026-06-30"),
            line("will end", 100, "2026-06-20", "2026-07-10"),
            line("trial", 0, "2026-01-01"),
        ]
    )
    found = company.rows("select account_id, days, has_ended from tenures")
    assert {account: (days, has_ended) for account, days, has_ended in found} == {
        "stays": (10, False),
        "left": (60, True),
        "was away": (180, False),
        "ends today": (10, True),
        "will end": (10, False),
    }
