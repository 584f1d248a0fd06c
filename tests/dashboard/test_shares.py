"""Reads of concentration, over the made-up company: each answer against a plain sum of what it was built from."""

from datetime import timedelta

import pytest

from dashboard.reads import EVERYTHING, Scope, Warehouse, shares
from dashboard.reads.profit import profit_rows, profit_weeks
from metrics.profit import bands, profit_figures
from metrics.profit.diamond import band_moves
from metrics.profit.shares import KINDS, concentration

NOBODY = Scope(segment=("nobody is in it",))


@pytest.fixture(scope="module")
def generation(sample_folder):
    return Warehouse(sample_folder).generation()


@pytest.fixture(scope="module")
def week(generation):
    return shares.share_weeks(generation)[0]


@pytest.fixture(scope="module")
def segment(generation):
    return generation.ask("select min(segment) as segment from accounts where segment is not null")["segment"].iloc[0]


def test_amounts_are_kept_for_a_week_and_a_quarter_before(generation):
    latest = profit_weeks(generation)[-1]
    assert shares.share_weeks(generation) == [latest, latest - timedelta(weeks=13)]


def test_revenue_is_as_concentrated_as_the_profit_figures_say(generation, week):
    found = concentration(shares.share_rows(generation, EVERYTHING, "revenue", week)["amount"])
    figures = profit_figures(profit_rows(generation, EVERYTHING, week))
    assert (found.to_80, found.top_20_share) == (figures.accounts_to_80, figures.top_20_share)
    assert found.hhi == pytest.approx(figures.hhi)


@pytest.mark.parametrize("kind", KINDS)
def test_the_trend_ends_in_the_latest_week_s_figures(generation, week, kind):
    trend = shares.concentration_trend(generation, EVERYTHING, kind)
    latest = concentration(shares.share_rows(generation, EVERYTHING, kind, week)["amount"])
    assert len(trend) >= 13 and trend["as_of"].is_monotonic_increasing and trend["as_of"].is_unique
    assert trend["as_of"].iloc[-1].date() == week
    assert (trend["to_80"].iloc[-1], trend["top_10"].iloc[-1]) == (latest.to_80, latest.top_10)
    assert trend["hhi"].iloc[-1] == pytest.approx(latest.hhi)


def test_risk_arr_and_tickets_are_those_of_the_sources(generation, week):
    risk = generation.ask(
        """
        select sum(s.arr) as arr from scored_weeks as s join view_scores as v using (account_id, as_of)
        where v.view = 'vendor_risk' and v.status = 'red' and s.as_of = $week
        """,
        {"week": week},
    )["arr"].iloc[0]
    assert shares.share_rows(generation, EVERYTHING, "risk_arr", week)["amount"].sum() == pytest.approx(float(risk))
    tickets = generation.ask(
        "select count(*) as n from tickets where cast(opened_at as date) > $first and cast(opened_at as date) <= $week",
        {"first": week - timedelta(weeks=52), "week": week},
    )["n"].iloc[0]
    assert shares.share_rows(generation, EVERYTHING, "tickets", week)["amount"].sum() == tickets


def test_a_part_of_the_company_has_its_own_trend_of_two_weeks(generation, week, segment):
    scope = Scope(segment=(segment,))
    trend = shares.concentration_trend(generation, scope, "revenue")
    rows = shares.share_rows(generation, scope, "revenue", week)
    assert [day.date() for day in trend["as_of"]] == [week - timedelta(weeks=13), week]
    assert trend["amount"].iloc[-1] == pytest.approx(rows["amount"].sum())
    assert 0 < len(rows) < len(shares.share_rows(generation, EVERYTHING, "revenue", week))


def test_who_came_into_the_top_group_and_who_went_is_named(generation):
    moves = shares.top_moves(generation, EVERYTHING, "arr", limit=1)
    assert moves.entered and moves.left
    assert moves.rows["move"].tolist() == ["entered", "left"]
    assert moves.rows["account_code"].str.len().gt(0).all() and moves.rows["name"].str.len().gt(0).all()


def test_attention_is_shared_between_the_top_group_and_the_rest(generation, week):
    found = shares.attention(generation, EVERYTHING, week)
    calls = shares.share_rows(generation, EVERYTHING, "executive_calls", week)["amount"].sum()
    assert found.accounts == concentration(shares.share_rows(generation, EVERYTHING, "revenue", week)["amount"]).to_80
    assert 0.8 <= found.value_share < 0.82
    assert found.totals["executive_calls"] == calls
    assert 0 < found.shares["executive_calls"] < 1 and 0 < found.shares["success_minutes"] < 1
    without, all_costs = shares.success_without_minutes(generation, EVERYTHING)
    assert 0 < without < all_costs


def test_moved_accounts_add_up_to_the_board(generation, week):
    now, before = (profit_rows(generation, EVERYTHING, day) for day in (week, week - timedelta(weeks=13)))
    moves = band_moves(now, before)
    board = bands(now, before).set_index("band")
    assert moves["band"].value_counts().to_dict() == {b: n for b, n in board["entered"].items() if n}
    assert moves["was"].value_counts().to_dict() == {b: n for b, n in board["left"].items() if n}


def test_the_largest_losses_are_restored_first(generation, week):
    rows = shares.diamond_accounts(generation, EVERYTHING, week, "restore", limit=5)
    assert len(rows) == 5 and (rows["band"] == "unprofitable").all() and rows["profit"].is_monotonic_increasing
    assert shares.diamond_accounts(generation, EVERYTHING, week, "retain")["revenue"].is_monotonic_decreasing


def test_a_scope_nobody_is_in_finds_nothing(generation, week):
    assert shares.share_rows(generation, NOBODY, "revenue", week).empty
    assert shares.concentration_trend(generation, NOBODY, "revenue").empty
    assert shares.top_moves(generation, NOBODY, "revenue").entered == 0
    assert shares.attention(generation, NOBODY, week) is None
    assert shares.success_without_minutes(generation, NOBODY) == (0, 0)
    assert shares.diamond_accounts(generation, NOBODY, week, "restore").empty
    assert shares.missing_shares(generation, NOBODY, "arr", week) == "no account has ARR among the accounts chosen"


def test_nothing_is_missing_from_the_made_up_company(generation, week):
    assert [shares.missing_shares(generation, EVERYTHING, kind, week) for kind in shares.WHY_NONE] == [None] * 6


def test_no_arr_at_risk_is_told_from_no_score_of_risk(generation, week):
    scores = shares.missing_shares(generation, NOBODY, "risk_arr", week)
    assert scores == "no account with ARR is red in Vendor Risk among the accounts chosen"
    earlier = week - timedelta(weeks=500)
    assert shares.missing_shares(generation, EVERYTHING, "risk_arr", earlier) == "Vendor Risk has no scores"
