"""Findings of *Value*: computed, true when the numbers are turned round, calm when nothing moved, and short."""

from datetime import date

import pandas as pd
import pytest

from dashboard.findings import value_cohorts, value_lifetime, value_movements, value_renewals
from dashboard.format import NBSP, Formats
from dashboard.reads.lifetime import LifetimeCard
from dashboard.voice import PANEL, TITLE, Voice
from metrics.value import Figure, Margin, Sources, curve, lifetime_values
from metrics.value.retention import NO_LINES
from tests.dashboard.test_value_panels import COHORTS, LEAVERS, STAYERS, period, tenures


class Spoken:
    """As much of a company as a sentence asks for."""

    formats = Formats()


VOICE = Voice(Spoken())  # type: ignore[arg-type]
F = VOICE.formats
CONTRACTS = Sources(True, True, True, True, True)
SHOP = Sources(False, True, False, False, True)
UNTOLD = Figure(None, missing=NO_LINES)


def card(arpa: float | None = 1000.0, churn: float = 0.2, cac: float | None = 500.0, sources: Sources = CONTRACTS):
    """A card with a gross margin of one half and no survival curve."""
    retained = {
        "arpa": Figure(arpa, 50, missing=None if arpa else NO_LINES),
        "logo_churn": Figure(churn if arpa else None, 50, missing=None if arpa else NO_LINES),
    }
    cost = Figure(cac, 10, missing=None if cac else "not connected: acquisition_costs")
    margin = Margin(0.5, "ledger", "of 12 months of the ledger")
    ways = lifetime_values(retained, margin, cost, None, "nobody left", 0.1)
    return LifetimeCard(ways, sources, retained, margin, cost, None, 0.1)


def test_the_card_says_what_an_account_is_worth_against_its_cost():
    # 500 × 0.8 ÷ (1 + 0.1 − 0.8) = 1,333
    said = value_lifetime.title(card(), VOICE)
    assert said == (
        f"Winning an account costs $500; it is worth $1,333 discounted, 2.7{NBSP}×{NBSP}CAC: below the floor of 3"
    )
    assert value_lifetime.title(card(cac=100.0), VOICE).endswith("above the floor of 3")
    assert value_lifetime.title(card(cac=None), VOICE) == (
        "An account is worth $1,333 discounted; what winning one costs is not told"
    )


def test_without_contracts_the_title_leads_to_repeat_purchases():
    said = value_lifetime.title(card(arpa=None, sources=SHOP), VOICE)
    assert said == "Winning an account costs $500; without contracts its worth is told from repeat purchases"
    assert value_lifetime.title(card(arpa=None), VOICE) == f"What an account is worth cannot be told: {NO_LINES}"


def test_the_ways_lie_as_far_apart_as_they_do():
    assert value_lifetime.card_title(card().ways, VOICE) == (
        "From $1,333 discounted to $5,000 in revenue: the way decides"
    )
    assert value_lifetime.card_title(card(arpa=None).ways, VOICE) == "No way to a lifetime value can be told yet"


@pytest.mark.parametrize(
    ("cac", "words"),
    [
        (10_000.0, "below the floor of 3, gross and net"),
        (1_500.0, "reaches 3 gross, not net"),
        (1_200.0, "above 3, gross and net"),
        (100.0, "above 3, gross and net; over 5: many would invest more"),
    ],
)
def test_each_way_is_read_against_three_times_cac_gross_and_net(cac, words):
    # the article's way: 1,000 × 5 years = 5,000 before CAC
    assert value_lifetime.reading(card(cac=cac).ways[0]) == words


def test_a_way_without_a_value_says_why():
    survival = card().ways[-1]
    assert survival.name == "survival" and value_lifetime.reading(survival) == "nobody left"


def test_every_assumption_is_named():
    said = " · ".join(value_lifetime.assumptions(card(), "12 months", "2025 Q4 to 2026 Q3", F))
    for words in (
        "yearly revenue $1,000",
        f"gross margin 50.0{NBSP}%",
        "5.0 years = 1 ÷ ",
        f"interest 10{NBSP}%",
        "n = 10",
    ):
        assert words in said
    assert "fully loaded and blended, 2025 Q4 to 2026 Q3" in said
    assert "no CAC: not connected: acquisition_costs" in value_lifetime.assumptions(card(cac=None), "", "", F)


