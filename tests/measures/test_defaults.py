"""The shipped definitions: default thresholds of each measure, how long a value is valid, who answers, where it counts.

Numbers here are what a company gets that changes nothing. To change one is to change its line, and `CHANGES.md`.
"""

from collections.abc import Iterator

import pytest

from metrics.catalog import Entry, Exception_, measures, scorecards
from metrics.placing import MOST_WEIGHT, group_owner, owner

CARDS = scorecards()

# measure, red, green, valid days (0: a window, never stale), owner
DEFAULTS = """
    advanced_features_in_use      0     0.5    0    Customer Success
    recent_bad_support            2     0      0    Support
    sponsor_contact_days          90    30     0    Customer Success
    marketing_participation       0     2      0    Marketing
    open_expansion_opportunities  0     1      0    Sales
    utilisation                   0.5   0.8    0    Customer Success
    latest_sentiment              0.25  0.75   180  Customer Success
    reference_activity            0     1      0    Marketing
    community_activity            0     2      0    Marketing
    open_cases                    5     1      0    head of Support
    repeat_case_share             0.3   0.1    0    head of Support
    case_age_days                 14    3      0    head of Support
    unresolved_defects            3     0      0    head of Product
    unanswered_critical_requests  1     0      0    head of Product
    marketing_response            0.05  0.25   0    head of Marketing
    adoption_depth                0.1   0.5    0    Customer Success
    adoption_breadth              0.1   0.4    0    Customer Success
    services_on_time              0.6   0.9    365  head of Services
    services_on_budget            1.2   1.0    365  head of Services
    services_quality              2.5   4      365  head of Services
    overdue_share                 0.15  0.02   0    Finance
    sponsor_left                  1     0      0    Customer Success
    contacts_in_touch             1     4      0    Customer Success
    renewal_silence_days          45    14     0    Account management
    product_penetration           0     2      0    Sales
    return_received               1     3      365  Customer Success
    return_seen                   2     4      365  Customer Success
    client_cost_share             1     0.25   365  Customer Success
    goals_reached                 0.33  0.8    365  Customer Success
    time_to_value_days            180   60     0    Onboarding
    sales_expectation             0.5   0.75   365  Sales
    onboarding_overrun            1.5   1.0    365  VP Services
    onboarding_experience         0.5   0.75   365  Services
    support_satisfaction          0.7   0.9    0    Support
    support_frequency             0.5   0.1    0    Support
    uptime                        0.990 0.999  0    VP Engineering
    product_quality_rating        0.5   0.75   365  Product
    defect_rate                   0.1   0      0    Product
    relationship_nps              0     50     365  Customer Success
    meeting_attendance            0.5   0.9    0    Customer Success
    training_completed            0     2      0    Education
    email_response                0.1   0.4    0    Customer Success
    roles_in_touch                0.25  0.75   0    Customer Success
    maturity_level                1     4      365  Customer Success
"""

GROUPS = {
    "vendor_outcomes": {
        "retention": ["advanced_features_in_use", "recent_bad_support", "sponsor_contact_days"],
        "expansion": ["marketing_participation", "open_expansion_opportunities", "utilisation"],
        "advocacy": ["latest_sentiment", "reference_activity", "community_activity"],
    },
    "vendor_risk": {
        "support": ["open_cases", "repeat_case_share", "case_age_days"],
        "product": ["unresolved_defects", "unanswered_critical_requests"],
        "marketing": ["marketing_response"],
        "adoption": ["adoption_depth", "adoption_breadth"],
        "services": ["services_on_time", "services_on_budget", "services_quality"],
        "finance": ["overdue_share"],
        "relationship": ["sponsor_left", "contacts_in_touch"],
        "contract": ["renewal_silence_days"],
    },
    "vendor_expansion": {"white_space": ["product_penetration"], "pipeline": ["open_expansion_opportunities"]},
    "client_outcomes": {
        "return": ["return_received", "return_seen"],
        "cost": ["client_cost_share"],
        "results": ["goals_reached"],
        "time": ["time_to_value_days"],
    },
    "client_experience": {
        "sales": ["sales_expectation"],
        "onboarding": ["onboarding_overrun", "onboarding_experience"],
        "support": ["support_satisfaction", "support_frequency"],
        "product": ["uptime", "product_quality_rating", "defect_rate"],
        "relationship": ["relationship_nps"],
    },
    "client_engagement": {
        "people": ["sponsor_contact_days", "roles_in_touch"],
        "meetings": ["meeting_attendance", "email_response"],
        "learning": ["training_completed", "marketing_participation"],
        "advocacy": ["community_activity", "reference_activity"],
    },
    "client_maturity": {"levels": ["maturity_level"] * 5},
}

