"""The parts of *Profit*: the diamond, moves, overheads, behaviour and concentration, by numbers checked by head."""

from datetime import date

import pandas as pd
import pytest

from dashboard.findings import profit_behaviour, profit_concentration, profit_overheads, profit_ratio
from dashboard.format import NBSP, Formats
from dashboard.panels import diamond as shapes
from dashboard.panels import pareto
from dashboard.panels.pareto import Kind
from dashboard.reads.profit_parts import OverheadSpan
from dashboard.reads.shares import TopMoves
from dashboard.screens import profit_behaviour as behaviour_screen
from dashboard.screens import profit_book
from dashboard.screens import profit_concentration as concentration_screen
from dashboard.theme import LIGHT
from dashboard.voice import Voice
from metrics.profit import shares
from metrics.profit.diamond import band_moves
from tests.dashboard.pages import html, text, titles

SPAN = OverheadSpan(date(2025, 11, 1), date(2026, 10, 1), 12, 12)
F = Formats()
MONEY = Kind("revenue", F.money, "revenue")


@pytest.fixture
def voice(looking) -> Voice:
    return looking("usual").voice


# The diamond


def test_the_slices_of_the_diamond_have_the_shares_of_its_groups():
    found = shapes.slices({"retain": 20, "raise": 60, "restore": 20})
    assert [(one.group, one.share) for one in found] == [("retain", 0.2), ("raise", 0.6), ("restore", 0.2)]
    top, middle, bottom = (_area(one.points) for one in found)
    whole = shapes.WIDTH * shapes.HEIGHT / 2
    assert [round(part / whole, 2) for part in (top, middle, bottom)] == [0.2, 0.6, 0.2]


def test_a_group_without_accounts_is_not_drawn_and_a_thin_one_can_be_seen():
    assert [one.group for one in shapes.slices({"retain": 1000, "raise": 1, "restore": 0})] == ["retain", "raise"]
    thin = shapes.slices({"retain": 1000, "raise": 1, "restore": 0})[1]
    assert _area(thin.points) / (shapes.WIDTH * shapes.HEIGHT / 2) > 0.02
    assert shapes.slices({"retain": 0, "raise": 0, "restore": 0}) == []


def _area(points: str) -> float:
    corners = [tuple(map(float, each.split(","))) for each in points.split()]
    pairs = zip(corners, corners[1:] + corners[:1], strict=True)
    return abs(sum(x * other_y - other_x * y for (x, y), (other_x, other_y) in pairs)) / 2


def test_the_diamond_says_how_many_are_in_each_corner(voice):
    said = profit_ratio.diamond({"retain": 230, "raise": 92, "restore": 78}, voice)
    assert said == "230 accounts to retain, 92 to raise and 78 to restore"
    assert profit_ratio.diamond({"retain": 3, "raise": 0, "restore": 0}, voice).startswith("3 accounts to retain, all")
    none = profit_ratio.diamond({"retain": 3, "raise": 0, "restore": 2}, voice)
    assert none == "3 accounts to retain and 2 to restore, none to raise"


def test_the_diamond_states_its_rule_and_its_groups_open_their_accounts(looking):
    page = html(looking("usual", "profit"))
    words = text(page)
    assert "profitable: margin above τ" in words and "among the accounts that bring 80 % of revenue" in words
    assert "unprofitable: margin below −τ" in words
    assert 'href="profit?group=restore"' in page
    opened = html(looking("usual", "profit?group=restore"))
    assert any("to restore" in title and "leads" in title for title in titles(opened))


# Bands and the six figures


def test_the_six_figures_stand_with_their_formulas_and_as_our_definition(looking):
    words = text(html(looking("usual", "profit")))
    for formula in ("n₊ : n₀ : n₋", "n₊ ÷ n₋", "Σπ₊ ÷ |Σπ₋|", "|Σπ₋| ÷ Σπ₊", "Σπ₊ ÷ Σπ", "τ = 2.0"):
        assert formula in words
    assert "Our definition, as no arithmetic was published" in words


