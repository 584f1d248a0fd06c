"""Measures of touchpoints: mail, marketing, meetings, references, training, people, roles, sponsors, renewals."""

import pytest

from tests.measures.conftest import days_before, weeks_to


def touch(kind, ago, account="a", attended=True, contact=None):
    return {
        "touchpoint_id": f"{account}-{kind}-{ago}-{contact}", "account_id": account, "kind": kind,
        "happened_on": days_before(ago), "attended": attended, "contact_id": contact,
    }  # fmt: skip


def person(contact, role, joined="2024-01-01", left=None, account="a"):
    return {"contact_id": contact, "account_id": account, "role": role, "joined_on": joined, "left_on": left}


@pytest.mark.parametrize(
    ("name", "kinds", "days"),
    [
        ("marketing_participation", ("event", "webinar"), 182),
        ("community_activity", ("community",), 91),
        ("reference_activity", ("reference",), 364),
        ("training_completed", ("training",), 364),
    ],
)
def test_what_an_account_joined_is_counted_over_its_window(measured, name, kinds, days):
    touchpoints = [touch(kind, ago) for kind in kinds for ago in (0, days - 1, days)]
    touchpoints += [touch(kinds[0], 3, attended=False), touch("meeting", 1), touch("meeting", 1, account="b")]
    rows = measured(name, touchpoints=touchpoints)
    assert rows["numerator"].to_dict() == {"a": 2 * len(kinds), "b": 0}
    assert rows["denominator"].to_dict() == {"a": 1, "b": 1}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("marketing_participation", "webinar"),
        ("community_activity", "community"),
        ("reference_activity", "reference"),
        ("training_completed", "training"),
    ],
)
def test_a_kind_nobody_ever_recorded_is_no_data(measured, name, kind):
    touchpoints = [touch("meeting", 100), touch(kind, 8, account="b")]
    rows = measured(name, weeks=weeks_to("2026-06-28", 4), touchpoints=touchpoints)
    assert rows["numerator"].groupby("account_id").agg(list).to_dict() == {"a": [0, 0], "b": [1, 1]}


def test_references_are_zero_as_long_as_anything_else_is_delivered(measured):
    days = [{"source": "touchpoints", "first_on": "2024-01-01", "last_on": "2026-06-01"}]
    days += [{"source": "references", "first_on": "2024-01-01", "last_on": "2026-06-28"}]
    touchpoints = [touch("reference", 30), touch("training", 30)]
    assert measured("reference_activity", touchpoints=touchpoints, source_days=days)["numerator"].to_list() == [1]
    assert measured("training_completed", touchpoints=touchpoints, source_days=days).empty


def test_marketing_response_is_taken_up_of_sent(measured):
    touchpoints = [
        touch("email", 1, attended=True), touch("email", 2, attended=None), touch("event", 3, attended=False),
        touch("webinar", 4, attended=None), touch("meeting", 5), touch("email", 91), touch("meeting", 1, account="b"),
    ]  # fmt: skip
    rows = measured("marketing_response", touchpoints=touchpoints)
    assert rows["numerator"].to_dict() == {"a": 2, "b": 0}
    assert rows["denominator"].to_dict() == {"a": 4, "b": 0}


def test_email_response_counts_a_mail_without_a_word_as_unanswered(measured):
    mails = [touch("email", 1), touch("email", 2, attended=False), touch("email", 3, attended=None), touch("event", 4)]
    assert measured("email_response", touchpoints=mails)[["numerator", "denominator"]].values.tolist() == [[1, 3]]


def test_meeting_attendance_is_meetings_attended_of_those_set_in_26_weeks(measured):
    touchpoints = [
        touch("meeting", 1), touch("business_review", 181, attended=False), touch("meeting", 5, attended=None),
        touch("meeting", 182, attended=False), touch("email", 1), touch("email", 1, account="b"),
    ]  # fmt: skip
    rows = measured("meeting_attendance", touchpoints=touchpoints)
    assert rows["numerator"].to_dict() == {"a": 2, "b": 0}
    assert rows["denominator"].to_dict() == {"a": 3, "b": 0}


def test_contacts_in_touch_are_distinct_people_of_thirteen_weeks(measured):
    touchpoints = [
        touch("meeting", 1, contact="p"), touch("meeting", 40, contact="p"), touch("email", 90, contact="q"),
        touch("meeting", 91, contact="r"), touch("email", 1, contact="s", attended=None),
        touch("email", 1, account="silent", contact="p", attended=False),
    ]  # fmt: skip
    assert measured("contacts_in_touch", touchpoints=touchpoints)["numerator"].to_dict() == {"a": 2, "silent": 0}


@pytest.mark.parametrize("name", ["contacts_in_touch", "roles_in_touch"])
def test_contact_with_nobody_named_is_no_data(measured, name):
    touchpoints = [touch("meeting", 1), touch("meeting", 1, account="b"), touch("meeting", 2, account="b", contact="p")]
    assert measured(name, touchpoints=touchpoints).index.to_list() == ["b"]