# Measures whose thresholds can't be one for all: what differs, by whom, from the start.
EXCEPTIONS = {
    ("vendor_outcomes", "advanced_features_in_use"): [{"age_to_days": 60, "na": True}],
    ("vendor_outcomes", "utilisation"): [
        {"age_to_days": 60, "na": True},
        {"age_from_days": 60, "age_to_days": 180, "red": 0.1},
    ],
    ("vendor_outcomes", "reference_activity"): [{"segment": "Small", "weight": 25}, {"segment": "SMB", "weight": 25}],
    ("client_engagement", "reference_activity"): [{"segment": "Small", "weight": 25}, {"segment": "SMB", "weight": 25}],
    ("vendor_risk", "open_cases"): [
        {"segment": "Enterprise", "red": 15, "green": 4},
        {"segment": "Strategic", "red": 15, "green": 4},
    ],
    ("client_experience", "support_frequency"): [
        {"segment": "Small", "red": 1.5, "green": 0.3},
        {"segment": "SMB", "red": 1.5, "green": 0.3},
    ],
}


def defaults() -> Iterator[tuple[str, float, float, int, str]]:
    for line in DEFAULTS.strip().splitlines():
        measure, red, green, days, named = line.split(maxsplit=4)
        yield measure, float(red), float(green), int(days), named


def places(measure: str) -> list[tuple[str, Entry, str]]:
    """View, entry and owner of every place of a measure."""
    known = measures()[measure]
    return [
        (card.name, entry, owner(group, entry, known))
        for card in CARDS.values()
        for group in card.groups
        for entry in group.entries
        if entry.measure == measure
    ]


@pytest.mark.parametrize(("measure", "red", "green", "days", "named"), list(defaults()), ids=lambda cell: str(cell))
def test_defaults_of_a_measure(measure: str, red: float, green: float, days: int, named: str) -> None:
    found = places(measure)
    assert {(entry.red, entry.green) for _, entry, _ in found} == {(red, green)}
    assert (measures()[measure].valid_days or 0, found[0][2]) == (days, named)


def test_every_measure_has_a_line_above() -> None:
    assert {line[0] for line in defaults()} == set(measures()) - {"nps_spread", "own_measurement"}


@pytest.mark.parametrize("view", GROUPS)
def test_groups_of_a_view_in_their_order(view: str) -> None:
    assert {group.name: [entry.measure for entry in group.entries] for group in CARDS[view].groups} == GROUPS[view]


def test_thresholds_that_differ_from_the_start() -> None:
    found = {
        (card.name, entry.name): [rule.model_dump(exclude_unset=True) for rule in entry.exceptions]
        for card in CARDS.values()
        for entry in card.entries
        if entry.exceptions
    }
    assert found == EXCEPTIONS


def test_an_exception_can_be_by_segment_industry_item_and_age() -> None:
    who = {"segment", "industry", "item", "age_from_days", "age_to_days"}
    assert set(Exception_.model_fields) == who | {"red", "green", "weight", "na"}


def test_one_function_answers_for_each_risk() -> None:
    assert {group.name: group_owner(group, measures()) for group in CARDS["vendor_risk"].groups} == {
        "support": "head of Support", "product": "head of Product", "marketing": "head of Marketing",
        "adoption": "Customer Success", "services": "head of Services", "finance": "Finance",
        "relationship": "Customer Success", "contract": "Account management",
    }  # fmt: skip


def test_a_group_has_an_owner_where_its_measures_agree() -> None:
    owners = {group.name: group_owner(group, measures()) for group in CARDS["vendor_outcomes"].groups}
    assert owners == {"retention": "", "expansion": "", "advocacy": ""}
    outcomes = {group.name: group_owner(group, measures()) for group in CARDS["client_outcomes"].groups}
    assert outcomes["return"] == "Customer Success"


def test_weights_are_equal_but_where_the_file_says_why() -> None:
    """Groups of a view weigh alike, and measures of a group, apart from what stands here."""
    views = {name for name, card in CARDS.items() if len({group.weight for group in card.groups}) > 1}
    unequal = {
        (card.name, group.name)
        for card in CARDS.values()
        for group in card.groups
        if len({entry.weight for entry in group.entries}) > 1
    }
    assert (views, unequal) == ({"vendor_expansion"}, {("vendor_risk", "services")})


def test_what_our_own_staff_enter_stays_small() -> None:
    subjective = [name for name, measure in measures().items() if measure.is_subjective]
    (quality,) = (entry for _, entry, _ in places("services_quality"))
    assert (subjective, quality.weight / 100) == (["services_quality"], MOST_WEIGHT)


def test_who_each_view_is_for() -> None:
    assert CARDS["vendor_outcomes"].audience == "internal and board"
    assert [card.side for card in CARDS.values()] == ["vendor"] * 3 + ["client"] * 4
    assert [card.name for card in CARDS.values() if card.is_own_proposal] == ["client_engagement", "client_maturity"]
