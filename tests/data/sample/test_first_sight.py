"""What everybody sees first: every view has accounts in each band, and only the planted change gives a signal."""

from data.company import VIEWS
from metrics.xmr import signal
from tests.conftest import SAMPLE_AS_OF

EXPANSION = "vendor_expansion"


def shares(sample, view):
    """Share of ARR by week and status."""
    bands = sample.execute(
        "select as_of, status, sum(arr) as arr from view_bands where view = $view group by as_of, status",
        {"view": view},
    ).df()
    table = bands.pivot(index="as_of", columns="status", values="arr").fillna(0.0)
    return table.div(table.sum(axis=1), axis=0)


def test_most_of_the_revenue_is_green_and_some_of_it_red(sample):
    for view in set(VIEWS) - {EXPANSION}:
        now = shares(sample, view).iloc[-1]
        assert 0.45 <= now["green"] <= 0.67, view
        assert 0.18 <= now["amber"] <= 0.40, view
        assert 0.07 <= now["red"] <= 0.14, view


def test_about_a_quarter_of_the_revenue_is_untapped(sample):
    now = shares(sample, EXPANSION).iloc[-1]
    assert 0.22 <= now["red"] <= 0.32
    assert 0.38 <= now["amber"] <= 0.48
    assert 0.22 <= now["green"] <= 0.32


def test_some_accounts_cannot_be_told(sample):
    for view in ("client_outcomes", "client_experience", "client_maturity"):
        unscored = 1 - shares(sample, view).iloc[-1][["green", "amber", "red"]].sum()
        assert 0.02 <= unscored <= 0.16, view


def test_vendor_risk_steps_up_and_the_other_views_stay_calm(sample):
    signals = {view: signal(shares(sample, view)["red"]) for view in VIEWS}
    assert signals["vendor_risk"] is not None and signals["vendor_risk"].direction == "up"
    assert [view for view, fired in signals.items() if fired and view != "vendor_risk"] == []


def test_revenue_of_a_year_is_about_what_runs_under_contract(sample):
    (arr,) = sample.execute("select sum(arr) from scored_weeks where as_of = $1", [SAMPLE_AS_OF]).fetchone()
    (revenue,) = sample.execute("select sum(revenue) from account_profit where as_of = $1", [SAMPLE_AS_OF]).fetchone()
    assert 82e6 < arr < 92e6
    assert abs(float(revenue) / float(arr) - 1) < 0.05


def test_one_account_in_five_loses_money_and_they_cost_a_quarter_of_what_the_others_earn(sample):
    rows = sample.execute(
        "select band, count(*), sum(profit) from account_profit where as_of = $1 group by band", [SAMPLE_AS_OF]
    )
    bands = {band: (n, float(profit)) for band, n, profit in rows.fetchall()}
    n = sum(count for count, _ in bands.values())
    assert 0.53 < bands["profitable"][0] / n < 0.61
    assert 0.17 < bands["unprofitable"][0] / n < 0.24
    assert 0.20 < -bands["unprofitable"][1] / bands["profitable"][1] < 0.30


def test_rows_no_export_is_without_are_set_apart(sample):
    apart = dict(sample.execute("select source, refused + unmatched + duplicates from load_report").fetchall())
    assert {source: n for source, n in apart.items() if n} == {"tickets": 9, "surveys": 3, "touchpoints": 4}


def test_only_the_surveys_stop_before_the_last_week(sample):
    ends = dict(sample.execute("select source, last_on from source_days").fetchall())
    weekly = ("usage", "tickets", "touchpoints", "invoices", "service_costs", "opportunities", "maturity", "contacts")
    assert all((SAMPLE_AS_OF - ends[source]).days <= 6 for source in weekly)
    assert (SAMPLE_AS_OF - ends["surveys"]).days == 9