def test_accounts_that_moved_between_bands_are_named_with_both_bands(looking):
    look = looking("usual", "profit")
    book = profit_book.Book(look)
    first = book.moves.iloc[0]
    code, _ = profit_book.names_of(look, book.moves.head(1))[int(first["account_id"])]
    page = html(look)
    assert f'account={code}"' in page
    assert {"profitable": "→ Profitable", "marginal": "→ Marginal", "unprofitable": "→ Loss-making"}[
        first["band"]
    ] in text(page)
    assert len(book.moves) == int(book.split["entered"].sum()), "everyone moved from a band into another"


def _banded(**bands: str | None) -> pd.DataFrame:
    profits = {"profitable": 10.0, "marginal": 0.0, "unprofitable": -10.0, None: 0.0}
    return pd.DataFrame(
        {"account_id": range(1, len(bands) + 1), "profit": [profits[band] for band in bands.values()],
         "revenue": 100.0, "band": list(bands.values())}
    )  # fmt: skip


def test_moves_are_told_for_the_worse_new_and_gone(voice):
    before = _banded(a="profitable", b="profitable", c="marginal", d=None, e="marginal")
    now = _banded(a="unprofitable", b="marginal", c="profitable", d="marginal", e=None)
    said = profit_ratio.moves(band_moves(now, before), "1 Aug 2026", voice)
    assert said == "4 accounts changed band since 1 Aug 2026, 2 for the worse; 1 more is gone"
    turned = profit_ratio.moves(band_moves(before, now), "1 Aug 2026", voice)
    assert turned == "4 accounts changed band since 1 Aug 2026, 1 for the worse; 1 more is gone"
    assert profit_ratio.moves(band_moves(now, now), "1 Aug 2026", voice) == "No account changed band since 1 Aug 2026"


# After overheads


