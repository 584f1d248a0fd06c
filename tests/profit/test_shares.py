"""What lies on few accounts: the top group, who came and went, shares, the interval, and who gets the attention."""

import time
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from metrics.profit.concentration import make_concentration
from metrics.profit.shares import (
    NoPareto,
    attention,
    concentration,
    pareto_of,
    top_20_interval,
    top_group,
    top_moves,
)

LAST = date(2026, 6, 28)
QUARTER_BEFORE = date(2026, 3, 29)


def rows(**amounts):
    return pd.DataFrame({"account_id": list(amounts), "amount": list(amounts.values())})


def test_figures_of_five_accounts():
    figures = concentration(pd.Series([50, 30, 10, 5, 5]))
    assert (figures.accounts, figures.amount, figures.to_80, figures.tied) == (5, 100, 2, 0)
    assert (figures.top_1, figures.top_5, figures.top_50, figures.top_20_share) == (0.5, 1, 1, 0.5)
    assert figures.hhi == pytest.approx(0.25 + 0.09 + 0.01 + 0.0025 + 0.0025)
    assert figures.refused is None


def test_accounts_as_large_as_the_last_of_the_group_are_counted_as_ties():
    figures = concentration(pd.Series([60, 10, 10, 10, 10]))
    assert (figures.to_80, figures.tied) == (3, 2)


def test_amounts_below_zero_are_refused_with_the_way_out():
    figures = concentration(pd.Series([80, 20, 0, -30, Decimal("-0.5")]))
    assert (figures.accounts, figures.amount, figures.below_zero, figures.amount_below_zero) == (2, 100, 2, -30.5)
    assert figures.refused == (
        "2 accounts lie below zero (in all -30.50) and cannot be part of a share. "
        "The whale curve shows amounts of both signs."
    )
    assert concentration(pd.Series([1, -1])).refused.startswith("1 account lies below zero (in all -1.00)")


def test_nothing_above_zero_has_no_shares():
    figures = concentration(pd.Series([0, -1]))
    assert (figures.accounts, figures.amount, figures.to_80, figures.tied) == (0, 0, 0, 0)
    assert figures.top_1 is figures.top_20_share is figures.hhi is None


def test_a_pareto_of_any_amount_has_its_tail_grouped():
    table = pareto_of(rows(**{f"a{n}": 1 for n in range(80)}), "tickets")
    assert (table.accounts, table.cut, table.tail_accounts, table.tail_revenue) == (80, 64, 16, 16)
    assert table.per_bar == 2


def test_a_pareto_of_profit_is_refused_with_the_way_out():
    with pytest.raises(NoPareto, match="Draw the whale curve instead"):
        pareto_of(rows(a=1), "profit")
    with pytest.raises(NoPareto, match=r"no Pareto of 'arrr'.*revenue, arr, tickets, risk_arr"):
        pareto_of(rows(a=1), "arrr")


def test_the_top_group_is_ranked_and_ties_go_by_account():
    group = top_group(rows(c=10, b=10, a=60, e=10, d=10))
    assert group["account_id"].tolist() == ["a", "b", "c"]
    assert group["nth"].tolist() == [1, 2, 3]


def test_who_came_into_the_top_group_and_who_went():
    moves = top_moves(rows(stayed=50, grew=30, fell=10, small=10), rows(stayed=50, fell=30, gone=15, small=5))
    assert moves["move"].tolist() == ["entered", "left"]
    assert moves["account_id"].tolist() == ["grew", "fell"]
    assert moves[["amount", "was_amount"]].to_numpy().tolist() == [[30, 0], [10, 30]]
    assert moves["nth"].isna().tolist() == [False, True] and moves["nth"][0] == 2 == moves["was_nth"][1]


def test_nobody_moves_between_equal_quarters():
    assert top_moves(rows(a=50, b=30, c=20), rows(a=50, b=30, c=20)).empty
    assert top_moves(rows(), rows()).empty


def test_the_interval_holds_the_share_and_is_the_same_every_time():
    amounts = pd.Series(np.random.default_rng(3).lognormal(3, 1.2, 400).round(2))
    low, high = top_20_interval(amounts)
    assert low < concentration(amounts).top_20_share < high
    assert (low, high) == top_20_interval(amounts)
    assert (low, high) != top_20_interval(amounts, seed=2)


def test_equal_accounts_have_no_doubt_in_their_share():
    assert top_20_interval(pd.Series([7.0] * 50)) == pytest.approx((0.2, 0.2))


def test_one_account_has_no_interval():
    assert top_20_interval(pd.Series([5.0, -1.0])) is None


def test_drawing_like_amounts_together_gives_the_interval_of_drawing_each():
    amounts = np.random.default_rng(5).lognormal(3, 1, 5_000).round(2)
    draws = np.random.default_rng(9).choice(amounts, size=(500, 5_000))
    ordered = np.sort(draws, axis=1)[:, ::-1]
    each = np.quantile(ordered[:, :1_000].sum(axis=1) / ordered.sum(axis=1), [0.025, 0.975])
    assert top_20_interval(pd.Series(amounts)) == pytest.approx(tuple(each), abs=0.004)


def test_an_interval_of_many_accounts_is_quick():
    amounts = pd.Series(np.random.default_rng(5).lognormal(3, 1, 100_000))
    began = time.process_time()
    top_20_interval(amounts)
    assert time.process_time() - began < 1