def quarters(*rows: tuple[float | None, float | None, float | None]) -> list[dict[str, object]]:
    return [
        {"period": f"2026 Q{n}", "ratio": ratio, "ltv_effect": ltv, "cac_effect": cac}
        for n, (ratio, ltv, cac) in enumerate(rows, start=1)
    ]


def test_the_ratio_s_change_names_the_effect_that_drove_it_first():
    minus = chr(0x2212)
    fell = value_lifetime.trend(quarters((4.0, None, None), (3.0, -0.2, -0.8)), VOICE)
    assert fell == f"LTV ÷ CAC fell by 1.0 to 3.0 in 2026 Q2: CAC {minus}0.8, LTV {minus}0.2"
    rose = value_lifetime.trend(quarters((3.0, None, None), (4.0, 1.3, -0.3)), VOICE)
    assert rose == f"LTV ÷ CAC rose by 1.0 to 4.0 in 2026 Q2: LTV +1.3, CAC {minus}0.3"
    calm = value_lifetime.trend(quarters((3.0, None, None), (3.01, 0.005, 0.005)), VOICE)
    assert calm == "LTV ÷ CAC is 3.0 in 2026 Q2, as in the quarter before"
    assert value_lifetime.trend(quarters((3.0, None, None)), VOICE).endswith("no quarter before it to compare with")
    assert value_lifetime.trend([], VOICE) == "LTV ÷ CAC cannot be told for any quarter yet"


def test_channels_turn_round_with_their_costs():
    rows = [{"channel": "Fair", "cac": 900.0}, {"channel": "Direct", "cac": 100.0}, {"channel": "", "cac": None}]
    assert value_lifetime.channels(rows, VOICE) == "Direct wins an account for $100, Fair for $900"
    turned = [{"channel": "Fair", "cac": 100.0}, {"channel": "Direct", "cac": 900.0}]
    assert value_lifetime.channels(turned, VOICE) == "Fair wins an account for $100, Direct for $900"
    assert value_lifetime.channels([], VOICE) == "No channel’s cost of winning an account can be told"


def test_a_month_s_cost_is_a_signal_or_it_is_not():
    rows = [{"month": "Oct 2026", "cac": 500.0, "won": 2}]
    assert value_lifetime.months(rows, None, True, VOICE).endswith("within normal variation")
    assert value_lifetime.months(rows, "up", True, VOICE).endswith("more than normal variation")
    assert value_lifetime.months(rows, None, False, VOICE).endswith("too few months for a normal range")


# Movements


def sums(churned: float, contracted: float, expanded: float) -> dict[str, float]:
    return {"arr_churned": churned, "arr_contracted": contracted, "arr_expanded": expanded}


@pytest.mark.parametrize(
    ("moved", "words"),
    [
        (sums(30, 10, 20), "expansion won back $20 of the $40 lost in 12 months"),
        (sums(10, 0, 50), "expansion of $50 outweighs the $10 lost in 12 months"),
        (sums(0, 0, 50), "nobody left or cut, and expansion added $50"),
        (sums(10, 0, 0), "$10 was lost and nothing grew in 12 months"),
        (sums(0, 0, 0), "every account pays what it paid a year ago"),
    ],
)
def test_retention_is_told_with_what_made_it(moved, words):
    figures = {"nrr": Figure(0.96, 10), "grr": Figure(0.95, 10)}
    assert value_movements.title(figures, moved, VOICE) == f"NRR is 96.0{NBSP}%, GRR 95.0{NBSP}%: {words}"


def test_without_contracts_retention_says_what_is_missing():
    said = value_movements.title({"nrr": UNTOLD, "grr": UNTOLD}, sums(0, 0, 0), VOICE)
    assert said == "What we kept of a year ago cannot be told: not connected: subscriptions"


def test_a_bridge_turns_round_and_stands_still():
    assert value_movements.bridge(period(), VOICE) == "ARR rose by $30 in 2026 Q3: $50 new, $30 churned"
    turned = period(new=10.0, expansion=30.0, contraction=-60.0, churn=-5.0)
    assert value_movements.bridge(turned, VOICE) == "ARR fell by $25 in 2026 Q3: $30 of expansion, $60 cut"
    still = period(new=0.0, expansion=0.0, contraction=0.0, churn=0.0)
    assert value_movements.bridge(still, VOICE) == "Nothing moved in 2026 Q3: ARR stays at $100"
    assert " so far" in value_movements.bridge(period(is_whole=False), VOICE)