def _after(*rows: tuple[float, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["profit", "overheads"])
    return frame.assign(after_overheads=frame["profit"] - frame["overheads"], revenue=100.0)


def test_after_overheads_tells_who_falls_below_zero_by_them(voice):
    assert profit_ratio.after(_after((10, 20), (-5, 1), (50, 1)), voice) == (
        "2 accounts are below zero after overheads, 1 of them earns before"
    )
    assert profit_ratio.after(_after((10, 5), (50, 1)), voice) == "No account is below zero after overheads of $6"


def test_the_switch_moves_no_band_and_no_figure(looking):
    direct, after = (html(looking("usual", f"profit{more}")) for more in ("", "?money=after"))
    for page in (direct, after):
        assert titles(page)[:3] == titles(direct)[:3]
    assert "After overheads</th>" not in direct and "After overheads</th>" in after
    assert any("below zero after overheads" in title for title in titles(after))


def test_missing_overheads_are_said_in_words(looking):
    page = html(looking("no profit", "profit?money=after"))
    assert "No profit after overheads: there is no direct profit to take them from" in text(page)
    short = OverheadSpan(date(2025, 11, 1), date(2026, 10, 1), 12, 11)
    said = profit_overheads.title(pd.DataFrame({"amount": [1.0], "unallocated": [0.0]}), short, looking("usual").voice)
    assert "11 of 12 months" in said
    assert profit_overheads.adds_up({}, short, looking("usual").voice) == (
        "Profit after overheads is not told: the ledger has overheads for 11 of the 12 months to 2026-10."
    )


# Overheads


def _pools(left: float, used: float | None = None) -> pd.DataFrame:
    return pd.DataFrame(
        {"pool": ["desk", "rent"], "amount": [600.0, 400.0], "allocated": [600.0 - left, 400.0],
         "unallocated": [left, 0.0], "capacity_minutes": [1000.0 if used is not None else None, None],
         "used_minutes": [used, None]}
    )  # fmt: skip


def test_what_no_account_is_given_is_the_finding_and_capacity_is_told_beside(voice):
    assert (
        profit_overheads.title(_pools(150), SPAN, voice) == f"$150 of $1K overheads, 15{NBSP}%, is given to no account"
    )
    assert profit_overheads.title(_pools(0), SPAN, voice) == "Overheads of $1K are all shared out, from 2 pools"
    assert profit_overheads.pools(_pools(150, 750), voice).startswith(f"25{NBSP}% of the capacity of desk is not used")
    assert profit_overheads.pools(_pools(0, 1100), voice) == f"desk worked 110{NBSP}% of its practical capacity"


def test_the_ledger_sums_add_up_in_the_words(voice):
    sums = {"ledger": 1610.0, "given": 1470.0, "in_scope": 1350.0, "elsewhere": 120.0, "unallocated": 20.0}
    assert profit_overheads.adds_up(sums, SPAN, voice) == (
        "Ledger $1,610.00 = $1,470.00 given to accounts in the profit window "
        "+ $120.00 to accounts without a line in it + $20.00 to nobody. Of it $1,350.00 on the accounts chosen."
    )


def _months(*differences: float) -> pd.DataFrame:
    days = [pd.Timestamp(2026, n + 1, 1) for n in range(len(differences))]
    return pd.DataFrame({"month": days, "finance_revenue": 1000.0, "difference": differences})


def test_invoices_against_the_ledger_turn_round_with_the_data(voice):
    said = profit_overheads.ledger(_months(10, 40), voice)
    assert said == f"Invoices are $50, 2.5{NBSP}% more than the ledger in 2 months; most in Feb 2026"
    assert "less than the ledger" in profit_overheads.ledger(_months(-10, -40), voice)
    assert profit_overheads.ledger(_months(0, 0), voice) == "Invoices agree with the ledger to the cent in all 2 months"
    assert profit_overheads.ledger(_months(5, -5), voice).startswith("Invoices and ledger agree over 2 months")


def test_an_account_whose_sign_hangs_on_the_key_is_named(looking):
    page = html(looking("usual", "profit?part=overheads"))
    assert any("earn or lose by the allocation key" in title for title in titles(page))
    assert "were every pool shared out by one key: orders, revenue" in text(page)
    assert "not given: unused capacity" in text(page)


# Behaviour


def _modes(*rows: tuple[str, str | None, int, int, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["rated", "counted", "accounts", "us", "them"])


def test_ratings_say_who_is_loss_making_and_how_often_margin_agrees(voice):
    found = _modes(("profitable", "profitable", 6, 0, 0), ("unprofitable", "profitable", 2, 3, 1))
    assert profit_behaviour.title(found, voice) == (
        f"2 of 8 rated accounts are loss-making by behaviour; 75{NBSP}% of bad ratings are our own doing"
    )
    assert profit_behaviour.modes(found, voice) == f"Ratings come to the band of margin for 75{NBSP}% of 8 accounts"
    good = _modes(("profitable", "profitable", 6, 0, 0))
    assert profit_behaviour.title(good, voice) == "None of 6 rated accounts is rated as loss-making"
    assert profit_behaviour.modes(good, voice) == "Ratings and margin agree on all 6"


def test_a_driver_costs_what_its_kinds_cost_and_the_dearest_is_told(voice):
    burdens = pd.DataFrame(
        {"driver": ["late", "late", "returns"], "accounts": [3, 3, 1], "us": [0, 0, 1], "them": [3, 3, 0],
         "kind": ["support", "waiting", "support"], "amount": [100.0, 30.0, 50.0], "extra": [60.0, 10.0, float("nan")]}
    )  # fmt: skip
    full = pd.concat(
        [
            burdens.assign(kind=kind, amount=0.0, extra=float("nan")).drop_duplicates("driver")
            for kind in (*behaviour_screen.reads.ACTIVITIES[1:], "price")
        ]
        + [burdens, burdens.tail(1).assign(kind="waiting", amount=0.0)]
    )
    rows = {row["driver"]: row for row in behaviour_screen.drivers(full)}
    assert (rows["late"]["service"], rows["late"]["waiting"], rows["late"]["extra"]) == (100, 30, 70)
    assert rows["returns"]["extra"] is None, "nobody is rated otherwise, so nothing is more than others"
    assert (
        profit_behaviour.costs(list(rows.values()), True, voice) == "$70 more is spent at the 3 accounts bad at “late”"
    )


def test_a_click_on_a_driver_names_its_accounts(looking):
    page = html(looking("usual", "profit?part=behaviour"))
    assert "driver=pays+on+time" in page and "part=behaviour" in page
    opened = html(looking("usual", "profit?part=behaviour&driver=pays+on+time"))
    assert "Rated −1: pays on time" in text(opened)
    assert "<b>orders</b>" not in opened


def test_without_ratings_nobody_is_said_to_agree(voice):
    nobody = _modes()
    assert profit_behaviour.title(nobody, voice).startswith("No account is rated")
    for said in (profit_behaviour.parted([], False, voice), profit_behaviour.costs([], False, voice)):
        assert said.endswith("will stand here")
    assert profit_behaviour.parted([], True, voice) == "The two modes disagree on no account"


# Concentration


def test_ties_and_amounts_below_zero_are_said_with_the_way_out(looking, voice):
    figures = shares.concentration(pd.Series([50.0, 30.0, 30.0, 30.0, -5.0, -6.0]))
    assert profit_concentration.notes(figures, MONEY, voice) == [
        "2 accounts lie below zero, −$11 in all, and cannot be part of a share."
    ]
    tied = shares.concentration(pd.Series([40.0, 40.0, 10.0, 10.0]))
    assert tied.to_80 == 2 and tied.tied == 0
    several = shares.concentration(pd.Series([10.0] * 10))
    assert profit_concentration.notes(several, MONEY, voice)[0].startswith("2 more accounts have as much as the last")
    page = text(html(looking("usual", "profit?part=concentration&of=profit")))
    assert "A Pareto cannot show profit" in page and "See the whale curve" in page


def test_few_and_many_are_told_apart(voice):
    few = shares.concentration(pd.Series([90.0, 1, 1, 1, 1, 1, 1, 1, 1, 1]))
    many = shares.concentration(pd.Series([10.0] * 10))
    assert profit_concentration.title(few, "arr", None, voice) == (
        f"One of 10 accounts has 80{NBSP}% of ARR: a small group carries it"
    )
    assert profit_concentration.title(many, "arr", None, voice) == (
        f"8 of 10 accounts have 80{NBSP}% of ARR: it rests on many"
    )


def test_the_pareto_of_tickets_is_written_in_tickets_and_its_bars_of_several_open_nothing(voice):
    rows = pd.DataFrame({"account_id": range(1, 101), "amount": [float(101 - n) for n in range(1, 101)]})
    kind = Kind("tickets", lambda n: profit_concentration.tickets(n, F))
    cut = shares.pareto_of(rows, "tickets")
    figure = pareto.figure(cut, LIGHT, F, {}, kind=kind)
    assert set(figure.data[0].customdata) == {""}
    assert any(label.text.endswith("5,050 tickets") for label in figure.layout.annotations)
    assert pareto.alt(cut, F, kind).startswith("Tickets of 100 accounts, largest first")


def test_who_entered_and_left_the_top_group_is_told(voice):
    rows = pd.DataFrame({"move": ["entered"], "account_code": ["A1"], "name": ["Alder"]})
    assert profit_concentration.moves(TopMoves(1, 2, rows), MONEY, voice) == (
        "1 entered the top group and 2 left it; Alder enters with most"
    )
    none = profit_concentration.moves(TopMoves(0, 0, rows.head(0)), MONEY, voice)
    assert none == f"Nobody entered or left the group that has 80{NBSP}% of revenue"


def test_attention_stands_beside_value_and_says_what_is_missing(voice):
    value = pd.DataFrame({"account_id": [1, 2], "amount": [80.0, 20.0]})
    calls = pd.DataFrame({"account_id": [1, 2], "amount": [1.0, 3.0]})
    found = shares.attention(value, {"executive_calls": calls, "success_minutes": calls.head(0)})
    assert profit_concentration.attention(found, "revenue", voice) == (
        f"The accounts with 80{NBSP}% of revenue get 25{NBSP}% of executive calls"
    )
    rows = profit_concentration.attention_rows(found, {"success_minutes": "not connected: service_costs"}, "revenue", F)
    assert [row["share"] for row in rows] == [0.5, 0.8, 0.25, None]
    assert rows[3]["why"] == "not connected: service_costs"


def test_a_kind_without_amounts_says_what_to_connect(looking):
    words = text(html(looking("no invoices", "profit?part=concentration")))
    assert "Nothing to draw: not connected: invoices" in words
    assert "Nobody entered or left" not in words and "Whether few accounts hold the revenue cannot be told" in words


def test_a_week_that_is_not_kept_is_said(looking):
    look = looking("usual", "profit?part=concentration&week=2026-11-08")
    lies = concentration_screen.Lies(look)
    assert lies.week == date(2026, 11, 15)
    assert "15 Nov 2026, the nearest week kept" in text(html(look))