def test_roles_in_touch_are_distinct_roles_of_four(measured):
    contacts = [person("p", "champion"), person("q", "champion"), person("r", "sponsor"), person("s", None)]
    touchpoints = [touch("meeting", 1, contact=contact) for contact in "pqrs"]
    rows = measured("roles_in_touch", contacts=contacts, touchpoints=touchpoints)
    assert rows["value"].to_dict() == {"a": 0.5}


def test_a_role_counts_once_its_bearer_is_known(measured):
    contacts = [person("p", "champion", joined="2026-06-20"), person("q", "sponsor", joined=None)]
    touchpoints = [touch("meeting", 20, contact="p"), touch("meeting", 20, contact="q")]
    rows = measured("roles_in_touch", weeks=weeks_to("2026-06-28", 3), contacts=contacts, touchpoints=touchpoints)
    assert rows["numerator"].to_list() == [0, 1, 1]


def test_sponsor_contact_days_look_at_sponsors_and_buyers_still_there(measured):
    contacts = [
        person("left", "sponsor", left=days_before(5)), person("buyer", "economic_buyer"), person("user", "end_user"),
    ]  # fmt: skip
    touchpoints = [
        touch("meeting", 8, contact="left"),
        touch("meeting", 40, contact="buyer"),
        touch("meeting", 1, contact="user"),
    ]
    rows = measured("sponsor_contact_days", weeks=weeks_to("2026-06-28", 2), contacts=contacts, touchpoints=touchpoints)
    assert rows["numerator"].to_list() == [1, 40]
    assert [str(day)[:10] for day in rows["evidence_on"]] == [days_before(8), days_before(40)]


def test_sponsor_contact_days_are_365_at_most_and_where_nobody_is_named(measured):
    accounts = [{"account_id": name, "joined_on": "2024-01-01"} for name in ("unnamed", "long ago", "by mail only")]
    accounts += [{"account_id": "new", "joined_on": days_before(20)}]
    contacts = [person(name, "sponsor", account=name) for name in ("long ago", "by mail only", "new")]
    touchpoints = [
        touch("meeting", 400, account="long ago", contact="long ago"),
        touch("email", 4, account="by mail only", contact="by mail only", attended=None),
    ]
    rows = measured("sponsor_contact_days", accounts=accounts, contacts=contacts, touchpoints=touchpoints)
    assert rows["numerator"].to_dict() == {"unnamed": 365, "long ago": 365, "by mail only": 365, "new": 20}


def test_a_sponsor_who_left_is_missed_while_the_chair_is_empty(measured):
    contacts = [
        person("gone", "sponsor", left=days_before(100)),
        person("gone long", "champion", left=days_before(182)),
        person("replaced", "economic_buyer", left=days_before(9)),
        person("new buyer", "economic_buyer", joined=days_before(3)),
        person("user", "end_user", left=days_before(9)),
    ]
    rows = measured("sponsor_left", weeks=weeks_to("2026-06-28", 2), contacts=contacts)
    assert rows["numerator"].to_list() == [3, 1]


def term(account, starts, months=12, **more):
    return {
        "subscription_id": account,
        "account_id": account,
        "starts_on": starts,
        "term_months": months,
        "arr": 1,
        **more,
    }


def test_silence_before_a_renewal_is_days_since_two_way_contact(measured):
    subscriptions = [
        term("near", "2025-07-15"), term("far", "2025-12-01"), term("silent", "2024-08-01"),
        term("notice", "2025-07-15", cancelled_on="2026-06-01"), term("monthly", "2026-06-15", months=1),
    ]  # fmt: skip
    touchpoints = [touch("meeting", 50, account="near"), touch("email", 2, account="near", attended=None)]
    rows = measured("renewal_silence_days", subscriptions=subscriptions, touchpoints=touchpoints)
    assert rows["denominator"].to_dict() == {"near": 1, "far": 0, "silent": 1, "notice": 0, "monthly": 0}
    assert rows["numerator"].dropna().to_dict() == {"near": 50, "silent": 365}


def test_a_renewal_is_near_for_120_days_and_every_term(measured):
    rows = measured(
        "renewal_silence_days",
        weeks=weeks_to("2026-06-28", 60),
        subscriptions=[term("a", "2023-03-31")],  # the 31st counts as the 28th
        touchpoints=[touch("meeting", 900)],
    )
    near = [str(day)[:10] for day in rows.loc[rows["denominator"] == 1, "as_of"]]
    assert (near[0], near[-1]) == ("2025-11-30", "2026-03-22")


def test_notice_counts_only_from_the_day_it_is_given(measured):
    lines = [term("a", "2025-07-15", cancelled_on="2026-06-22", ends_on="2026-07-15")]
    rows = measured(
        "renewal_silence_days", weeks=weeks_to("2026-06-28", 2), subscriptions=lines, touchpoints=[touch("meeting", 30)]
    )
    assert rows["denominator"].to_list() == [1, 0]