def test_who_moved_most_and_how_much_of_it_that_is():
    row = period(churn=-40.0) | {"n_churn": 3}
    movers = [{"name": "Ada", "account_code": "A1", "movement": "churn", "amount": -30.0}]
    assert value_movements.movers(movers, row, None, VOICE) == f"Ada left with $30, 75{NBSP}% of what churned"
    assert value_movements.movers(movers, row | {"n_churn": 1}, None, VOICE) == "Ada left with $30, all of what churned"
    assert value_movements.movers([], row, "new", VOICE) == "No account moved in 2026 Q3"


def test_a_tile_says_its_value_a_quarter_before():
    minus = chr(0x2212)
    now, then = Figure(0.9), Figure(0.95)
    assert value_movements.before(now, then, "ratio", "23 Aug", F) == f"95.0{NBSP}% on 23 Aug; {minus}5.0{NBSP}pts"
    assert value_movements.before(now, now, "ratio", "23 Aug", F) == f"90.0{NBSP}% on 23 Aug, too"
    assert value_movements.before(now, None, "ratio", "", F) == "no value a quarter before"


# Cohorts


def test_cohorts_are_told_at_the_first_year_by_which_anything_was_lost():
    said = value_cohorts.title(COHORTS, "logos", True, VOICE)
    assert said == f"After 12 months 50{NBSP}% of accounts are left; 8 accounts are that old"
    money = value_cohorts.title(COHORTS, "arr", True, VOICE)
    assert money == f"After 12 months cohorts pay 150{NBSP}% of their first ARR; 8 accounts are that old"
    young = value_cohorts.title(COHORTS[COHORTS["n"] < 5], "logos", True, VOICE)
    assert young == "No quarter’s new accounts are enough and old enough to say who stays"


def test_without_contracts_cohorts_speak_of_buying():
    said = value_cohorts.title(COHORTS, "logos", False, VOICE)
    assert said == f"After 12 months 50{NBSP}% of accounts buy in a month; 8 accounts are that old"
    assert value_cohorts.heat(COHORTS, "logos", VOICE) == (
        f"2025 Q1 keeps 50{NBSP}% at month 12; others are younger or smaller"
    )


def test_the_worst_cohort_is_named_and_turns_round():
    two = pd.concat([COHORTS[COHORTS["months"] == 12]] * 2, ignore_index=True)
    two["cohort"], two["logos_kept"] = ["2025 Q1", "2025 Q2"], [4, 8]
    assert value_cohorts.heat(two, "logos", VOICE) == (
        f"At month 12, 2025 Q2 keeps most (100{NBSP}%), 2025 Q1 least (50{NBSP}%)"
    )
    two["logos_kept"] = [8, 4]
    assert value_cohorts.title(two, "logos", True, VOICE).endswith(f"least of those won in 2025 Q2, 50{NBSP}%")
    two["logos_kept"] = [8, 8]
    assert value_cohorts.heat(two, "logos", VOICE) == f"Every cohort keeps 100{NBSP}% at month 12"


def test_segments_differ_only_beyond_their_intervals():
    assert value_cohorts.survival({"Large": STAYERS, "Small": LEAVERS}, VOICE) == (
        f"98{NBSP}% stay longer than 5 years in Large, 50{NBSP}% in Small"
    )
    assert value_cohorts.survival({"Large": LEAVERS, "Small": STAYERS}, VOICE) == (
        f"98{NBSP}% stay longer than 5 years in Small, 50{NBSP}% in Large"
    )
    alike = value_cohorts.survival({"Large": STAYERS, "Small": STAYERS}, VOICE)
    assert alike == "Segments stay equally long as far as we can tell: intervals overlap after 5 years"
    nobody = tenures((3650, False, 9))
    assert value_cohorts.survival({"a": nobody, "b": nobody}, VOICE) == "Nobody has left within 5 years, in any segment"