def test_attention_beside_value():
    value = rows(a=50, b=30, c=20)
    found = attention(value, {"executive_calls": rows(a=1, c=2, nothing=1), "success_minutes": rows()})
    assert (found.accounts, found.account_share, found.value_share) == (2, pytest.approx(2 / 3), 0.8)
    assert found.shares == {"executive_calls": 0.25, "success_minutes": None}
    assert found.totals == {"executive_calls": 4, "success_minutes": 0}
    assert attention(rows(a=-1), {}) is None


@pytest.fixture
def made(engine, profits):
    """Both tables over a quarter and two older quarter ends, from sources written by hand."""

    def make(invoices=(), tickets=(), calls=(), minutes=(), arr=(), red=(), window=52):
        weeks = [LAST - pd.Timedelta(weeks=n).to_pytimedelta() for n in range(40)]
        ends = [str(day) for day in weeks[:14]]
        costs = [
            {"account_id": account, "incurred_on": day, "minutes": n, "hourly_rate": 60} for account, day, n in minutes
        ]
        profits(ends=ends, window=window, invoices=invoices, service_costs=costs)
        run = engine.connection.execute
        run("alter table service_costs add column activity varchar default 'success'").fetchall()
        engine.put("weeks", pd.DataFrame({"as_of": weeks, "is_shown": True}))
        quarters = [(date(2025, 9, 30), date(2025, 12, 31)), (date(2025, 12, 31), date(2026, 3, 31))]
        engine.put("period_ends", pd.DataFrame(
            [{"kind": "quarter", "period": f"q{n}", "opens_on": opens, "closes_on": closes, "is_whole": True}
             for n, (opens, closes) in enumerate(quarters)]
        ))  # fmt: skip
        for name, columns, values in (
            ("tickets", "account_id varchar, opened_at timestamp", tickets),
            ("touchpoints", "account_id varchar, happened_on date, kind varchar", calls),
            ("scored_weeks", "account_id varchar, as_of date, arr decimal(38, 4)", arr),
            ("view_scores", "account_id varchar, as_of date, view varchar, status varchar", red),
            ("source_days", "source varchar, first_on date", [("invoices", date(2025, 1, 1)), ("tickets", LAST)]),
        ):
            run(f"create or replace table {name} ({columns})").fetchall()
            for row in values:
                run(f"insert into {name} values ({', '.join('?' * len(row))})", list(row)).fetchall()
        make_concentration(engine)
        table = engine.rows("select * from concentration order by kind, as_of")
        return table.assign(as_of=table["as_of"].dt.date).set_index(["kind", "as_of"])

    return make


def line(account, on, revenue):
    return {"account_id": account, "invoiced_on": on, "net_revenue": revenue, "product_cost": 0}


def test_revenue_is_told_at_quarter_ends_before_the_recent_weeks(made):
    table = made(invoices=[line("a", "2025-12-01", 80), line("b", "2025-12-02", 20), line("b", "2026-06-01", 80)])
    old, now = table.loc[("revenue", date(2025, 12, 28))], table.loc[("revenue", LAST)]
    assert (old.accounts, old.amount, old.to_80, old.top_1) == (2, 100, 1, 0.8)
    assert (now.amount, now.to_80, now.top_1) == (180, 2, pytest.approx(100 / 180))
    assert len(table.loc["revenue"]) == 15  # 14 recent weeks, the quarter end among them counted once, and one older


def test_a_window_that_begins_before_its_source_is_marked_short(made):
    table = made(invoices=[line("a", "2025-12-01", 80)], tickets=[("a", LAST)])
    assert table.loc[("revenue", date(2025, 12, 28))].is_short
    assert not table.loc[("revenue", LAST)].is_short
    assert table.loc[("tickets", LAST)].is_short


def test_a_window_of_all_time_is_never_short(made):
    assert not made(window=0, invoices=[line("a", "2025-12-01", 80)])["is_short"].any()


def test_tickets_of_the_window_are_counted(made):
    first = date(2025, 6, 30)
    table = made(tickets=[("a", first), ("a", LAST), ("b", LAST), ("b", date(2025, 6, 29)), ("b", date(2026, 6, 29))])
    assert (table.loc[("tickets", LAST)].amount, table.loc[("tickets", LAST)].accounts) == (3, 2)


def test_risk_arr_is_the_arr_of_accounts_red_in_vendor_risk(made):
    table = made(
        arr=[("a", LAST, 70), ("b", LAST, 30), ("c", LAST, None)],
        red=[("b", LAST, "vendor_risk", "red"), ("a", LAST, "vendor_risk", "amber"), ("a", LAST, "x", "red")],
    )
    assert (table.loc[("arr", LAST)].amount, table.loc[("risk_arr", LAST)].amount) == (100, 30)


def test_amounts_are_kept_for_the_latest_week_and_a_quarter_before(made, engine):
    made(
        invoices=[line("a", "2025-12-01", 80), line("b", "2026-06-01", -5)],
        calls=[("a", LAST, "executive_call"), ("a", LAST, "email")],
        minutes=[("b", "2026-02-01", 30)],
    )
    kept = engine.rows("select kind, as_of, account_id, amount from account_shares order by kind, as_of, account_id")
    found = {(k, d.date(), a): n for k, d, a, n in kept.itertuples(index=False)}
    assert found == {
        ("executive_calls", LAST, "a"): 1,
        ("revenue", QUARTER_BEFORE, "a"): 80,
        ("revenue", LAST, "a"): 80,
        ("revenue", LAST, "b"): -5,
        ("success_minutes", QUARTER_BEFORE, "b"): 30,
        ("success_minutes", LAST, "b"): 30,
    }


def test_a_company_without_any_amount_has_empty_tables(made, engine):
    assert made().empty
    assert engine.rows("select * from account_shares").empty