def test_a_share_beyond_what_was_seen_is_a_dash():
    young = curve(pd.DataFrame([(400, False, 9)], columns=["days", "has_ended", "n"]))
    assert value_cohorts.stays(young, 5, F) == "–"
    assert value_cohorts.stays(LEAVERS, 5, F) == f"50{NBSP}% (40–59)"


# Renewals


def due(**more: float) -> dict[str, object]:
    parts = {"red": 0.0, "amber": 0.0, "green": 0.0, "other": 0.0, "cancelled": 0.0} | more
    return {"quarter": "2027 Q1", "arr": sum(parts[name] for name in ("red", "amber", "green", "other")), **parts}


def test_renewals_say_what_is_red_and_what_is_gone():
    opening = "$100 of ARR is up for renewal by 2027 Q1"
    assert value_renewals.title([due(red=30.0, green=70.0, cancelled=20.0)], "Vendor Risk", VOICE) == (
        f"{opening}: $30 of it is red in Vendor Risk, $20 cancelled"
    )
    assert value_renewals.title([due(green=100.0)], "Vendor Risk", VOICE).endswith("none of it is red in Vendor Risk")
    assert value_renewals.title([due(other=100.0)], "Vendor Risk", VOICE).endswith(
        "none of it has a score in Vendor Risk"
    )
    assert value_renewals.title([], "Vendor Risk", VOICE) == "No term ends in this quarter or the four after it"


def test_the_heaviest_quarter_and_the_reddest_one():
    light, heavy = due(red=9.0) | {"quarter": "2026 Q4"}, due(green=99.0)
    assert value_renewals.calendar([light, heavy], VOICE) == (
        "2027 Q1 is the heaviest with $99; most that is red is due in 2026 Q4, $9"
    )
    assert value_renewals.calendar([heavy], VOICE) == "2027 Q1 is the heaviest with $99; nothing due is red"


def test_revenue_at_risk_names_the_view_that_holds_most():
    rows = [
        {"title": "Vendor Risk", "red": 5.0, "is_scored": True},
        {"title": "Client Outcomes", "red": 9.0, "is_scored": True},
        {"title": "Client Maturity", "red": 0.0, "is_scored": False},
    ]
    assert value_renewals.at_risk(rows, VOICE) == "Client Outcomes holds most: $9 of ARR is red there"
    assert value_renewals.at_risk([row | {"red": 0.0} for row in rows], VOICE) == "No ARR is red in any view"
    assert value_renewals.at_risk(rows[2:], VOICE).startswith("No view has a score")


def test_what_is_in_no_quarter_is_told_by_its_kind():
    rows = [
        {"quarter": None, "is_later": True, "state": "open", "arr": 5.0},
        {"quarter": None, "is_later": False, "state": "evergreen", "arr": 7.0},
        {"quarter": "2027 Q1", "is_later": False, "state": "open", "arr": 99.0},
    ]
    assert value_renewals.beside(rows, F) == ["$5 ends later", "$7 evergreen, without a term"]


def test_the_first_line_of_a_quarter():
    rows = [{"name": "Ada", "account_code": "A1", "renews_on": date(2027, 1, 3)}]
    assert value_renewals.lines(rows, 1, "2027 Q1", VOICE) == "1 line ends in 2027 Q1; Ada is first here, on 3 Jan 2027"
    assert value_renewals.lines([], 0, None, VOICE) == "No line ends in the calendar"


def test_long_names_leave_a_title_within_its_line():
    long = "Unbreakable" * 20
    rows = [{"name": long, "account_code": "A1", "renews_on": date(2027, 1, 3)}]
    movers = [{"name": long, "account_code": "A1", "movement": "contraction", "amount": -7.0}]
    channels = [{"channel": long, "cac": 1e9}, {"channel": long, "cac": 1.0}]
    for said in (
        value_renewals.lines(rows, 123_456, "FY2027 Q1", VOICE),
        value_movements.movers(movers, period(), None, VOICE),
        value_lifetime.channels(channels, VOICE),
        value_cohorts.survival({long: STAYERS, long + "x": LEAVERS}, VOICE),
    ):
        assert len(said) <= PANEL
    assert len(value_renewals.title([due(red=3e9, green=7e12, cancelled=2e9)], "Client Experience", VOICE)) <= TITLE
